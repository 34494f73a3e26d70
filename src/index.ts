/**
 * The public API: parse file contents into a Network, compile it into one TypeScript module, verify
 * a module's text against a Network. Runs in Node and in browsers; nothing here touches a file.
 */
export { parse } from './parse/index.js';
export type { ParseOptions } from './parse/index.js';
export { compile } from './compile.js';
export type { Compiled, CompileOptions } from './compile.js';
export { certificateOf, certify, checkCertificate, verify } from './verify/index.js';
export type { VerifyOptions } from './verify/index.js';
export { Diagnostic, renderDiagnostic } from './diagnostics/diagnostic.js';
export type { Place } from './diagnostics/diagnostic.js';
export type { Certificate, Claim } from './ir/certificate.js';
export type { Neuron, StagedNetwork as Network } from './ir/network.js';
export type { Cluster, ClusterGraph } from './ir/cluster.js';
export type { Program } from './ir/program.js';
export type {
  Counterexample,
  DecisionVerdict,
  OutputVerdict,
  Verdict,
  VerdictStatus,
} from './ir/verdict.js';
export type { Report } from './report/index.js';
