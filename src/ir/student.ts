/**
 * What a student found, as plain data: the front of formulas, which of them was selected, and what has to
 * be known to judge and to repeat the search. Students hand it over, reports and pictures tell it.
 */

/** A formula on the front. */
export interface FrontMember {
  readonly complexity: number;
  /** Weighted mean loss over the rows that the formula was fitted on. */
  readonly loss: number;
  /** −Δ log(loss) / Δ complexity against the next simpler formula; 0 for the simplest. */
  readonly score: number;
  /** Agreement with what is explained, in range and, where it was measured, out of range; at most 1. */
  readonly fidelity: number;
  readonly fidelityOutOfRange?: number;
  /** The formula in plain text. */
  readonly expression: string;
  /** The same with constants of six digits, for tables. */
  readonly shortExpression: string;
  /** Who found it: `power law`, `evolution`, … */
  readonly origin: string;
}

/** A feature that formulas may read. */
export interface StudentFeature {
  readonly name: string;
  /** From the least to the greatest value that counts as in range. */
  readonly range: readonly [min: number, max: number];
  /** Whether the selected formula reads it. */
  readonly isUsed: boolean;
}

/** A constant that was replaced by a nearby one with a short name. */
export interface SnappedConstant {
  readonly from: number;
  readonly to: number;
}

export interface StudentFindings {
  /** What is explained: an output, a neuron, a column. */
  readonly target: string;
  /** Where the rows come from. */
  readonly data: 'network' | 'table';
  readonly rows: number;
  readonly features: readonly StudentFeature[];
  /** By ascending complexity. */
  readonly front: readonly FrontMember[];
  /** Positions on the front. */
  readonly selected: number;
  readonly knee: number;
  readonly mostAccurate: number;
  /** How `selected` was chosen: `best`, `accuracy`, `simplest`, `complexity 7`. */
  readonly selection: string;
  /** LaTeX of the selected formula. */
  readonly latex: string;
  /** Of the selected formula. */
  readonly snapped: readonly SnappedConstant[];
  /** What the search was told, by the names of the options: `loss`, `operators`, `seed`, … */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Formulas evaluated over the rows. */
  readonly evaluations: number;
  /** Why the search ended before it was done; absent when it was. */
  readonly stopped?: string;
}
