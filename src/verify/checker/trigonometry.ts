/**
 * What the checker knows of angles: sine, cosine and tangent, their inverses, and the hyperbolic sine and
 * cosine. Between neighbouring extrema (poles, of the tangent) a function of an angle rises or falls, so
 * that its range is told by the ends of an interval and by whether an extremum lies in it; where rounding
 * leaves that open, it does.
 */
import { LIBRARY_ERROR, above, below } from './float.js';
import type { Interval, RealFunction } from './real-function.js';
import { SLACK, falling, outward, rising, size } from './real-function.js';

const TURN = 2 * Math.PI;

/** Angles beyond this are not compared with extrema: the multiples of π are no longer told well. */
const MOST_TURNS = 2 ** 20;

/** How near to an extremum counts as at it: above the rounding of multiples of π up to `MOST_TURNS`. */
const NEAR = 1e-8;

/** Whether place + k · period may lie in an interval for an integer k. */
function meets({ lo, hi }: Interval, place: number, period: number): boolean {
  if (!(size({ lo, hi }) < MOST_TURNS)) return true;
  return Math.ceil((lo - NEAR - place) / period) <= Math.floor((hi + NEAR - place) / period);
}

/** Sine or cosine: 1 at `top` and −1 half a turn away. */
function wave(plain: (x: number) => number, top: number): RealFunction {
  return {
    value: ([x]) => plain(x),
    range: ([part]) => {
      const [a, b] = [plain(part.lo), plain(part.hi)];
      const { lo, hi } = outward({ lo: Math.min(a, b), hi: Math.max(a, b) }, LIBRARY_ERROR);
      return {
        lo: meets(part, top + Math.PI, TURN) ? -1 : Math.max(-1, lo),
        hi: meets(part, top, TURN) ? 1 : Math.min(1, hi),
      };
    },
    moved: (_, [by]) => Math.min(by, 2) * SLACK,
    accuracy: LIBRARY_ERROR,
  };
}

/** Whether a tangent over an interval may have a pole. */
export function meetsPole(part: Interval): boolean {
  return meets(part, Math.PI / 2, Math.PI);
}

const tan = (x: number): number => Math.tan(x);

/** d/dx tan(x) = 1 + tan²(x), which is largest at an end. */
function movedTangent({ lo, hi }: Interval, by: number): number {
  const [from, to] = [below(lo - by), above(hi + by)];
  if (meetsPole({ lo: from, hi: to })) return Infinity;
  return by * (1 + Math.max(tan(from) ** 2, tan(to) ** 2));
}

/** Beyond this, what is left to 1 has too few digits for the slope of an arcsine. */
const STEEP = 1 - 1e-6;

/**
 * Arcsine, or arccosine, which is π/2 less it. Its slope 1/√(1 − x²) has no bound at ±1; over a way of
 * length d it moves most there: by acos(1 − d) = 2 asin(√(d/2)), at most π √(d/2).
 */
function movedArcSine(part: Interval, by: number): number {
  const most = Math.min(Math.PI, Math.PI * Math.sqrt(by / 2));
  const far = size(part) + by;
  return far < STEEP ? Math.min(most, by / Math.sqrt((1 - far) * (1 + far))) : most;
}

/** What rounding put outside of [−1, 1] back at its end. */
function clamped(x: number): number {
  return Math.min(1, Math.max(-1, x));
}

export const TRIGONOMETRY = {
  sin: wave((x) => Math.sin(x), Math.PI / 2),
  cos: wave((x) => Math.cos(x), 0),
  /** Of an angle that cannot be at a pole; see `meetsPole`. */
  tan: {
    ...rising(tan, LIBRARY_ERROR, movedTangent),
    range: ([part]) =>
      meetsPole(part)
        ? { lo: -Infinity, hi: Infinity }
        : outward({ lo: tan(part.lo), hi: tan(part.hi) }, LIBRARY_ERROR),
  },
  asin: {
    ...rising((x) => Math.asin(clamped(x)), LIBRARY_ERROR, movedArcSine),
    least: -1,
    most: 1,
  },
  acos: {
    ...falling((x) => Math.acos(clamped(x)), LIBRARY_ERROR, movedArcSine),
    least: -1,
    most: 1,
  },
  atan: rising(
    (x) => Math.atan(x),
    LIBRARY_ERROR,
    (_, by) => Math.min(by, Math.PI),
  ),
  /** Slopes: cosh and sinh, which grow away from 0. */
  sinh: rising(
    (x) => Math.sinh(x),
    LIBRARY_ERROR,
    (part, by) => by * Math.cosh(size(part) + by),
  ),
  cosh: {
    value: ([x]) => Math.cosh(x),
    range: ([{ lo, hi }]) => {
      const [a, b] = [Math.cosh(lo), Math.cosh(hi)];
      const least = lo <= 0 && hi >= 0 ? 1 : Math.min(a, b);
      const range = outward({ lo: least, hi: Math.max(a, b) }, LIBRARY_ERROR);
      return { lo: Math.max(1, range.lo), hi: range.hi };
    },
    moved: ([part], [by]) => (by === 0 ? 0 : by * Math.sinh(size(part) + by) * SLACK),
    accuracy: LIBRARY_ERROR,
  },
} satisfies Readonly<Record<string, RealFunction>>;
