/**
 * How well a module stands for a network that it only approximates, as one number: of decisions the share
 * that is equal; of real outputs R², the share of their variation that is explained. And what such a
 * module states of itself, so that the number can be measured again.
 */
import type { DeclaredTarget } from './target.js';

/** What fidelity was measured on: random inputs (`fidelity-probes.ts`), or the rows of a table. */
export type Measured =
  | { readonly kind: 'probes'; readonly count: number; readonly seed: number }
  | {
      readonly kind: 'rows';
      readonly count: number;
      /** Which of them were not learned from (`numeric/hold-out.ts`); absent: none, as far as is stated. */
      readonly heldOut?: { readonly share: number; readonly seed: number };
    };

/** From the least to the greatest value of a cell that is looked at. */
export type CellRange = readonly [min: number, max: number];

/** What an approximate module says of itself. */
export interface Approximation {
  /** What it explains of the network; absent: all outputs, and its decision. */
  readonly target?: DeclaredTarget;
  /** What its answers stand for; absent: scores and, where there is one, the decision drawn from them. */
  readonly explains?: 'decisions';
  /** The layers that it stands in for, by name, in the network's order; absent: all. */
  readonly replaces?: readonly string[];
  /** Complexity of the formulas, as the student counts it; of rules the number of leaves. */
  readonly complexity: number;
  /** What `complexity` counts in a module that decides by itself; absent: leaves. */
  readonly counts?: 'formulas';
  /** Over the domain, or the rows; at most 1, rounded down (`roundFidelity`). */
  readonly fidelity: number;
  /** Around the domain; −∞ where some answers are no numbers; absent where the domain allows no outside. */
  readonly fidelityOutOfRange?: number;
  /** On the rows of a table that were held out; there where some were. */
  readonly fidelityHeldOut?: number;
  readonly measured: Measured;
  /**
   * One for each cell of the inputs (row-major, input after input), where a domain has no bounds or the
   * rows of a table stand for it: what counts as in range.
   */
  readonly ranges?: readonly CellRange[];
  /**
   * The point around which it stands for the network, one number for each cell; its `ranges` hold the
   * point and may be narrower than the domain. Absent: it stands for the network on all of its domain.
   */
  readonly around?: readonly number[];
  /** With `around`: what |module − network| of no score is above in range, as far as was sampled. */
  readonly bound?: number;
}

/** What a network or a module answers to one input. */
export interface Answered {
  /** All outputs, flattened and joined. */
  readonly scores: ArrayLike<number>;
  /** Index, sign or label; absent without a decision. */
  readonly decision?: string | number;
}

/** Digits after the point that modules state. */
const STATED = 1e6;

/** A fidelity as modules state it: never more than was measured. */
export function roundFidelity(fidelity: number): number {
  return Math.floor(fidelity * STATED) / STATED;
}

/**
 * A fidelity for readers: rounded down as modules state it, and from −1 down, where only the magnitude says
 * something, to a whole number.
 */
export function tellFidelity(fidelity: number): string {
  return String(fidelity <= -1 ? Math.floor(fidelity) : roundFidelity(fidelity));
}

/**
 * The fidelity of answers to those of the network at the same inputs. With decisions the share of equal
 * ones. Else R² = 1 − Σ(answer − network)² / Σ(network − mean)², of several scores the least; where the
 * network is constant, 1 if the answers are equal to it and 0 if not. −∞ where an answer is no finite
 * number though the network's is. At most 1; NaN of no answers.
 */
export function fidelityOf(expected: readonly Answered[], actual: readonly Answered[]): number {
  if (expected.length === 0) return NaN;
  if (expected[0].decision !== undefined) {
    const equal = expected.filter(({ decision }, k) => decision === actual[k].decision);
    return equal.length / expected.length;
  }
  let least = 1;
  for (let score = 0; score < expected[0].scores.length; score++) {
    const column = (answers: readonly Answered[]) => answers.map(({ scores }) => scores[score]);
    least = Math.min(least, explainedShare(column(expected), column(actual)));
  }
  return least;
}

/**
 * R² of `actual` for `expected`, see `fidelityOf`. Sums are taken of deviations from the mean, so that a
 * large offset costs no digits.
 */
export function explainedShare(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const count = expected.length;
  let mean = 0;
  for (let k = 0; k < count; k++) mean += (expected[k] - mean) / (k + 1);
  let [varied, left] = [0, 0];
  for (let k = 0; k < count; k++) {
    const off = actual[k] - expected[k];
    if (Number.isNaN(off)) return -Infinity;
    varied += (expected[k] - mean) ** 2;
    left += off * off;
  }
  if (varied === 0) return left === 0 ? 1 : 0;
  return 1 - left / varied;
}
