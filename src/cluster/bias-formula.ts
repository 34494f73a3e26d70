/**
 * Recognises biases that follow a formula of the ranks of a family, exactly: affine, or powers along
 * one axis. Index points without a member (NaN) fit any formula.
 */
import type { Bias, IndexExpression } from '../ir/cluster.js';

/** Any two numbers lie on a line, and any three on a power with a constant. */
const MIN_LINE = 3;
const MIN_POWERS = 4;

/** The formula that equals `biases` (row-major over `extents`) at every member's rank, if any. */
export function solveRankBias(biases: Float64Array, extents: readonly number[]): Bias | undefined {
  const distinct = new Set(biases);
  distinct.delete(NaN);
  if (distinct.size < MIN_LINE || extents.length === 0) return undefined;
  const value = solveAffine(biases, extents);
  if (value !== undefined) return { kind: 'index', value };
  if (distinct.size < MIN_POWERS) return undefined;
  for (let axis = 0; axis < extents.length; axis++) {
    const power = solvePower(biases, extents, axis);
    if (power !== undefined) return power;
  }
  return undefined;
}

/** The rank's coordinate along each axis. */
function pointOf(rank: number, extents: readonly number[]): number[] {
  const point = new Array<number>(extents.length).fill(0);
  let rest = rank;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    point[axis] = rest % extents[axis];
    rest = Math.floor(rest / extents[axis]);
  }
  return point;
}

function fits(
  biases: Float64Array,
  extents: readonly number[],
  valueAt: (point: readonly number[]) => number,
): boolean {
  return biases.every(
    (bias, rank) => Number.isNaN(bias) || valueAt(pointOf(rank, extents)) === bias,
  );
}

/** Slopes from any two neighbouring members along each axis. */
function solveAffine(
  biases: Float64Array,
  extents: readonly number[],
): IndexExpression | undefined {
  const coefficients = new Array<number>(extents.length).fill(0);
  let stride = 1;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    const step = stride;
    const known = biases.findIndex(
      (bias, rank) =>
        pointOf(rank, extents)[axis] + 1 < extents[axis] &&
        !Number.isNaN(bias) &&
        !Number.isNaN(biases[rank + step]),
    );
    if (known >= 0) coefficients[axis] = biases[known + step] - biases[known];
    stride *= extents[axis];
  }
  const first = biases.findIndex((bias) => !Number.isNaN(bias));
  const sum = (point: readonly number[]): number =>
    coefficients.reduce((total, factor, axis) => total + factor * point[axis], 0);
  const constant = biases[first] - sum(pointOf(first, extents));
  // Summed in the order of evaluateIndex: the same rounding.
  const valueAt = (point: readonly number[]): number =>
    coefficients.reduce((total, factor, axis) => total + factor * point[axis], constant);
  return fits(biases, extents, valueAt) ? { kind: 'affine', constant, coefficients } : undefined;
}

/** constant + scale · base ^ (± iterator + offset), from three neighbouring members. */
function solvePower(
  biases: Float64Array,
  extents: readonly number[],
  axis: number,
): Bias | undefined {
  const stride = extents.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const start = biases.findIndex(
    (_, rank) =>
      pointOf(rank, extents)[axis] + 2 < extents[axis] &&
      [0, 1, 2].every((k) => !Number.isNaN(biases[rank + k * stride])),
  );
  if (start < 0) return undefined;
  const [a, b, c] = [0, 1, 2].map((k) => biases[start + k * stride]);
  const ratio = (c - b) / (b - a);
  const isRising = Math.abs(ratio) > 1;
  const base = isRising ? ratio : 1 / ratio;
  if (!Number.isInteger(base) || Math.abs(base) < 2) return undefined;
  const at = pointOf(start, extents)[axis];
  const slope = isRising ? 1 : -1;
  // The least power of the axis: at its first rank, or at its last.
  const least = isRising ? (b - a) / (base - 1) / base ** at : (a - b) / (base - 1) / base ** (extents[axis] - 2 - at); // prettier-ignore
  const constant = isRising ? a - least * base ** at : b - least * base ** (extents[axis] - 2 - at);
  const { scale, exponent } = splitPower(least, base);
  const offset = exponent + (isRising ? 0 : extents[axis] - 1);
  const valueAt = (point: readonly number[]): number =>
    constant + scale * base ** (slope * point[axis] + offset);
  if (!fits(biases, extents, valueAt)) return undefined;
  return { kind: 'power', axis, constant, scale, base, slope, offset };
}

/** value = scale · base ^ exponent with the largest exponent that leaves an integer. */
function splitPower(
  value: number,
  base: number,
): { readonly scale: number; readonly exponent: number } {
  let scale = value;
  let exponent = 0;
  while (Number.isInteger(scale) && Number.isInteger(scale / base) && scale !== 0) {
    scale /= base;
    exponent++;
  }
  return { scale, exponent };
}
