/**
 * The table of diagnostics, merged from one file per area under `codes/`: for each code, the sentence
 * and the hint. Codes are stable (scripts match them); texts may improve.
 */
import { BOUNDARY_DIAGNOSTICS } from './codes/boundary.js';
import { CLI_DIAGNOSTICS } from './codes/cli.js';
import { CSV_DIAGNOSTICS } from './codes/csv.js';
import { FILE_DIAGNOSTICS } from './codes/files.js';
import { FORMULA_DIAGNOSTICS } from './codes/formula.js';
import { GENERIC_DIAGNOSTICS } from './codes/generic.js';
import { HYBRID_DIAGNOSTICS } from './codes/hybrid.js';
import { INTERNAL_DIAGNOSTICS } from './codes/internal.js';
import { KNOWLEDGE_DIAGNOSTICS } from './codes/knowledge.js';
import { MANIFEST_DIAGNOSTICS } from './codes/manifest.js';
import { NETWORK_DIAGNOSTICS } from './codes/network.js';
import { ONNX_DIAGNOSTICS } from './codes/onnx.js';
import { SAFETENSORS_DIAGNOSTICS } from './codes/safetensors.js';
import { STATE_DICT_DIAGNOSTICS } from './codes/state-dict.js';
import { STUDENT_DIAGNOSTICS } from './codes/students.js';
import { TABLE_DIAGNOSTICS } from './codes/table.js';
import { TORCH_DIAGNOSTICS } from './codes/torch.js';
import type { Entry } from './entry.js';

export const DIAGNOSTICS = {
  ...CLI_DIAGNOSTICS,
  ...FILE_DIAGNOSTICS,
  ...CSV_DIAGNOSTICS,
  ...MANIFEST_DIAGNOSTICS,
  ...ONNX_DIAGNOSTICS,
  ...STATE_DICT_DIAGNOSTICS,
  ...TORCH_DIAGNOSTICS,
  ...SAFETENSORS_DIAGNOSTICS,
  ...NETWORK_DIAGNOSTICS,
  ...FORMULA_DIAGNOSTICS,
  ...GENERIC_DIAGNOSTICS,
  ...STUDENT_DIAGNOSTICS,
  ...BOUNDARY_DIAGNOSTICS,
  ...KNOWLEDGE_DIAGNOSTICS,
  ...HYBRID_DIAGNOSTICS,
  ...TABLE_DIAGNOSTICS,
  ...INTERNAL_DIAGNOSTICS,
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

export type DiagnosticValues<Code extends DiagnosticCode> =
  (typeof DIAGNOSTICS)[Code] extends Entry<infer Values> ? Values : never;
