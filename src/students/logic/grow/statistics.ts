/**
 * What is known of the rows of a node: their weight, what they would be predicted as together, and how
 * impure they are. Numbers are measured by squares around their mean. So are two classes, 0 and 1, where
 * this is half of Gini's impurity; and classes that a monotone constraint gives an order.
 */
import type { LogicProblem } from '../problem.js';
import type { Prediction } from '../tree.js';
import type { RowStore } from './row-store.js';

export type Measure =
  { readonly kind: 'means' } | { readonly kind: 'counts'; readonly classes: number };

/** Some rows, in any order. */
export interface Rows {
  readonly order: Uint32Array;
  readonly start: number;
  readonly end: number;
}

export interface Statistics {
  readonly weight: number;
  /** Of the targets; of counted classes 0. */
  readonly mean: number;
  /** Weight of each class; empty where means are taken. */
  readonly counts: Float64Array;
  /** Weighted squares around the mean, or weight · Gini impurity. */
  readonly impurity: number;
}

export function measureOf({ classes, settings }: LogicProblem): Measure {
  const isOrdered = Object.keys(settings.monotone).length > 0;
  return classes > 2 && !isOrdered ? { kind: 'counts', classes } : { kind: 'means' };
}

export function statisticsOf(
  store: Pick<RowStore, 'target' | 'weights'>,
  measure: Measure,
  { order, start, end }: Rows,
): Statistics {
  const { target, weights } = store;
  const counts = new Float64Array(measure.kind === 'counts' ? measure.classes : 0);
  let [weight, sum] = [0, 0];
  for (let at = start; at < end; at++) {
    const row = order[at];
    weight += weights[row];
    if (measure.kind === 'counts') counts[target[row]] += weights[row];
    else sum += weights[row] * target[row];
  }
  if (measure.kind === 'counts') {
    const squares = counts.reduce((total, count) => total + count * count, 0);
    return { weight, mean: 0, counts, impurity: weight - squares / weight };
  }
  const mean = sum / weight;
  let impurity = 0;
  for (let at = start; at < end; at++) {
    const row = order[at];
    impurity += weights[row] * (target[row] - mean) ** 2;
  }
  return { weight, mean, counts, impurity };
}

/** Bounds on what a node may predict: what monotone constraints above it leave. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

export const UNBOUNDED: Bounds = { least: -Infinity, most: Infinity };

export function clampTo({ least, most }: Bounds, value: number): number {
  return Math.min(most, Math.max(least, value));
}

/** What the rows are predicted as: the class of the most weight (the lowest of equal ones), or the mean. */
export function predictionOf(
  problem: LogicProblem,
  { counts, mean }: Statistics,
  bounds: Bounds,
): Prediction {
  if (counts.length > 0) {
    return { kind: 'class', index: counts.indexOf(counts.reduce((a, b) => Math.max(a, b))) };
  }
  const value = clampTo(bounds, mean);
  if (problem.classes === 0) return { kind: 'values', cells: [{ offset: value, terms: [] }] };
  // + 0: no class is −0.
  return { kind: 'class', index: Math.ceil(value - 0.5) + 0 };
}
