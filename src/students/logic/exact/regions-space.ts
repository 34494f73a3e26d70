/**
 * One convex region of the input box, and on which side of 0 an affine function is there: asked first of
 * bounds over the box, then of points known to be inside, and only then of linear programs.
 */
import { maximise } from '../../../numeric/linear-program.js';
import type { Box, HalfSpace } from '../../../numeric/linear-program.js';

export interface Region {
  /** Together with the box they are the region. */
  readonly halfSpaces: readonly HalfSpace[];
  /** Some points inside, up to the tolerance of linear programs: corners, mostly. */
  readonly points: readonly Float64Array[];
}

/** offset + Σ coefficient · input, in one array: coefficients first, the offset last. */
export type AffineRow = Float64Array;

export type Side =
  /** Nowhere above 0 by more than the tolerance. */
  | { readonly kind: 'below' }
  /** Nowhere below 0 by more than the tolerance. */
  | { readonly kind: 'above' }
  | { readonly kind: 'both'; readonly above: Region; readonly below: Region }
  /** The region is empty. */
  | { readonly kind: 'empty' };

/**
 * How far, in units of a sum's magnitude, the sum may be on the other side of 0 for it to count as decided.
 * It is above what linear programs leave open, and far below what a network says.
 */
export const SIDE_TOLERANCE = 1e-9;

/** What rounding alone moves a sum by, in the same unit: a region this thin is none that was dropped. */
const ROUNDING = 1e-13;

/** Points kept with a region: more cost more to ask than the programs that they save. */
const MOST_POINTS = 24;

/** What deciding sides has cost and left out. */
export class SideCounter {
  programs = 0;
  /** Numbers computed by them. */
  work = 0;
  /** Sides that were left out although a sum reaches them, by less than the tolerance. */
  dropped = 0;
  /** The most that a sum reached there, in units of its magnitude. */
  largestDropped = 0;

  addCost({ programs, work }: SideCounter): void {
    this.programs += programs;
    this.work += work;
  }

  addDropped({ dropped, largestDropped }: SideCounter): void {
    this.dropped += dropped;
    this.largestDropped = Math.max(this.largestDropped, largestDropped);
  }
}

/** @param magnitude how large the parts of the function are: the unit of the tolerance. */
export function sideOf(
  row: AffineRow,
  magnitude: number,
  region: Region,
  box: Box,
  counter: SideCounter,
): Side {
  const size = row.length - 1;
  let [least, most] = [row[size], row[size]];
  for (let k = 0; k < size; k++) {
    const [first, second] = [row[k] * box.low[k], row[k] * box.high[k]];
    least += Math.min(first, second);
    most += Math.max(first, second);
  }
  if (most <= 0) return { kind: 'below' };
  if (least >= 0) return { kind: 'above' };

  const tolerance = SIDE_TOLERANCE * magnitude;
  const points = [...region.points];
  const values = points.map((point) => valueAt(row, point));
  for (const sign of [1, -1] as const) {
    if (values.some((value) => sign * value > tolerance)) continue;
    counter.programs++;
    const objective = row.subarray(0, size).map((coefficient) => sign * coefficient);
    const answer = maximise(objective, box, region.halfSpaces);
    counter.work += answer.work;
    if (answer.kind === 'infeasible') return { kind: 'empty' };
    if (answer.kind === 'unfinished') continue;
    const bound = answer.bound + sign * row[size];
    if (bound <= tolerance) {
      if (bound > ROUNDING * magnitude) {
        counter.dropped++;
        counter.largestDropped = Math.max(counter.largestDropped, bound / magnitude);
      }
      return { kind: sign > 0 ? 'below' : 'above' };
    }
    points.push(answer.point);
    values.push(valueAt(row, answer.point));
  }
  return {
    kind: 'both',
    above: cut(region, points, values, row, -1),
    below: cut(region, points, values, row, 1),
  };
}

/** The part of a region where sign · function ≤ 0. */
function cut(
  { halfSpaces }: Region,
  points: readonly Float64Array[],
  values: readonly number[],
  row: AffineRow,
  sign: 1 | -1,
): Region {
  const size = row.length - 1;
  const coefficients = row.subarray(0, size).map((coefficient) => sign * coefficient);
  return {
    halfSpaces: [...halfSpaces, { coefficients, bound: -sign * row[size] }],
    points: points.filter((_, k) => sign * values[k] <= 0).slice(-MOST_POINTS),
  };
}

/** The function at a point. */
export function valueAt(row: AffineRow, point: ArrayLike<number>): number {
  const size = row.length - 1;
  let sum = row[size];
  for (let k = 0; k < size; k++) sum += row[k] * point[k];
  return sum;
}

/** The mean of a region's points, which is inside as they are; undefined where none is known. */
export function middleOf({ points }: Region): Float64Array | undefined {
  if (points.length === 0) return undefined;
  return points[0].map((_, k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
}
