/** The outcome of verification, as the contract's report prints it. */

export type VerdictStatus =
  'proved' | 'exhaustive' | 'sampled' | 'approximate' | 'refuted' | 'unknown';

export interface Counterexample {
  /** One flat array (row-major) for each input of the model. */
  readonly inputs: readonly (readonly number[])[];
  /** Scores and decision of the network. */
  readonly expected: readonly number[];
  /** What the module answers: scores, or the message of the error it throws. */
  readonly actual: readonly number[] | string;
  /** What parted: `scores`, `predict`, `shape`, `verdict`. */
  readonly where: string;
  /** Where in the network the two part first, as far as that can be told; only where it was asked for. */
  readonly parting?: Parting;
}

/**
 * The first place that accounts for a difference by itself: were the value there `needed` at this input, the
 * network would answer as the module does. The outputs themselves where the module computes all that is
 * before them.
 */
export interface Parting {
  readonly kind: 'hidden' | 'outputs';
  /** Position of the layer among the network's layers, and the name of its file or node. */
  readonly layer: number;
  readonly name: string;
  readonly neuron: number;
  /** What the network computes there. */
  readonly value: number;
  readonly needed: number;
  /** Hidden neurons of the layer, this one among them, that have this value and need the other one together; 1 for it alone. */
  readonly together: number;
  /** Further neurons of the layer each of which would do alone; of outputs, further ones that differ. */
  readonly others: number;
}

/** What is known of one output: never better than was shown of this output itself. */
export interface OutputVerdict {
  /** Name or label of one number of the output: `scores[3]`, `vertical`. */
  readonly output: string;
  readonly status: VerdictStatus;
  /** How it was shown, in words. */
  readonly method: string;
  /** States enumerated for it. */
  readonly states: number;
  /** Bound on |module − network|; of `sampled` the module's tolerance was kept wherever it was run. */
  readonly maxError: number;
  /** The part of `maxError` that the module's float64 arithmetic may add. */
  readonly rounding: number;
  /** Why not more is known. */
  readonly reason?: string;
}

/** What is known of `predict`, apart from its scores. */
export interface DecisionVerdict {
  readonly status: VerdictStatus;
  /** Scores that are closer to each other, or to the threshold, may be decided otherwise; Infinity where nothing is known. */
  readonly apart: number;
  readonly reason?: string;
}

/** That a module decides as the network does, on the whole domain. */
export interface ProvedDecisions {
  /** Regions of the inputs in each of which both were seen to decide the same. */
  readonly regions: number;
  /** Scores at most so close to each other, or to the threshold, may be decided otherwise. */
  readonly apart: number;
}

export interface Verdict {
  readonly status: VerdictStatus;
  /** How the status was reached, in words: `symbolic: canonical forms equal`, … */
  readonly method: string;
  /** Inputs run or states enumerated. */
  readonly checked: number;
  /** States that only the tie rule decides. */
  readonly ties: number;
  /**
   * Bound on |module − network| over all outputs and inputs of the domain, absolute. Of `sampled` the
   * largest difference seen, where inputs are unbounded relative to the values computed on the way.
   */
  readonly maxError: number;
  /** Of `approximate`: measured in range, and out of range where the module declares that. See `ir/fidelity.ts`. */
  readonly fidelity?: number;
  readonly fidelityOutOfRange?: number;
  /** Of `approximate`, where the decisions were proved besides. */
  readonly provedDecisions?: ProvedDecisions;
  /** One for each number that `scores` gives, in their order; absent where they were not compared. */
  readonly outputs?: readonly OutputVerdict[];
  /** Absent where the model names no decision, or nothing was compared. */
  readonly decision?: DecisionVerdict;
  readonly counterexample?: Counterexample;
  /** For `unknown`: what could not be decided, and where in the text. */
  readonly reason?: string;
}
