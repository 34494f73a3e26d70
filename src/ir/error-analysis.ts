/**
 * Where a formula is off: agreement and errors by where inputs come from, and the inputs at which it is
 * worst. Plain data; the student's pipeline measures, reports tell.
 */

/** Inputs of one origin, and how well a formula answers them. */
export interface ErrorFigures {
  /** `training range`, `wider`, `boundary of the decision`, `corners`, `x shifted`; of a table `rows`. */
  readonly name: string;
  /** Those at which what is explained is a number. */
  readonly inputs: number;
  /** R² of the formula; −∞ where it is no number at one of them, NaN of fewer than ten inputs. */
  readonly fidelity: number;
  /** Root mean square and largest of |formula − explained|; ∞ where the formula is no number. */
  readonly rms: number;
  readonly worst: number;
  /** Share of equal decisions, of all formulas together; absent where none is drawn. */
  readonly decisions?: number;
}

/** An input at which the formula is far off. */
export interface WorstInput {
  /** The name of the figures that it belongs to. */
  readonly from: string;
  /** Of a table: the line of the row in its file, from 1. */
  readonly line?: number;
  /** By the names of the features. */
  readonly input: Readonly<Record<string, number>>;
  readonly expected: number;
  /** Of the formula; may be NaN or infinite. */
  readonly actual: number;
  /** |actual − expected|; ∞ where the formula is no number. */
  readonly error: number;
}

export interface ErrorAnalysis {
  readonly figures: readonly ErrorFigures[];
  /** The worst ones of the first figures, then the worst one of each further origin. */
  readonly worst: readonly WorstInput[];
}

/** Answers of a formula and what it explains, row by row, for pictures. */
export interface ResidualRows {
  readonly target: string;
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly expected: Float64Array;
  readonly actual: Float64Array;
}
