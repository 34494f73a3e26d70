/** Runs of weights along a line that have one ratio, or one difference: where a formula may hold. */
import { MIN_LINE, MIN_POWERS } from './progression.js';

/** On lines of more cells than this, a run of less than MIN_SHARE of them is an accident. */
const LONG_LINE = 16;
const MIN_SHARE = 1 / 4;

/** The fewest positions that a run may have on a line that holds so many cells. */
export function shortestRun(held: number): number {
  return Math.max(MIN_POWERS, held > LONG_LINE ? held * MIN_SHARE : 0);
}

/** Weights at even distances: along an axis, or along a diagonal. */
export interface Line {
  readonly values: Float64Array;
  /** Index of the first weight in `values`, and the distance to the next. */
  readonly start: number;
  readonly stride: number;
  readonly length: number;
}

/** Weights `from` .. `to` − 1 of a line. */
export function weightsOf({ values, start, stride }: Line, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => values[start + (from + k) * stride]);
}

/** Maximal runs of at least `shortest` positions whose weights have one ratio, or one difference. */
export function findRuns(
  line: Line,
  shortest: number,
  tolerance: number,
): readonly { readonly from: number; readonly to: number }[] {
  const { values, start, stride, length } = line;
  const runs: { from: number; to: number }[] = [];
  let from = 0;
  while (from + shortest <= length) {
    const first = values[start + from * stride];
    // Most weights begin no run: this is asked of every one.
    if (first === 0 || Math.abs(first - values[start + (from + 1) * stride]) <= tolerance) {
      from++;
      continue;
    }
    let to = runEnd(line, from, tolerance);
    while (to > from && values[start + (to - 1) * stride] === 0) to--;
    if (to - from >= shortest) {
      runs.push({ from, to });
      from = to;
    } else from++;
  }
  return runs;
}

/** Where the run ends that begins with two different weights. */
function runEnd(line: Line, from: number, tolerance: number): number {
  let powers = from + 1;
  while (powers + 1 < line.length && isPower(line, powers + 1, tolerance)) powers++;
  let end = from + 1;
  while (end + 1 < line.length && isLine(line, end + 1, tolerance)) end++;
  const isLong = end + 1 - from >= MIN_LINE && end > powers;
  return 1 + (isLong ? end : powers);
}

function isPower({ values, start, stride }: Line, k: number, tolerance: number): boolean {
  const at = start + k * stride;
  const [a, b, c] = [values[at - 2 * stride], values[at - stride], values[at]];
  if (c === 0) return false;
  return Math.abs(a * c - b * b) <= tolerance * (Math.abs(a) + Math.abs(b) + Math.abs(c));
}

function isLine({ values, start, stride }: Line, k: number, tolerance: number): boolean {
  const at = start + k * stride;
  return Math.abs(values[at] - 2 * values[at - stride] + values[at - 2 * stride]) <= 4 * tolerance;
}
