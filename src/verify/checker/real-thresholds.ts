/**
 * Thresholds of sums of reals: which are decided by intervals, which are thresholds of an integer sum, and
 * the canonical form of the others. Noise moves a sum by at most a bound that the caller states.
 */
import type { Context } from './context.js';
import { negate } from './conjunctions.js';
import { UNIT, gridOf, isPowerOfTwo, productError } from './float.js';
import type { Form } from './forms.js';
import type { Num } from './num.js';
import { Undecided } from './undecided.js';

/**
 * [form + noise > band] (≥ unless `strict`) where the interval lo .. hi of the form without its constant
 * decides it, else undefined. @throws Undecided for constants that the noise reaches.
 */
export function settle(
  form: Form,
  band: number,
  strict: boolean,
  noise: number,
  lo: number,
  hi: number,
): boolean | undefined {
  if (form.atoms.length === 0 && noise === 0) {
    return strict ? form.constant > band : form.constant >= band;
  }
  const rounding =
    4 * UNIT * (form.atoms.length + 2) * (Math.abs(lo) + Math.abs(hi) + Math.abs(form.constant));
  if (lo + form.constant - noise - rounding > band) return true;
  if (hi + form.constant + noise + rounding < band) return false;
  if (form.atoms.length === 0) throw new Undecided('a comparison of constants within rounding');
  return undefined;
}

export interface RealThreshold {
  readonly band: number;
  readonly bias: number;
  readonly scale: number;
  readonly center: number;
  readonly deviation: number;
}

/**
 * The integer n with: scale·(z − bias) = S + center ± deviation, S integer, and [z > band] = [S ≥ n]
 * (or [z ≥ band], unless `strict`). Undefined when an integer lies within the deviation of the
 * threshold, so that S alone does not decide.
 */
export function integerThreshold(given: RealThreshold, strict: boolean): number | undefined {
  const { band, bias, scale, center } = given;
  const difference = band - bias;
  const threshold = scale * difference - center;
  let deviation = given.deviation;
  const exact =
    center === 0 &&
    (band === 0 || bias === 0 || (Number.isInteger(band) && Number.isInteger(bias))) &&
    gridOf(scale) >= -64 &&
    isPowerOfTwo(scale);
  if (!exact)
    deviation += 4 * UNIT * (Math.abs(threshold) + Math.abs(center) + scale * Math.abs(bias));
  if (deviation === 0) return strict ? Math.floor(threshold) + 1 : Math.ceil(threshold);
  const above = Math.floor(threshold + deviation);
  if (above >= threshold - deviation || above !== Math.floor(threshold - deviation))
    return undefined;
  return above + 1;
}

/**
 * [L > t] over reals in canonical form: the first coefficient positive, and 1 where dividing by it
 * rounds nothing; [−L > t] is ¬[L ≥ −t].
 */
export function realThreshold(
  context: Context,
  { atoms, coefficients }: Form,
  threshold: number,
  strict: boolean,
  doubt: number,
): Num {
  const scale = doubt === 0 ? unitScale(coefficients, threshold) : 1;
  const turned = coefficients[0] < 0;
  const factor = turned ? -scale : scale;
  const scaled = coefficients.map((coefficient) => coefficient / factor);
  const linear = context.linears.intern(atoms, scaled, context.atoms);
  const bound = threshold / factor;
  if (!turned) return context.realAtom(linear, bound, strict, doubt);
  return negate(context, context.realAtom(linear, bound, !strict, doubt));
}

/** |first coefficient| where every quotient by it is exact, else 1. */
function unitScale(coefficients: Float64Array, threshold: number): number {
  const scale = Math.abs(coefficients[0]);
  const isExact = (value: number) => {
    const quotient = value / scale;
    return quotient * scale === value && productError(quotient, scale, value) === 0;
  };
  return isExact(threshold) && coefficients.every(isExact) ? scale : 1;
}
