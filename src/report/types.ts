/**
 * The report as the contract's JSON, `schema` 1. Additions are free; what stands here keeps its meaning.
 * Every field is plain JSON: figures that are not finite are `null`.
 */
import type { AutoFindings } from '../ir/auto.js';
import type { HybridFindings } from '../ir/hybrid.js';
import type { Change } from '../ir/cluster.js';
import type { Counterexample, ProvedDecisions, VerdictStatus } from '../ir/verdict.js';
import type { Neuron } from '../ir/network.js';
import type { Milliseconds } from './stopwatch.js';

export interface ModelReport {
  readonly name: string;
  /** `sha256:` of the weights. */
  readonly source: string;
  /** Weights and biases as stored, zeros included. */
  readonly parameters: number;
  readonly neurons: number;
  readonly layers: number;
}

/** Plain figures of the emitted text. */
export interface CodeReport {
  /** Lines neither blank nor comment only, the `network` constant left out. */
  readonly lines: number;
  /** UTF-8 length of the module. */
  readonly bytes: number;
  /** Numbers in tables that no structure explained. */
  readonly weightsInData: number;
}

/** One term of a cluster's pre-activation. */
export interface TermReport {
  /** Name of the input, or `cluster 3`. */
  readonly source: string;
  /** `single`, `line`, `box`, `all`, `diagonal`, `triangle`, `window`, `stride`, `list`, `table`. */
  readonly pattern: string;
  /** The cells read, such as `image[:, column]`; the iterators are the cluster's axes. */
  readonly region: string;
  /** Normalised; `null` for a table, whose weights differ. */
  readonly coefficient: number | null;
  /**
   * Weights that follow a formula: each cell counts times these, `2^(7 − p)`; p, q, r are the positions
   * along the first, second, third axis of the source. Absent: times 1.
   */
  readonly factors?: readonly string[];
}

export interface ClusterReport {
  readonly id: number;
  /** Index of the network's layer. */
  readonly layer: number;
  /** Number of neurons. */
  readonly members: number;
  readonly activation: string;
  readonly axes: readonly { readonly name: string; readonly extent: number }[];
  readonly terms: readonly TermReport[];
  /** A number, or text where it varies with the iterators. */
  readonly bias: number | string;
  /** The value of a member, `sign(Σ image[:, column] − Σ image[row, :])`; coefficients have 8 digits. */
  readonly formula: string;
  /** True when no pattern explains the members. */
  readonly unexplained: boolean;
}

/** The structure found in a network: a part of the report and of what `inspect --json` prints. */
export interface StructureReport {
  readonly model: ModelReport;
  readonly clusters: readonly ClusterReport[];
  /** Neurons whose weights follow no pattern and stay tables. */
  readonly unexplainedNeurons: readonly Neuron[];
  /** What normalisation changed. */
  readonly changes: readonly Change[];
}

/** What `inspect --json` prints. */
export interface InspectReport extends StructureReport {
  readonly schema: 1;
  readonly clusters: readonly InspectedCluster[];
  readonly outputs: readonly InspectedOutput[];
}

export interface InspectedCluster extends ClusterReport {
  /** Neuron of the layer at each index point, row-major over the axes; −1 where there is none. */
  readonly neurons: readonly number[];
  /** Ids of the clusters that read this one, ascending. */
  readonly readBy: readonly number[];
}

export interface InspectedOutput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly labels?: readonly string[];
  /** For each value, row-major: the cluster, and the index point (row-major) that computes it. */
  readonly values: readonly { readonly cluster: number; readonly rank: number }[];
}

/** Numbers of the output, one behind the other, of which the same was shown. */
export interface OutputsReport {
  /** Names of the first and the last: `scores[0]`, `vertical`. */
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly status: VerdictStatus;
  readonly method: string;
  /** Enumerated for all of them. */
  readonly states: number;
  /** The largest of theirs. */
  readonly maxError: number | null;
  /** The largest share of it that the module's float64 arithmetic may add. */
  readonly rounding: number | null;
  readonly reason?: string;
}

/** Whether `predict` follows from the module's own scores. */
export interface DecisionReport {
  readonly status: VerdictStatus;
  /** Scores that are closer may be decided otherwise. */
  readonly apart: number | null;
  readonly reason?: string;
}

export interface VerdictReport {
  readonly status: VerdictStatus;
  readonly method: string;
  readonly checked: number;
  readonly ties: number;
  readonly maxError: number | null;
  readonly provedDecisions?: ProvedDecisions;
  readonly outputs?: readonly OutputsReport[];
  readonly decision?: DecisionReport;
  readonly counterexample?: Counterexample;
  readonly reason?: string;
}

/** A number that a generic module computes from its sizes. */
export interface ConstantReport {
  /** Its value at each of the sizes, in their order. */
  readonly values: readonly number[];
  readonly expression: string;
  /** Where it stands in the program of the first size. */
  readonly places: readonly string[];
  /** The sizes that agree on the expression; empty for a hypothesis. */
  readonly confirmedBy: readonly string[];
}

/** What `--generic` made of the sizes. */
export interface GenericReport {
  /** The sizes given, in words. */
  readonly sizes: readonly string[];
  /** Names of sizes that were equal at every size given, so that structure alone tells them apart. */
  readonly indistinct: readonly (readonly string[])[];
  readonly constants: readonly ConstantReport[];
}

export interface Report extends StructureReport {
  readonly schema: 1;
  readonly code: CodeReport;
  readonly verdict: VerdictReport;
  /** With `--generic` only. */
  readonly generic?: GenericReport;
  /** With `--student auto` and `--fidelity` only: the ways to tell the model that were compared. */
  readonly auto?: AutoFindings;
  /** Of a hybrid module: its blocks, and what each of them costs. */
  readonly hybrid?: HybridFindings;
  /** With `--timings` only. */
  readonly milliseconds?: Milliseconds;
}
