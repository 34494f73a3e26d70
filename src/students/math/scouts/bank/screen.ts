/**
 * Sparse fits of one and two features in closed form: with columns that are centred and of length 1, the
 * share of the target that a pair explains follows from three dot products, so that all pairs of some
 * thousand features can be looked at.
 */
import { dot } from '../shared/least-squares.js';
import type { Feature } from './features.js';
import type { Target } from './targets.js';

/** A feature, weighted, without its mean, of length 1. */
export interface Ready {
  readonly feature: Feature;
  readonly direction: Float64Array;
  /** Its product with the target's direction. */
  readonly load: number;
}

export interface Screen {
  /** The target, weighted, centred, of length 1. */
  readonly goal: Float64Array;
  readonly prepare: (feature: Feature) => Ready | undefined;
}

/** A feature whose deviation from its mean is smaller than this share of it is a constant. */
const LEAST_SPREAD = 1e-10;
/** Pairs whose angle is smaller (sine squared) are one feature. */
const LEAST_ANGLE = 1e-11;

export function createScreen({ values, roots }: Target): Screen {
  const goal = directionOf(values, roots) ?? new Float64Array(values.length);
  return {
    goal,
    prepare(feature) {
      const direction = directionOf(feature.column, roots);
      return direction && { feature, direction, load: dot(direction, goal) };
    },
  };
}

/** `undefined` for a column that does not vary where the weights are. The roots' squares sum to 1. */
export function directionOf(column: Float64Array, roots: Float64Array): Float64Array | undefined {
  const rows = column.length;
  const result = new Float64Array(rows);
  let [mean, before] = [0, 0];
  for (let i = 0; i < rows; i++) {
    result[i] = column[i] * roots[i];
    mean += result[i] * roots[i];
    before += result[i] * result[i];
  }
  let after = 0;
  for (let i = 0; i < rows; i++) {
    result[i] -= mean * roots[i];
    after += result[i] * result[i];
  }
  if (!(after > LEAST_SPREAD ** 2 * before) || !Number.isFinite(after)) return undefined;
  const scale = 1 / Math.sqrt(after);
  for (let i = 0; i < rows; i++) result[i] *= scale;
  return result;
}

/** The share of the target that two features leave unexplained, and 1 where they are one feature. */
export function leftByPair(first: Ready, second: Ready): number {
  const cosine = dot(first.direction, second.direction);
  const angle = 1 - cosine * cosine;
  if (angle < LEAST_ANGLE) return 1;
  const cross = second.load - first.load * cosine;
  return 1 - first.load ** 2 - (cross * cross) / angle;
}

/**
 * Calls `visit` for every pair of which less than `bound(complexity)` is left; complexity is that of both
 * together. Pairs within `others` are left out.
 */
export function visitPairs(
  features: readonly Ready[],
  others: readonly Ready[],
  bound: (complexity: number) => number,
  visit: (left: number, first: Ready, second: Ready, complexity: number) => void,
): void {
  const isSame = features === others;
  features.forEach((first, a) => {
    for (let b = isSame ? a + 1 : 0; b < others.length; b++) {
      const second = others[b];
      const left = leftByPair(first, second);
      const complexity = first.feature.complexity + second.feature.complexity;
      if (left < bound(complexity)) visit(left, first, second, complexity);
    }
  });
}
