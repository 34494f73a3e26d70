/**
 * formula: weights that are powers or a line along one axis, on a run of positions: the digits of a
 * number, alternating signs, a ramp. Runs that are alike on several lines are told together.
 *
 *   1 2 4 8 / 1 2 4 8   →   2^x1 · [:, :]
 */
import type { Access, PlacedRegion } from '../region.js';
import { accessOf, accessRange } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';
import type { Progression } from './progression.js';
import { MIN_LINE, MIN_POWERS, solveProgression } from './progression.js';

export const formula: Pattern = { name: 'formula', detect: detectFormula };

/** Fewer cells than this are listed, though they be powers. */
const MIN_CELLS = 4;

/** The same formula on the same run of several lines along one axis. */
interface Bundle {
  readonly progression: Progression;
  readonly from: number;
  readonly last: number;
  /** The first position of each line. */
  readonly lines: number[];
  /** Cells on the run of one line that hold a weight. */
  readonly cells: number;
}

function detectFormula(residual: Residual): Match | undefined {
  if (residual.count < MIN_CELLS) return undefined;
  let best: Match | undefined;
  for (let axis = 0; axis < residual.shape.length; axis++) {
    if (residual.shape[axis] < MIN_POWERS) continue;
    for (const bundle of bundlesAlong(residual, axis)) {
      best = better(best, proposeBundle(residual, axis, bundle));
    }
  }
  return best;
}

function bundlesAlong(residual: Residual, axis: number): Bundle[] {
  const { cells, count, strides, shape, coordinates, values } = residual;
  const stride = strides[axis];
  const counts = new Map<number, number>();
  for (let k = 0; k < count; k++) {
    const line = cells[k] - coordinates[axis][cells[k]] * stride;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const bundles = new Map<string, Bundle>();
  for (const [line, own] of counts) {
    if (own < MIN_POWERS) continue;
    const weights = Array.from({ length: shape[axis] }, (_, at) => values[line + at * stride]);
    for (const { from, to } of findRuns(weights, residual.tolerance)) {
      const run = weights.slice(from, to);
      const progression = solveProgression(run, from, axis, shape[axis], residual.tolerance);
      if (progression === undefined) continue;
      const key = JSON.stringify([from, to, progression]);
      const bundle = bundles.get(key);
      if (bundle !== undefined) bundle.lines.push(line);
      else {
        const held = run.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0);
        bundles.set(key, { progression, from, last: to - 1, lines: [line], cells: held });
      }
    }
  }
  return [...bundles.values()];
}

/** Maximal runs of at least MIN_POWERS positions whose weights have one ratio, or one difference. */
function findRuns(
  weights: readonly number[],
  tolerance: number,
): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let from = 0;
  while (from + MIN_POWERS <= weights.length) {
    let to = runEnd(weights, from, tolerance);
    while (to > from && weights[to - 1] === 0) to--;
    if (weights[from] !== 0 && to - from >= MIN_POWERS) {
      runs.push({ from, to });
      from = to;
    } else from++;
  }
  return runs;
}

function runEnd(weights: readonly number[], from: number, tolerance: number): number {
  const [first, second] = [weights[from], weights[from + 1]];
  if (first === 0 || Math.abs(first - second) <= tolerance) return from;
  let powers = from + 1;
  const isPower = (k: number): boolean => {
    const error = Math.abs(weights[k] * weights[k - 2] - weights[k - 1] * weights[k - 1]);
    const size = Math.abs(weights[k - 1]) + Math.abs(weights[k - 2]) + Math.abs(weights[k]);
    return error <= tolerance * size && weights[k] !== 0;
  };
  while (powers + 1 < weights.length && isPower(powers + 1)) powers++;
  let line = from + 1;
  const isLine = (k: number): boolean =>
    Math.abs(weights[k] - 2 * weights[k - 1] + weights[k - 2]) <= 4 * tolerance;
  while (line + 1 < weights.length && isLine(line + 1)) line++;
  const isLong = line + 1 - from >= MIN_LINE && line > powers;
  return 1 + (isLong ? line : powers);
}

function proposeBundle(
  residual: Residual,
  axis: number,
  { progression, from, last, lines, cells }: Bundle,
): Match | undefined {
  const { shape, coordinates } = residual;
  const { coefficient, factor } = progression;
  const placed = (own: readonly number[]): PlacedRegion => ({
    coefficient,
    factors: [factor],
    accesses: shape.map((extent, other): Access => {
      if (other === axis) return accessRange(from, last, 1, extent);
      const marks = [...new Set(own.map((line) => coordinates[other][line]))];
      return accessOf(marks.sort((a, b) => a - b), extent); // prettier-ignore
    }),
  });
  const volume = shape.reduce((product, _, other) => {
    if (other === axis) return product;
    return product * new Set(lines.map((line) => coordinates[other][line])).size;
  }, 1);
  // Lines that form no product are told one by one.
  const own = volume === lines.length ? lines : lines.slice(0, 1);
  const cleared = cells * own.length;
  return cleared < MIN_CELLS ? undefined : makeMatch(residual, [placed(own)], cleared);
}
