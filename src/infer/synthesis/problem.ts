/**
 * What the synthesiser is asked and what it answers: a finite table (features × reachable states →
 * value) and the cheapest expression found that equals the table on every state.
 */
import type { Expression, ProgramSymbol } from '../../ir/program.js';

export interface Feature {
  /** How the result refers to the feature; a `boolean` scalar exactly when `kind` is `boolean`. */
  readonly symbol: ProgramSymbol;
  /**
   * boolean: a 0/1 column, printed as a boolean (`alive`, `!alive`); bit: a 0/1 number, printed
   * `cell === 1` where a condition is wanted; count: integers ≥ 0; integer, real: other numbers.
   */
  readonly kind: 'boolean' | 'bit' | 'count' | 'integer' | 'real';
  /** Cost of reading the feature in points of the cost model; default 1. */
  readonly cost?: number;
}

export interface SynthesisProblem {
  readonly features: readonly Feature[];
  /** One column for each feature, each of length `states`: reachable states only. */
  readonly columns: readonly Float64Array[];
  readonly states: number;
  /** Value wanted in each state; 0 or 1 for a boolean target. */
  readonly target: Float64Array;
  readonly type: 'boolean' | 'number';
  /** Search effort in candidate units; default `DEFAULT_EFFORT`. */
  readonly effort?: number;
}

export interface Synthesis {
  /** Over the features' symbols only. */
  readonly expression: Expression;
  /** `costOf` the expression, with the features' reading costs. */
  readonly cost: number;
  /**
   * minimal: every expression of the grammar of `bank.ts` (no `?:`) that costs less was enumerated;
   * best-found: the cheapest met; table: no more than a case distinction over the states.
   */
  readonly quality: 'minimal' | 'best-found' | 'table';
}

/** Larger tables are refused: the caller should cut its features. */
export const MAX_STATES = 2 ** 17;

/** Candidate units of one call: below half a second for cones of usual size. */
export const DEFAULT_EFFORT = 400_000;

/**
 * Two computed numbers are one when they differ by at most this share of the table's largest value:
 * sums and products of a few doubles round by less, and clustered output values differ by far more.
 */
export const NUMERIC_EQUALITY = 1e-12;

/** Largest absolute value of a table, at least the smallest normal number. */
export function scaleOf(values: Float64Array): number {
  let scale = Number.MIN_VALUE;
  for (const value of values) scale = Math.max(scale, Math.abs(value));
  return scale;
}
