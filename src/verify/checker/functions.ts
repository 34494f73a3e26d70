/**
 * The table of the functions whose atoms stay opaque, see `RealFunction`: arithmetic that is not linear,
 * exponentials and roots, steps, and those of `trigonometry.ts`.
 *
 * Nothing here knows texts or networks; whoever makes an atom sees to it that its arguments are in the
 * domain.
 */
import { erf, roundHalfEven } from '../../ir/stage-values.js';
import { LIBRARY_ERROR, TINY, UNIT } from './float.js';
import type { Interval, RealFunction } from './real-function.js';
import { SLACK, outward, rising, size } from './real-function.js';
import { TRIGONOMETRY } from './trigonometry.js';

/** Softmax changes by at most this share of the largest change of a difference of logits. */
export const SOFTMAX_LIPSCHITZ = 0.25;

/**
 * Relative error allowed to the series that modules print for erf. It has at most 99 terms, all of one
 * sign, each off by four roundings for every step before it; that, the sum, and exp of a rounded square
 * come to 600 roundings, 2^-43.
 */
const SERIES_ERROR = 2 ** -40;

/** Error allowed to sums of exponentials in [0, 1], of some thousand terms. */
const SUM_ERROR = 2 ** -40;

/** 2/√π, the steepest slope of erf, rounded up. */
const ERF_SLOPE = 1.1284;

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), 0);
}

/** factor · by, where nothing moves even an infinite factor. */
function scaledBy(factor: number, by: number): number {
  return by === 0 ? 0 : factor * by;
}

/** Steps: a value that moves at all may jump by one more. */
function steps(plain: (x: number) => number): RealFunction {
  return { ...rising(plain, 0, (_, by) => by + 1), range: ([{ lo, hi }]) => ({ lo: plain(lo), hi: plain(hi) }) }; // prettier-ignore
}

/** d/dx log(x) is at most 1 / x. */
function movedLogarithm(lo: number, by: number): number {
  return lo - by > 0 ? by / (lo - by) : Infinity;
}

/**
 * d/dx ∛x is 1 / (3 ∛x²), and over a way of length d around 0 the root moves most: by 2 ∛(d/2), less than
 * 1.5875 ∛d.
 */
function movedCubeRoot({ lo, hi }: Interval, by: number): number {
  const least = (lo > 0 ? lo : -hi) - by;
  const most = 1.5875 * Math.cbrt(by);
  return least > 0 ? Math.min(most, by / (3 * Math.cbrt(least) ** 2)) : most;
}

function corners(parts: readonly Interval[], combine: (a: number, b: number) => number): Interval {
  const [a, b] = parts;
  const ends = [combine(a.lo, b.lo), combine(a.lo, b.hi), combine(a.hi, b.lo), combine(a.hi, b.hi)];
  return { lo: Math.min(...ends), hi: Math.max(...ends) };
}

const exp = (x: number) => Math.exp(x);
const power = (base: number, exponent: number) => base ** exponent;

/** log Σ exp(part), its largest part taken out. */
function logSumExp(parts: readonly number[]): number {
  const top = Math.max(...parts);
  if (!Number.isFinite(top)) return top;
  return top + Math.log(parts.reduce((sum, part) => sum + Math.exp(part - top), 0));
}

function ends(parts: readonly Interval[], of: (parts: readonly number[]) => number): Interval {
  return { lo: of(parts.map(({ lo }) => lo)), hi: of(parts.map(({ hi }) => hi)) };
}

