/** How a model is told: the ways that were compared, and which of them was taken. Plain data, for reports. */

/** Who tells the layers that are not exact; `exact`: there are none. */
export type Teller = 'exact' | 'math' | 'logic';

/** Verdicts on layers that stay as they are. */
export type KeptStatus = 'proved' | 'exhaustive' | 'sampled';

/** One way to tell a model. */
export interface Way {
  readonly teller: Teller;
  /** The layers told exactly, and those that a student stands in for, by name. */
  readonly exact: readonly string[];
  readonly replaced: readonly string[];
  /** What the checker said of the exact layers before replaced ones, as a module of their own. */
  readonly kept?: KeptStatus;
  /** Present where the way led to a module. */
  readonly module?: {
    /** What has to be read, in the points of the compiler's cost model. */
    readonly cost: number;
    readonly lines: number;
    readonly weightsInData: number;
    /** At most 1; of what is exact 1. */
    readonly fidelity: number;
  };
  /** Why it led to none. */
  readonly reason?: string;
}

export interface AutoFindings {
  /** The fidelity that was asked for. */
  readonly asked: number;
  readonly ways: readonly Way[];
  /** Position of the way that was taken. */
  readonly selected: number;
}
