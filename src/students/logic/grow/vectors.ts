/**
 * Sums over rows from which purity follows, for means and for counted classes alike: weight first, then the
 * weighted targets (centred at the node's mean) or the weight of each class.
 */
import type { RowStore } from './row-store.js';
import type { Measure, Statistics } from './statistics.js';

export interface Vectors {
  /** Numbers of a sum. */
  readonly size: number;
  /** Adds a row to the sum that stands at a place. */
  readonly addTo: (sums: Float64Array, place: number, row: number) => void;
  /** Σ squares / weight: the higher, the purer; 0 of no rows. */
  readonly scoreOf: (sum: Float64Array) => number;
}

export function vectorOf(
  { target, weights }: RowStore,
  measure: Measure,
  { mean }: Statistics,
): Vectors {
  const size = measure.kind === 'means' ? 2 : 1 + measure.classes;
  return {
    size,
    addTo(sums, place, row) {
      sums[place] += weights[row];
      if (measure.kind === 'means') sums[place + 1] += weights[row] * (target[row] - mean);
      else sums[place + 1 + target[row]] += weights[row];
    },
    scoreOf(sum) {
      if (!(sum[0] > 0)) return 0;
      let squares = 0;
      for (let k = 1; k < size; k++) squares += sum[k] * sum[k];
      return squares / sum[0];
    },
  };
}
