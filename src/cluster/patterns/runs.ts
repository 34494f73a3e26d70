/** Runs of weights along a line that have one ratio, or one difference: where a formula may hold. */
import { MIN_LINE, MIN_POWERS } from './progression.js';

/** On lines of more cells than this, a run of less than MIN_SHARE of them is an accident. */
const LONG_LINE = 16;
const MIN_SHARE = 1 / 4;

/** The fewest positions that a run may have on a line that holds so many cells. */
export function shortestRun(held: number): number {
  return Math.max(MIN_POWERS, held > LONG_LINE ? held * MIN_SHARE : 0);
}

/** Maximal runs of at least `shortest` positions whose weights have one ratio, or one difference. */
export function findRuns(
  weights: Float64Array,
  shortest: number,
  tolerance: number,
): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let from = 0;
  while (from + shortest <= weights.length) {
    let to = runEnd(weights, from, tolerance);
    while (to > from && weights[to - 1] === 0) to--;
    if (weights[from] !== 0 && to - from >= shortest) {
      runs.push({ from, to });
      from = to;
    } else from++;
  }
  return runs;
}

function runEnd(weights: Float64Array, from: number, tolerance: number): number {
  const first = weights[from];
  if (first === 0 || Math.abs(first - weights[from + 1]) <= tolerance) return from;
  let powers = from + 1;
  while (powers + 1 < weights.length && isPower(weights, powers + 1, tolerance)) powers++;
  let line = from + 1;
  while (line + 1 < weights.length && isLine(weights, line + 1, tolerance)) line++;
  const isLong = line + 1 - from >= MIN_LINE && line > powers;
  return 1 + (isLong ? line : powers);
}

function isPower(weights: Float64Array, k: number, tolerance: number): boolean {
  const [a, b, c] = [weights[k - 2], weights[k - 1], weights[k]];
  if (c === 0) return false;
  return Math.abs(a * c - b * b) <= tolerance * (Math.abs(a) + Math.abs(b) + Math.abs(c));
}

function isLine(weights: Float64Array, k: number, tolerance: number): boolean {
  return Math.abs(weights[k] - 2 * weights[k - 1] + weights[k - 2]) <= 4 * tolerance;
}
