/**
 * The best threshold of any number that is computed from rows: where a sum of features, or a count of
 * conditions, splits them best.
 */
import { middleOf, ROUNDING_SHARE } from './best-split.js';
import { sortRows } from './presort.js';
import type { RowStore } from './row-store.js';
import { scanCounts, scanMeans } from './scan.js';
import type { ScanTask } from './scan.js';
import { statisticsOf } from './statistics.js';
import type { Measure, Statistics } from './statistics.js';

/** Some rows of a store, and what is known of them. */
export interface Sample {
  readonly store: RowStore;
  readonly measure: Measure;
  readonly minSupport: number;
  readonly rows: Uint32Array;
  readonly statistics: Statistics;
}

export interface Threshold {
  /** By how much the impurity falls. */
  readonly gain: number;
  /** The neighbouring values between which it lies. */
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
}

/** About `most` of the rows, in even steps. */
export function sampleOf(
  store: RowStore,
  measure: Measure,
  minSupport: number,
  rows: Uint32Array,
  most: number,
): Sample {
  const stride = Math.max(1, rows.length / most);
  const count = Math.min(rows.length, most);
  const chosen = Uint32Array.from({ length: count }, (_, k) => rows[Math.floor(k * stride)]);
  const statistics = statisticsOf(store, measure, { order: chosen, start: 0, end: count });
  return { store, measure, minSupport, rows: chosen, statistics };
}

/** @param values one for each row of the sample. */
export function bestThreshold(sample: Sample, values: Float64Array): Threshold | undefined {
  const { store, measure, minSupport, rows, statistics } = sample;
  const places = sortRows(values, 0, values.length);
  const labels = Float64Array.from(rows, (row) => store.labels[row]);
  const weights = Float64Array.from(rows, (row) => store.weights[row]);
  const task: ScanTask = {
    store: { labels, weights, isUnweighted: store.isUnweighted },
    column: values,
    order: places,
    start: 0,
    end: rows.length,
    statistics,
    minSupport,
  };
  const bar = ROUNDING_SHARE * statistics.impurity;
  const found = measure.kind === 'means' ? scanMeans(task, 0, bar) : scanCounts(task, bar);
  if (found === undefined) return undefined;
  const [low, high] = [values[places[found.at - 1]], values[places[found.at]]];
  return { gain: found.gain, low, high, threshold: middleOf(low, high) };
}
