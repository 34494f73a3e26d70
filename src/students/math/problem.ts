/**
 * What the Math student is asked: a data set, the settings that say which formulas are allowed and how
 * they are judged, and, where a network stands behind the data, a way to ask it anywhere. Everything but
 * `ask` is plain data, so that a problem can be sent to a worker or to another machine.
 */
import type { CellDomain } from '../../ir/model-interface.js';
import type { Formula } from './formula.js';
import type { Knowledge } from './knowledge/knowledge.js';

/** Columns of equal length, one for each feature, and the target; all finite. */
export interface Dataset {
  /** One name for each column. */
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /**
   * Unit vectors, one column for each feature: where what is searched grows or falls fastest. There for
   * the loss `direction`, which alone reads them.
   */
  readonly directions?: readonly Float64Array[];
  /** Positive weights of the rows; absent: all 1. */
  readonly weights?: Float64Array;
}

/** How a prediction p is judged against a target y; the loss is the weighted mean over the rows. */
export type LossSettings =
  | { readonly kind: 'mse' }
  | { readonly kind: 'mae' }
  /** (p − y)²/2 up to `delta`, linear beyond. */
  | { readonly kind: 'huber'; readonly delta: number }
  /** ((p − y) / y)²; rows with y = 0 are refused. */
  | { readonly kind: 'relative' }
  /** (log p − log y)²; for positive targets. */
  | { readonly kind: 'log' }
  /** Quantile `quantile` of y given x. */
  | { readonly kind: 'pinball'; readonly quantile: number }
  /**
   * 1 − cos² of the angle between the gradient of the formula and the row's direction: 0 for every monotone
   * function of what is searched, 1 where the formula does not move. Reads no target (Wetzel 2024, section 3).
   */
  | {
      readonly kind: 'direction';
      /** A mean loss up to which nothing can be told from the rows' own error; absent: not known. */
      readonly tolerance?: number;
    }
  /** A formula over `prediction` (variable 0) and `target` (variable 1). */
  | { readonly kind: 'custom'; readonly formula: Formula };

export interface Settings {
  /** Names of the operators that formulas may use. */
  readonly operators: readonly string[];
  /** Complexity of operators, by name; 1 where absent. */
  readonly complexities: Readonly<Record<string, number>>;
  /** Complexity of a constant and of a variable. */
  readonly constantComplexity: number;
  readonly variableComplexity: number;
  readonly maxComplexity: number;
  readonly maxDepth: number;
  /** nesting[outer][inner]: how often `inner` may stand within `outer`, counted along any way down. */
  readonly nesting: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly loss: LossSettings;
  /** Formulas kept for each complexity on the front. */
  readonly perComplexity: number;
  /** Whether constants may be replaced by near integers, small rationals and π, e, √2. */
  readonly snaps: boolean;
  /** What is known beforehand; absent where nothing is. */
  readonly knowledge?: Knowledge;
  readonly seed: number;
}

export interface Problem {
  readonly data: Dataset;
  readonly settings: Settings;
  /** The domain of each column, where known: what `ask` accepts. `real` for a table. */
  readonly domains: readonly CellDomain[];
  /**
   * The teacher's answers at further points, given as columns; present where a network stands behind
   * the data. May answer values that are not finite.
   */
  readonly ask?: (columns: readonly Float64Array[]) => Float64Array;
}

/** A formula with its constants fitted. */
export interface Candidate {
  readonly formula: Formula;
  readonly complexity: number;
  /** Weighted mean loss over the data set, in float64 with `Math.*`. */
  readonly loss: number;
  /** Who found it: `power law`, `evolution`, … */
  readonly origin: string;
}

/** The operators that are used where the user names none. */
export const DEFAULT_OPERATORS: readonly string[] = [
  '+', '-', '*', '/', 'pow', 'neg', 'square', 'cube', 'sqrt', 'exp', 'log', 'sin', 'cos',
]; // prettier-ignore

export const DEFAULT_SETTINGS: Settings = {
  operators: DEFAULT_OPERATORS,
  complexities: {},
  constantComplexity: 1,
  variableComplexity: 1,
  maxComplexity: 30,
  maxDepth: 12,
  nesting: {},
  loss: { kind: 'mse' },
  perComplexity: 1,
  snaps: true,
  seed: 0,
};
