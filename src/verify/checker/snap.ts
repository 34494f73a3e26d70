/**
 * Snapping with proof: real weights that are integers times a scale, up to noise. The integers are
 * never *assumed*: the deviation from them is bounded over the whole domain, and a threshold is taken
 * over only when no integer lies within that bound of it.
 */
import { UNIT } from './float.js';
import type { Range } from './forms.js';
import { magnitude } from './forms.js';

/** Noise above this share of the smallest weight is no noise (files carry up to 1e-8). */
const NOISE = 0.02;
/** Weights below this share of the largest are residue of cancelled noise, snapped to 0. */
const RESIDUE = 1e-7;
/** Integers tried for the smallest weight of a row. */
const DENOMINATORS = 64;
/** Powers of two tried for weights that are exact binary fractions. */
const BINARY_SCALES = 24;

export interface Snapped {
  /** Integers K: the sum is about (1/scale) · Σ K · x / step, `steps` being the sources' grids. */
  readonly integers: Float64Array;
  readonly steps: Float64Array;
  readonly scale: number;
  /** scale·Σ w·x − Σ K·x/step lies within `deviation` of `center`, on the whole domain. */
  readonly center: number;
  readonly deviation: number;
  /** Weights that are no integers times the scale, and how far the farthest is off, as a share of the largest. */
  readonly moved: number;
  readonly largestMove: number;
}

/**
 * Integers and a scale for Σ weights[k] · sources[k], or undefined where none fit. The deviation
 * includes the rounding of its own computation.
 */
export function snap(weights: ArrayLike<number>, sources: readonly Range[]): Snapped | undefined {
  const count = sources.length;
  const steps = new Float64Array(count);
  const units = new Float64Array(count);
  let largest = 0;
  for (let k = 0; k < count; k++) {
    const source = sources[k];
    const { grid } = source;
    if (grid < -1000 || !Number.isFinite(magnitude(source))) return undefined;
    const step = grid === 0 ? 1 : 2 ** grid;
    const unit = weights[k] * step;
    steps[k] = step;
    units[k] = unit;
    largest = Math.max(largest, Math.abs(unit));
  }
  const binary = binaryScale(units, largest);
  if (binary !== undefined) {
    const integers = binary === 1 ? units : new Float64Array(count);
    if (binary !== 1) for (let k = 0; k < count; k++) integers[k] = units[k] * binary;
    return { integers, steps, scale: binary, center: 0, deviation: 0, moved: 0, largestMove: 0 };
  }
  let smallest = Infinity;
  for (let k = 0; k < count; k++) {
    const size = Math.abs(units[k]);
    if (size > RESIDUE * largest && size < smallest) smallest = size;
  }
  for (let q = 1; q <= DENOMINATORS; q++) {
    const integers = rounded(units, q / smallest);
    if (integers === undefined) continue;
    const snapped = withDeviation(units, integers, steps, sources);
    if (snapped.deviation < 0.5) return snapped;
  }
  return undefined;
}

/** A power of two that makes every weight an integer below 2^52. */
function binaryScale(units: Float64Array, largest: number): number | undefined {
  let passed = 0;
  for (let power = 0; power <= BINARY_SCALES; power++) {
    const scale = 2 ** power;
    if (largest * scale > 2 ** 52) return undefined;
    // What one power leaves broken is where the next one is tried first: mostly one look.
    while (passed < units.length && Number.isInteger(units[passed] * scale)) passed++;
    if (passed === units.length) return scale;
  }
  return undefined;
}

function rounded(units: Float64Array, scale: number): Float64Array | undefined {
  const integers = new Float64Array(units.length);
  for (let k = 0; k < units.length; k++) {
    const scaled = units[k] * scale;
    const integer = Math.round(scaled);
    if (Math.abs(scaled - integer) > NOISE) return undefined;
    integers[k] = integer;
  }
  return integers;
}

/** The least-squares scale takes out what is common to the row; then the rest is bounded. */
function withDeviation(
  units: Float64Array,
  integers: Float64Array,
  steps: Float64Array,
  sources: readonly Range[],
): Snapped {
  let cross = 0;
  let square = 0;
  for (let k = 0; k < units.length; k++) {
    cross += integers[k] * units[k];
    square += units[k] * units[k];
  }
  const scale = cross / square;
  let center = 0;
  let deviation = 0;
  let size = 0;
  let [moved, farthest, largest] = [0, 0, 0];
  for (let k = 0; k < units.length; k++) {
    const residue = units[k] * scale - integers[k];
    if (integers[k] / scale !== units[k]) moved++;
    farthest = Math.max(farthest, Math.abs(residue));
    largest = Math.max(largest, Math.abs(units[k] * scale));
    const lo = sources[k].lo / steps[k];
    const hi = sources[k].hi / steps[k];
    center += residue * ((lo + hi) / 2);
    deviation += Math.abs(residue) * ((hi - lo) / 2);
    size += Math.abs(integers[k]) * Math.max(Math.abs(lo), Math.abs(hi));
  }
  // Each residue errs by two roundings of its scaled weight; the two sums by `length` roundings of
  // totals that are at most `deviation` and `|center|`-sized: a factor and 4·UNIT·size cover both.
  const slack = 4 * UNIT * (size + 1) + units.length * 4 * UNIT * (deviation + Math.abs(center));
  const largestMove = moved === 0 ? 0 : farthest / largest;
  return { integers, steps, scale, center, deviation: deviation + slack, moved, largestMove };
}
