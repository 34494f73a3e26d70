/**
 * The linear hard-margin classifier of two separable point sets: the hyperplane midway between the
 * nearest points of their convex hulls, found by Wolfe's nearest-point algorithm, which ends after
 * finitely many steps with an exact active set.
 *
 * It knows nothing of images; any separable points will do.
 */
import { solveSymmetric } from './solve-symmetric.js';

export interface Hyperplane {
  /** w·x + bias is ≥ 1 on the first set and ≤ −1 on the second, with equality on the support. */
  readonly weights: Float64Array;
  readonly bias: number;
  /** Half the distance between the hulls. */
  readonly margin: number;
}

/** A vertex of the difference body: first[i] − second[j], with its share of the current point. */
interface Vertex {
  readonly key: string;
  readonly point: Float64Array;
  share: number;
}

/** Relative gap between the current point's norm² and its lower bound at which it is optimal. */
const OPTIMAL = 1e-13;

/** Shares below this are 0: the vertex leaves the active set. */
const NO_SHARE = 1e-14;

/** Steps at most; every one lowers the distance, so an honest problem needs far fewer. */
const MAX_STEPS = 10_000;

/**
 * The maximum-margin hyperplane between two finite point sets.
 *
 * The nearest point to the origin of the hull of all differences a − b, by P. Wolfe, "Finding the
 * nearest point in a polytope", Mathematical Programming 11 (1976); the pairs are never listed,
 * since the best pair along a direction is the best of each set.
 *
 * @throws RangeError when the sets cannot be separated.
 */
export function maximumMargin(
  first: readonly Float64Array[],
  second: readonly Float64Array[],
): Hyperplane {
  const vertex = (i: number, j: number): Vertex => ({
    key: `${i} ${j}`,
    point: first[i].map((value, k) => value - second[j][k]),
    share: 0,
  });
  const active = [vertex(0, 0)];
  active[0].share = 1;
  let nearest = active[0].point;
  for (let step = 0; step < MAX_STEPS; step++) {
    const i = lowest(first, nearest, 1);
    const j = lowest(second, nearest, -1);
    const size = dot(nearest, nearest);
    const bound = dot(first[i], nearest) - dot(second[j], nearest);
    const candidate = vertex(i, j);
    // A vertex that is active already cannot improve: rounding is all that is left.
    const known = active.some(({ key }) => key === candidate.key);
    if (size - bound <= OPTIMAL * size || known) return midway(nearest, first[i], second[j]);
    active.push(candidate);
    improveShares(active);
    const moved = combine(active);
    // Every step of exact arithmetic comes nearer; one that does not has met the rounding.
    if (!(dot(moved, moved) < size)) return midway(nearest, first[i], second[j]);
    nearest = moved;
    if (dot(nearest, nearest) === 0) break;
  }
  throw new RangeError('no hyperplane separates the two sets');
}

/** The hyperplane with normal `nearest` midway between the support points of both sets. */
function midway(nearest: Float64Array, a: Float64Array, b: Float64Array): Hyperplane {
  const upper = dot(a, nearest);
  const lower = dot(b, nearest);
  if (!(upper > lower)) throw new RangeError('no hyperplane separates the two sets');
  const scale = 2 / (upper - lower);
  return {
    weights: nearest.map((value) => scale * value),
    bias: (-scale * (upper + lower)) / 2,
    margin: (upper - lower) / (2 * Math.sqrt(dot(nearest, nearest))),
  };
}

/**
 * Wolfe's minor cycle: moves the shares towards the point of the affine hull nearest to the origin,
 * dropping a vertex whenever its share falls to 0, until that point lies inside.
 */
function improveShares(active: Vertex[]): void {
  for (;;) {
    const wanted = affineShares(active);
    const outside = active.flatMap(({ share }, k) =>
      wanted[k] > NO_SHARE ? [] : [share / (share - wanted[k])],
    );
    const way = Math.min(1, ...outside);
    active.forEach((item, k) => (item.share += way * (wanted[k] - item.share)));
    if (outside.length === 0) return;
    const least = Math.min(...active.map(({ share }) => share));
    const limit = Math.max(least, NO_SHARE);
    const kept = active.filter(({ share }) => share > limit);
    active.splice(0, active.length, ...kept);
    const total = active.reduce((sum, { share }) => sum + share, 0);
    active.forEach((item) => (item.share /= total));
  }
}

/** Shares (sum 1, any sign) of the point of the affine hull that is nearest to the origin. */
function affineShares(active: readonly Vertex[]): Float64Array {
  // With G the Gram matrix, (G + 1·1ᵀ)·y = 1 and y scaled to sum 1: 1·1ᵀ keeps the system definite
  // when the affine hull holds the origin, and its solution is proportional to the wanted one.
  const unit = Math.max(...active.map(({ point }) => dot(point, point)));
  const matrix = active.map(({ point }) =>
    Float64Array.from(active, (other) => dot(point, other.point) + unit),
  );
  const solution = solveSymmetric(matrix, new Float64Array(active.length).fill(1));
  const total = solution.reduce((sum, value) => sum + value, 0);
  return solution.map((value) => value / total);
}

/** The index of the point that is lowest along sign·direction; the first of equal ones. */
function lowest(points: readonly Float64Array[], direction: Float64Array, sign: 1 | -1): number {
  let best = 0;
  let height = Infinity;
  points.forEach((point, index) => {
    const value = sign * dot(point, direction);
    if (value < height) [best, height] = [index, value];
  });
  return best;
}

function combine(active: readonly Vertex[]): Float64Array {
  const sum = new Float64Array(active[0].point.length);
  for (const { point, share } of active) {
    for (let k = 0; k < sum.length; k++) sum[k] += share * point[k];
  }
  return sum;
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < first.length; k++) sum += first[k] * second[k];
  return sum;
}
