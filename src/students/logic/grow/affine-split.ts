/**
 * The split of a node with affine leaves: what the node's own affine fit leaves is fitted on both sides by a
 * line in the feature that is split, so that kinks are found and not only jumps.
 */
import type { Axis } from './axes.js';
import type { Affine } from '../tree.js';
import { middleOf, ROUNDING_SHARE } from './best-split.js';
import type { Choice } from './best-split.js';
import type { RowStore } from './row-store.js';
import type { Rows } from './statistics.js';

/** A line through fewer rows explains them by chance. */
const FEWEST_ROWS = 4;

/** A fit that leaves less of the variance is exact up to rounding. */
const EXACT = 1e-12;

/** A side whose values vary less than this share of the node's has no line. */
const FLAT = 1e-9;

export function findAffineSplit(
  store: RowStore,
  axes: readonly Axis[],
  node: { readonly orders: readonly Uint32Array[]; readonly start: number; readonly end: number },
  fit: Affine,
  impurity: number,
  minSupport: number,
): Choice | undefined {
  const { orders, start, end } = node;
  const residual = residualsOf(store, { order: orders[0], start, end }, fit);
  if (residual.squares <= EXACT * impurity) return undefined;
  let best: Choice | undefined;
  let bar = ROUNDING_SHARE * residual.squares;
  axes.forEach((axis, k) => {
    if (axis.isGroup) return;
    const column = store.columns[axis.column];
    const rows = { order: orders[k], start, end };
    const found = scanLines(store.weights, column, residual.values, rows, bar, minSupport);
    if (found === undefined) return;
    const [low, high] = [column[orders[k][found.at - 1]], column[orders[k][found.at]]];
    const threshold = middleOf(low, high);
    bar = found.gain;
    best = { kind: 'above', axis, gain: found.gain, low, high, threshold, isAhead: true };
  });
  return best;
}

/** What the fit leaves, for each row of the store; and the weighted squares. */
function residualsOf(
  { columns, target, weights, count }: RowStore,
  { order, start, end }: Rows,
  { offset, terms }: Affine,
): { readonly values: Float64Array; readonly squares: number } {
  const values = new Float64Array(count);
  let squares = 0;
  for (let at = start; at < end; at++) {
    const row = order[at];
    let value = target[row] - offset;
    for (const { feature, coefficient } of terms) value -= coefficient * columns[feature][row];
    values[row] = value;
    squares += weights[row] * value * value;
  }
  return { values, squares };
}

/** Sums of weight, x, x², residual and x · residual explain s² / w + (covariance)² / (variance of x). */
function scanLines(
  weights: Float64Array,
  column: Float64Array,
  residual: Float64Array,
  { order, start, end }: Rows,
  bar: number,
  minSupport: number,
): { readonly at: number; readonly gain: number } | undefined {
  const middle = column[order[(start + end) >> 1]];
  const all = new Float64Array(5);
  for (let place = start; place < end; place++) {
    addRow(all, weights[order[place]], column[order[place]] - middle, residual[order[place]]);
  }
  const flat = FLAT * (all[2] - (all[1] * all[1]) / all[0]);
  const below = new Float64Array(5);
  const above = new Float64Array(5);
  const fewest = Math.max(FEWEST_ROWS, minSupport);
  let at = -1;
  let best = bar + explainedBy(all, flat);
  for (let place = start; place < end; place++) {
    const row = order[place];
    const isOpen = place - start >= fewest && end - place >= fewest;
    if (isOpen && column[order[place - 1]] !== column[row]) {
      for (let k = 0; k < 5; k++) above[k] = all[k] - below[k];
      const score = explainedBy(below, flat) + explainedBy(above, flat);
      if (score > best) {
        best = score;
        at = place;
      }
    }
    addRow(below, weights[row], column[row] - middle, residual[row]);
  }
  return at < 0 ? undefined : { at, gain: best - explainedBy(all, flat) };
}

function addRow(sums: Float64Array, weight: number, x: number, residual: number): void {
  sums[0] += weight;
  sums[1] += weight * x;
  sums[2] += weight * x * x;
  sums[3] += weight * residual;
  sums[4] += weight * x * residual;
}

function explainedBy(sums: Float64Array, flat: number): number {
  const variance = sums[2] - (sums[1] * sums[1]) / sums[0];
  const covariance = sums[4] - (sums[1] * sums[3]) / sums[0];
  const line = variance > flat ? (covariance * covariance) / variance : 0;
  return (sums[3] * sums[3]) / sums[0] + line;
}
