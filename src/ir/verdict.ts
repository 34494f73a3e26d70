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
  readonly counterexample?: Counterexample;
  /** For `unknown`: what could not be decided, and where in the text. */
  readonly reason?: string;
}
