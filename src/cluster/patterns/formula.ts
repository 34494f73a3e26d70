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
import { MIN_POWERS, solveProgression } from './progression.js';
import type { Line } from './runs.js';
import { findRuns, shortestRun, weightsOf } from './runs.js';

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
  const { strides, shape, values, tolerance } = residual;
  const bundles = new Map<string, Bundle>();
  const { starts, held } = linesAlong(residual, axis);
  for (let k = 0; k < starts.length; k++) {
    const start = starts[k];
    const line = { values, start, stride: strides[axis], length: shape[axis] };
    for (const { from, to } of findRuns(line, shortestRun(held[k]), tolerance)) {
      const run = weightsOf(line, from, to);
      const progression = solveProgression(run, from, axis, shape[axis], tolerance);
      if (progression === undefined) continue;
      const [first, end] = withZeros(line, from, to, progression);
      const key = JSON.stringify([first, end, progression]);
      const bundle = bundles.get(key);
      if (bundle !== undefined) bundle.lines.push(start);
      else {
        const cells = run.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0);
        bundles.set(key, { progression, from: first, last: end - 1, lines: [start], cells });
      }
    }
  }
  return [...bundles.values()];
}

/** The run with the ends of the axis where its formula is zero there, so that it reads everything. */
function withZeros(
  { values, start, stride, length }: Line,
  from: number,
  to: number,
  { factor }: Progression,
): readonly [from: number, to: number] {
  const isZero = (at: number): boolean =>
    at >= 0 &&
    at < length &&
    values[start + at * stride] === 0 &&
    factor.kind === 'linear' &&
    factor.slope * at + factor.offset === 0;
  const [first, end] = [isZero(from - 1) ? from - 1 : from, isZero(to) ? to + 1 : to];
  return first === 0 && end === length ? [first, end] : [from, to];
}

/** The lines along an axis that hold enough cells for a formula: their first positions, and the cells. */
function linesAlong(
  residual: Residual,
  axis: number,
): { readonly starts: Int32Array; readonly held: Int32Array } {
  const { cells, count, strides, coordinates } = residual;
  const starts = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    starts[k] = cells[k] - coordinates[axis][cells[k]] * strides[axis];
  }
  starts.sort();
  const held = new Int32Array(count);
  let found = 0;
  let first = 0;
  for (let k = 1; k <= count; k++) {
    if (k < count && starts[k] === starts[first]) continue;
    if (k - first >= MIN_POWERS) {
      held[found] = k - first;
      starts[found++] = starts[first];
    }
    first = k;
  }
  return { starts: starts.subarray(0, found), held };
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
