/**
 * What the checker knows of a function whose atoms stay opaque, and how such an entry is made: its values,
 * an interval of values over an interval of arguments (rounded outwards), how far a value moves when its
 * arguments do, and how far the float that JavaScript computes for exact arguments may be off.
 */
import { above, below } from './float.js';

export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

export interface RealFunction {
  /** The value, as near as `accuracy` and `offset` say; what tables are filled with. */
  readonly value: (parts: readonly number[]) => number;
  /** Bounds of the values for parts in intervals; infinite or NaN where there are none. */
  readonly range: (parts: readonly Interval[]) => Interval;
  /**
   * A bound on |f(p) − f(q)| for p in the intervals, q in the domain, and |pₖ − qₖ| ≤ by[k]; infinite
   * where there is none. Exactly 0 where nothing moves.
   */
  readonly moved: (parts: readonly Interval[], by: readonly number[]) => number;
  /** Error of the float for exact arguments, relative to its size. */
  readonly accuracy: number;
  /** Error of the float whatever its size; none unless given. */
  readonly offset?: number;
  /** Smallest argument (of one part) that JavaScript has a number for; −∞ unless given. */
  readonly least?: number;
  /** Largest argument, likewise; ∞ unless given. */
  readonly most?: number;
  /** The order of the parts does not matter. */
  readonly commutative?: boolean;
}

/** Covers the roundings of a bound's own computation. */
export const SLACK = 1 + 1e-9;

/** The largest |x| of an interval. */
export function size({ lo, hi }: Interval): number {
  return Math.max(Math.abs(lo), Math.abs(hi));
}

/** A function of one argument that never falls; `least` is a value that it never falls below. */
export function rising(
  plain: (x: number) => number,
  accuracy: number,
  moved: (part: Interval, by: number) => number,
  least = -Infinity,
): RealFunction {
  return {
    value: ([x]) => plain(x),
    range: ([{ lo, hi }]) => {
      const range = outward({ lo: plain(lo), hi: plain(hi) }, accuracy);
      return { lo: Math.max(lo >= 0 ? plain(0) : least, least, range.lo), hi: range.hi };
    },
    moved: ([part], [by]) => (by === 0 ? 0 : moved(part, by) * SLACK),
    accuracy,
  };
}

/** A function of one argument that never rises. */
export function falling(
  plain: (x: number) => number,
  accuracy: number,
  moved: (part: Interval, by: number) => number,
): RealFunction {
  return {
    ...rising(plain, accuracy, moved),
    range: ([{ lo, hi }]) => outward({ lo: plain(hi), hi: plain(lo) }, accuracy),
  };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/** Bounds that allow for values off by `accuracy`, relative to their size. */
export function outward({ lo, hi }: Interval, accuracy: number): Interval {
  return { lo: below(lo - finite(Math.abs(lo) * accuracy)), hi: above(hi + finite(Math.abs(hi) * accuracy)) }; // prettier-ignore
}
