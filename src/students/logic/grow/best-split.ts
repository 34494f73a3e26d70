/**
 * The split of a node that makes it purest: every threshold between two neighbouring values of every axis,
 * and sets of categories, in one pass over the presorted rows of each axis.
 */
import type { Axis } from './axes.js';
import { scanCategories } from './scan-categories.js';
import { scanCounts, scanMeans } from './scan.js';
import type { ScanTask } from './scan.js';
import type { RowStore } from './row-store.js';
import type { Measure, Statistics } from './statistics.js';
import type { Condition } from '../tree.js';

export type Choice =
  | {
      readonly kind: 'above';
      readonly axis: Axis;
      /** By how much the impurity falls. */
      readonly gain: number;
      /** The neighbouring values between which it lies: low ≤ threshold < high. */
      readonly low: number;
      readonly high: number;
      readonly threshold: number;
      /** Whether it gains only together with the splits below it. */
      readonly isAhead?: true;
    }
  | {
      readonly kind: 'among';
      readonly axis: Axis;
      readonly gain: number;
      /** Values, or of a group positions of its features. */
      readonly values: readonly number[];
    }
  /** A question over several features. */
  | { readonly kind: 'rich'; readonly condition: Condition; readonly gain: number };

/** A split along one axis. */
export type AxisChoice = Exclude<Choice, { readonly kind: 'rich' }>;

/** A gain below this share of the impurity is rounding. */
export const ROUNDING_SHARE = 1e-12;

/** Gains that differ by less are equal up to the order of summation: the first axis is kept. */
const TIE = 1 + 1e-9;

/** A set of values takes longer to read than a threshold: it must gain this much more. */
const SET_ADVANTAGE = 1.05;

/** The middle, or `low` where no number lies between. */
export function middleOf(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/**
 * @param orders for each axis the rows of the node at `start` .. `end` − 1, in its order.
 * @returns `undefined` where no split gains anything or leaves both sides `minSupport` rows.
 */
export function findBestSplit(
  store: RowStore,
  axes: readonly Axis[],
  node: { readonly orders: readonly Uint32Array[]; readonly start: number; readonly end: number },
  statistics: Statistics,
  measure: Measure,
  minSupport: number,
): AxisChoice | undefined {
  let best: AxisChoice | undefined;
  let bar = ROUNDING_SHARE * statistics.impurity;
  axes.forEach((axis, k) => {
    const { start, end } = node;
    const column = store.columns[axis.column];
    const order = node.orders[k];
    if (column[order[start]] === column[order[end - 1]]) return;
    const task: ScanTask = { store, column, order, start, end, statistics, minSupport };
    if (!axis.isGroup) {
      const found =
        measure.kind === 'means' ? scanMeans(task, axis.monotone, bar) : scanCounts(task, bar);
      if (found !== undefined) {
        const [low, high] = [column[order[found.at - 1]], column[order[found.at]]];
        best = { kind: 'above', axis, low, high, gain: found.gain, threshold: middleOf(low, high) };
        bar = found.gain * TIE;
      }
    }
    if (!axis.hasCategories) return;
    const wanted = axis.isGroup ? bar : bar * SET_ADVANTAGE;
    const found = scanCategories(task, axis, measure, wanted);
    if (found === undefined) return;
    best = { kind: 'among', axis, gain: found.gain, values: found.values };
    bar = found.gain * TIE;
  });
  return best;
}
