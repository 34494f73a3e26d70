/**
 * Where a formula changes over: the threshold that leaves the fewest decisions other than the network's, as a
 * number of few digits.
 */
import { shortestBetween } from '../../students/logic/round/short-number.js';

export interface Cut {
  readonly threshold: number;
  /** Whether values above it stand for the network's side above its border. */
  readonly isAbove: boolean;
  /** Share of equal decisions. */
  readonly agreement: number;
}

/** Decisions that a shorter threshold may cost, as a share. */
const MOST_COST = 5e-4;

/**
 * @param values of the formula, all finite, one for each row. @param isAbove the network's side there.
 */
export function cutOf(values: Float64Array, isAbove: ArrayLike<number>): Cut {
  const order = Uint32Array.from(values, (_, row) => row).sort((a, b) => values[a] - values[b]);
  const rows = values.length;
  let above = 0;
  for (let row = 0; row < rows; row++) above += isAbove[row];
  // After `below` rows: equal decisions if what is above the threshold is above the border.
  const equal = new Float64Array(rows + 1);
  equal[0] = above;
  for (let below = 1; below <= rows; below++) {
    equal[below] = equal[below - 1] + (isAbove[order[below - 1]] === 1 ? -1 : 1);
  }
  const rising = placeOf(equal, values, order, 1);
  const falling = placeOf(equal, values, order, -1);
  const isRising = equal[rising] >= rows - equal[falling];
  const best = isRising ? rising : falling;
  const right = (below: number): number => (isRising ? equal[below] : rows - equal[below]);
  // As far to both sides as next to nothing is lost.
  const least = right(best) - Math.floor(MOST_COST * rows);
  let [first, last] = [best, best];
  while (first > 0 && right(first - 1) >= least) first--;
  while (last < rows && right(last + 1) >= least) last++;
  const threshold = shortThreshold(values, order, first, best, last);
  let agreed = 0;
  for (let row = 0; row < rows; row++) {
    agreed += Number(values[row] > threshold === ((isAbove[row] === 1) === isRising));
  }
  return { threshold, isAbove: isRising, agreement: agreed / rows };
}

/** The best place that lies between two different values, or outside of all. */
function placeOf(
  equal: Float64Array,
  values: Float64Array,
  order: Uint32Array,
  sign: 1 | -1,
): number {
  let best = 0;
  for (let below = 1; below < equal.length; below++) {
    const isBetween = below === order.length || values[order[below - 1]] < values[order[below]];
    if (isBetween && sign * equal[below] > sign * equal[best]) best = below;
  }
  return best;
}

function shortThreshold(
  values: Float64Array,
  order: Uint32Array,
  first: number,
  best: number,
  last: number,
): number {
  const rows = order.length;
  const ends = [values[order[0]], values[order[rows - 1]]];
  // A formula may have one value alone: beyond it there is room all the same.
  const spread = ends[1] - ends[0] || Math.abs(ends[0]) || 1;
  const valueAt = (place: number): number => {
    if (place < 0) return ends[0] - spread;
    return place < rows ? values[order[place]] : ends[1] + spread;
  };
  const low = valueAt(first - 1);
  const high = valueAt(last);
  const near = (valueAt(best - 1) + valueAt(best)) / 2;
  return low < high ? shortestBetween(low, high, near) : low;
}
