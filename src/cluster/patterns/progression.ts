/**
 * Weights that follow a formula along an axis: base ^ p (rising, falling, alternating) or
 * slope · p + offset. Decides which numbers are evidence for one, and how it is written down.
 *
 *   3, 6, 12, 24 at p = 1 .. 4   →   3 · 2^(p − 1)
 */
import type { Factor } from '../../ir/cluster.js';

/** Fewer numbers than this are no evidence for powers; one more for signs that alternate. */
export const MIN_POWERS = 3;
const MIN_SIGNS = 4;
/** … and for a line, which any two numbers lie on. */
export const MIN_LINE = 4;
/** A base that is no integer must be told by this many digits. */
const MAX_BASE_DIGITS = 4;
/** Powers beyond this are no longer known to the last integer. */
const MAX_SIZE = 2 ** 53;

/** coefficient × factor is the weight at every position. */
export interface Progression {
  readonly coefficient: number;
  readonly factor: Factor;
}

/**
 * The formula of `values` at the positions first, first + 1, .. on an axis of `extent` cells, within
 * `tolerance`; `undefined` for constant values, and where there is none or too little evidence.
 */
export function solveProgression(
  values: readonly number[],
  first: number,
  axis: number,
  extent: number,
  tolerance: number,
): Progression | undefined {
  const fits = (found: Progression | undefined): found is Progression =>
    found !== undefined &&
    values.every((value, k) => Math.abs(evaluate(found, first + k) - value) <= tolerance);
  const power = solvePower(values, first, axis, extent);
  if (fits(power)) return power;
  const line = solveLine(values, first, axis, tolerance);
  return fits(line) ? line : undefined;
}

function evaluate({ coefficient, factor }: Progression, position: number): number {
  const argument = factor.slope * position + factor.offset;
  return coefficient * (factor.kind === 'power' ? factor.base ** argument : argument);
}

function solvePower(
  values: readonly number[],
  first: number,
  axis: number,
  extent: number,
): Progression | undefined {
  const { length } = values;
  const last = first + length - 1;
  const [start, end] = [values[0], values[length - 1]];
  if (length < MIN_POWERS || start === 0 || end === 0) return undefined;
  const second = values[1] / start;
  const ratio = Math.sign(second) * Math.abs(end / start) ** (1 / (length - 1));
  const up = wholeBase(ratio);
  if (up === -1) {
    if (length < MIN_SIGNS) return undefined;
    const coefficient = first % 2 === 0 ? start : -start;
    return { coefficient, factor: { kind: 'power', axis, base: -1, slope: 1, offset: 0 } };
  }
  if (up === 1) return undefined;
  if (up !== undefined) return anchor(start, up, 1, axis, -first, 0);
  const down = wholeBase(1 / ratio);
  if (down !== undefined) return anchor(end, down, -1, axis, last, extent - 1);
  const base = Number(ratio.toPrecision(MAX_BASE_DIGITS));
  if (length < MIN_LINE || Math.abs(base) === 1) return undefined;
  return {
    coefficient: start,
    factor: { kind: 'power', axis, base, slope: 1, offset: first === 0 ? 0 : -first },
  };
}

function wholeBase(ratio: number): number | undefined {
  const base = Math.round(ratio);
  if (base === 0 || Math.abs(base - ratio) > 1e-6 * Math.abs(base)) return undefined;
  return base;
}

/**
 * Powers of an integer, the least of size |least|. Exponents count from the end of the axis where the
 * coefficient stays an integer, so that neurons that read more or fewer cells say the same; else from
 * the least weight.
 */
function anchor(
  least: number,
  base: number,
  slope: 1 | -1,
  axis: number,
  offset: number,
  wholeOffset: number,
): Progression {
  const steps = wholeOffset - offset;
  const coefficient = least / base ** steps;
  const isWhole = Number.isInteger(coefficient) && Math.abs(least) < MAX_SIZE;
  return {
    coefficient: isWhole ? coefficient : least,
    factor: { kind: 'power', axis, base, slope, offset: (isWhole ? wholeOffset : offset) + 0 },
  };
}

function solveLine(
  values: readonly number[],
  first: number,
  axis: number,
  tolerance: number,
): Progression | undefined {
  const { length } = values;
  if (length < MIN_LINE) return undefined;
  const slope = tidy((values[length - 1] - values[0]) / (length - 1), tolerance / length);
  if (slope === 0) return undefined;
  const ratio = values[0] / slope - first;
  const whole = Math.round(ratio);
  if (Math.abs(ratio - whole) * Math.abs(slope) <= tolerance + 1e-12 * Math.abs(slope)) {
    // slope · (p + offset), or −slope · (−offset − p) where that is what has no sign.
    const flips = values.every((value) => value * slope <= 0);
    return {
      coefficient: flips ? -slope : slope,
      factor: { kind: 'linear', axis, slope: flips ? -1 : 1, offset: (flips ? -whole : whole) + 0 },
    };
  }
  const offset = tidy(values[0] - slope * first, tolerance);
  return { coefficient: 1, factor: { kind: 'linear', axis, slope, offset } };
}

/** The number with the fewest digits within `tolerance` of `value`. */
function tidy(value: number, tolerance: number): number {
  if (tolerance === 0) return value;
  for (let digits = 1; digits <= 16; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.abs(short - value) <= tolerance) return short;
  }
  return value;
}