const TABLE = {
  ...TRIGONOMETRY,
  /** part 0 · part 1. */
  product: {
    value: ([a, b]) => a * b,
    range: (parts) =>
      outward(
        corners(parts, (a, b) => a * b),
        UNIT,
      ),
    moved: ([a, b], [byA, byB]) =>
      (scaledBy(size(a), byB) + scaledBy(size(b), byA) + byA * byB) * SLACK,
    accuracy: UNIT,
    commutative: true,
  },
  /** part 0 / part 1, which is not 0. */
  quotient: {
    value: ([a, b]) => a / b,
    range: (parts) =>
      outward(
        corners(parts, (a, b) => a / b),
        UNIT,
      ),
    moved: ([a, b], [byA, byB]) => {
      const least = Math.min(Math.abs(b.lo), Math.abs(b.hi)) - byB;
      if (!(least > 0) || (b.lo < 0 && b.hi > 0)) return byA === 0 && byB === 0 ? 0 : Infinity;
      const most = size(corners([a, b], (x, y) => x / y));
      return ((byA + scaledBy(most, byB)) / least) * SLACK;
    },
    accuracy: UNIT,
  },
  /** part 0 ** part 1, for a base above 0. */
  power: {
    value: ([base, exponent]) => power(base, exponent),
    range: (parts) => outward(corners(parts, power), LIBRARY_ERROR),
    moved: ([base, exponent], [byBase, byExponent]) => {
      if (byBase === 0 && byExponent === 0) return 0;
      const logarithm = Math.max(Math.abs(Math.log(base.lo)), Math.abs(Math.log(base.hi))) * SLACK;
      const moved = movedLogarithm(base.lo, byBase);
      const by = scaledBy(size(exponent), moved) + scaledBy(logarithm + moved, byExponent);
      return corners([base, exponent], power).hi * Math.expm1(by) * SLACK;
    },
    accuracy: LIBRARY_ERROR,
  },
  /** part 0 % part 1 (a constant), with JavaScript's sign. */
  modulo: {
    value: ([a, b]) => a % b,
    range: ([a, { hi }]) => ({ lo: a.lo < 0 ? -hi : 0, hi: a.hi > 0 ? hi : 0 }),
    moved: (_, by) => (largest(by) === 0 ? 0 : Infinity),
    accuracy: 0,
  },
  /** The largest of the parts. */
  max: {
    value: (parts) => parts.reduce((most, one) => Math.max(most, one), -Infinity),
    range: (parts) => ends(parts, (all) => Math.max(...all)),
    moved: (_, by) => largest(by),
    accuracy: 0,
    commutative: true,
  },
  /** max(part 0, 0). */
  relu: { ...rising((x) => Math.max(x, 0), 0, (_, by) => by), range: ([{ lo, hi }]) => ({ lo: Math.max(0, lo), hi: Math.max(0, hi) }) }, // prettier-ignore
  exp: rising(exp, LIBRARY_ERROR, ({ hi }, by) => exp(hi) * Math.expm1(by), 0),
  expm1: rising(
    (x) => Math.expm1(x),
    LIBRARY_ERROR,
    ({ hi }, by) => exp(hi) * Math.expm1(by),
  ),
  tanh: rising(
    (x) => Math.tanh(x),
    LIBRARY_ERROR,
    (_, by) => Math.min(by, 2),
  ),
  erf: rising(erf, SERIES_ERROR, (_, by) => Math.min(ERF_SLOPE * by, 2)),
  log: { ...rising((x) => Math.log(x), LIBRARY_ERROR, ({ lo }, by) => movedLogarithm(lo, by)), least: 0 }, // prettier-ignore
  log1p: { ...rising((x) => Math.log1p(x), LIBRARY_ERROR, ({ lo }, by) => movedLogarithm(1 + lo, by)), least: -1 }, // prettier-ignore
  sqrt: {
    // √p − √q = (p − q) / (√p + √q), and never more than √|p − q|.
    ...rising((x) => Math.sqrt(Math.max(x, 0)), UNIT, ({ lo }, by) => Math.min(Math.sqrt(by), lo > 0 ? by / Math.sqrt(lo) : Infinity), 0), // prettier-ignore
    least: 0,
  },
  cbrt: rising((x) => Math.cbrt(x), LIBRARY_ERROR, movedCubeRoot),
  floor: steps(Math.floor),
  /** The nearest integer, the even one where two are equally near. */
  round: steps(roundHalfEven),
  /** 1 / (1 + Σ exp(part)): softmax of one class, told by the differences of the logits. */
  softmax: {
    value: (parts) => 1 / parts.reduce((sum, part) => sum + exp(part), 1),
    range: () => ({ lo: 0, hi: 1 }),
    moved: (_, by) => Math.min(1, largest(by) * SOFTMAX_LIPSCHITZ * SLACK),
    accuracy: SUM_ERROR,
    commutative: true,
  },
  /** log Σ exp(part). */
  logSumExp: {
    value: logSumExp,
    range: (parts) => {
      const { lo, hi } = ends(parts, logSumExp);
      return outward({ lo: lo - SUM_ERROR, hi: hi + SUM_ERROR }, LIBRARY_ERROR);
    },
    moved: (_, by) => largest(by),
    accuracy: LIBRARY_ERROR,
    offset: SUM_ERROR,
    commutative: true,
  },
} satisfies Readonly<Record<string, RealFunction>>;

/** The functions that stay opaque. */
export type Operation = keyof typeof TABLE;

export const FUNCTIONS: Readonly<Record<Operation, RealFunction>> = TABLE;

/** Bounds of a function's values over intervals. */
export function rangeOver(name: Operation, parts: readonly Interval[]): Interval {
  const { lo, hi } = FUNCTIONS[name].range(parts);
  return Number.isNaN(lo) || Number.isNaN(hi) ? { lo: -Infinity, hi: Infinity } : { lo, hi };
}

/** A bound on how far a function's value moves with its parts; infinite where there is none. */
export function movedBy(
  name: Operation,
  parts: readonly Interval[],
  by: readonly number[],
): number {
  const moved = FUNCTIONS[name].moved(parts, by);
  return Number.isNaN(moved) ? Infinity : moved;
}

/** How far JavaScript's value of at most this size is off, for exact arguments. */
export function roundingAt(name: Operation, size: number): number {
  const { accuracy, offset = 0 } = FUNCTIONS[name];
  return accuracy === 0 ? 0 : size * accuracy + offset + TINY;
}
