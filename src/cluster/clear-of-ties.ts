/**
 * Decides whether the tie rule ever decides a row that could not be made integers: if no state of its
 * cells comes near the tie band, its sign is that of the plain sum. Rows with few cells only; half of
 * the cells' sums against the other half's, both sorted, so that 24 cells cost as much as 12 twice.
 */

/** Sums of one half of a row that are listed; rows that need more keep their tie rule. */
const MAX_SUMS = 1 << 12;

/** Values that a cell can take: from `low` in steps of `unit` to `high`. */
export interface CellRange {
  readonly low: number;
  readonly high: number;
  readonly unit: number;
}

/** True if |Σ weights · x + bias| exceeds `bound` in every state, rounding included. */
export function isClearOfTies(
  weights: Float64Array,
  ranges: readonly CellRange[],
  bias: number,
  bound: number,
): boolean {
  if (ranges.some(({ unit }) => unit === 0)) return false;
  const half = weights.length >> 1;
  const left = sumsOf(weights, ranges, 0, half, bias);
  const right = sumsOf(weights, ranges, half, weights.length, 0);
  if (left === undefined || right === undefined) return false;
  let reach = Math.abs(bias);
  for (let k = 0; k < weights.length; k++) {
    reach += Math.abs(weights[k]) * Math.max(Math.abs(ranges[k].low), Math.abs(ranges[k].high));
  }
  // A sum of n rounded terms is off by at most n·u·reach (Higham, section 4.2); twice that is ample.
  const band = bound + weights.length * 2 ** -51 * reach;
  left.sort();
  right.sort();
  let at = right.length - 1;
  for (const sum of left) {
    while (at > 0 && sum + right[at] > band) at--;
    if (Math.abs(sum + right[at]) <= band) return false;
  }
  return true;
}

/** All sums of the cells from `from` to `to` (excluded), plus `start`; `undefined` if too many. */
function sumsOf(
  weights: Float64Array,
  ranges: readonly CellRange[],
  from: number,
  to: number,
  start: number,
): Float64Array | undefined {
  let sums = Float64Array.of(start);
  for (let k = from; k < to; k++) {
    const { low, high, unit } = ranges[k];
    const count = Math.round((high - low) / unit) + 1;
    if (!(sums.length * count <= MAX_SUMS)) return undefined;
    const next = new Float64Array(sums.length * count);
    for (let value = 0; value < count; value++) {
      const term = weights[k] * (low + value * unit);
      for (let s = 0; s < sums.length; s++) next[value * sums.length + s] = sums[s] + term;
    }
    sums = next;
  }
  return sums;
}
