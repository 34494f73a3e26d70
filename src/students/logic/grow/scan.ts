/**
 * One pass over the rows of a node in the order of a column: the threshold that lowers the impurity most.
 * These loops are where growing spends its time.
 */
import type { RowStore } from './row-store.js';
import type { Statistics } from './statistics.js';

export interface ScanTask {
  readonly store: Pick<RowStore, 'labels' | 'weights' | 'isUnweighted'>;
  readonly column: Float64Array;
  readonly order: Uint32Array;
  readonly start: number;
  readonly end: number;
  readonly statistics: Statistics;
  readonly minSupport: number;
}

export interface Found {
  /** The first place of the upper side. */
  readonly at: number;
  readonly gain: number;
}

/**
 * By squares around means. With targets centred at the node's mean the sums s of both sides are opposite,
 * and the gain is s² · W / (w · (W − w)).
 *
 * @param monotone 1: only splits whose upper side is predicted at least as high; −1 the other way.
 * @param bar a gain must exceed it.
 */
export function scanMeans(task: ScanTask, monotone: -1 | 0 | 1, bar: number): Found | undefined {
  const { order, start, end, minSupport, column, store } = task;
  const { weight: total, mean } = task.statistics;
  const { labels, weights, isUnweighted } = store;
  // Plain locals, and no reads that can be spared: the engine keeps them all in registers.
  const first = start + minSupport;
  const last = end - minSupport;
  let at = -1;
  let best = bar / total;
  let weight = 0.0;
  let sum = 0.0;
  for (let place = start; place < end; place++) {
    const row = order[place];
    if (
      sum * sum > best * weight * (total - weight) &&
      place >= first &&
      place <= last &&
      sum * monotone <= 0 &&
      column[order[place - 1]] !== column[row]
    ) {
      best = (sum * sum) / (weight * (total - weight));
      at = place;
    }
    if (isUnweighted) {
      weight += 1;
      sum += labels[row] - mean;
    } else {
      weight += weights[row];
      sum += weights[row] * (labels[row] - mean);
    }
  }
  return at < 0 ? undefined : { at, gain: best * total };
}

/** By Gini's impurity of many classes: the squares of both sides' counts are kept as rows change sides. */
export function scanCounts(task: ScanTask, bar: number): Found | undefined {
  const { column, order, start, end, minSupport, store } = task;
  const { labels, weights } = store;
  const { weight: total, counts, impurity } = task.statistics;
  const below = new Float64Array(counts.length);
  const above = counts.slice();
  const first = start + minSupport;
  const last = end - minSupport;
  let at = -1;
  let best = total - impurity + bar;
  let weight = 0.0;
  let belowSquares = 0.0;
  let aboveSquares = counts.reduce((sum, count) => sum + count * count, 0);
  for (let place = start; place < end; place++) {
    const row = order[place];
    const score = belowSquares / weight + aboveSquares / (total - weight);
    if (
      score > best &&
      place >= first &&
      place <= last &&
      column[order[place - 1]] !== column[row]
    ) {
      best = score;
      at = place;
    }
    const share = weights[row];
    const index = labels[row];
    belowSquares += share * (2 * below[index] + share);
    aboveSquares -= share * (2 * above[index] - share);
    below[index] += share;
    above[index] -= share;
    weight += share;
  }
  return at < 0 ? undefined : { at, gain: best - (total - impurity) };
}
