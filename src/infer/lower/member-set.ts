/**
 * Which index points of a value exist, told by formulas: bounds on iterators, their differences and
 * sums (triangles, bands), and single lines left out (`j !== i`). What no formula tells is a list of
 * flags.
 */
import type { Value } from '../values.js';
import { pointOfRank } from '../values.js';

/** Σ coefficients · iterators + constant. */
export interface PointForm {
  readonly coefficients: readonly number[];
  readonly constant: number;
}

/** The members: where every form of `atLeastZero` is, none of `notZero` is 0, and a flag is set. */
export interface MemberSet {
  readonly atLeastZero: readonly PointForm[];
  readonly notZero: readonly PointForm[];
  /** Along one axis: the ranks that hold members, where they follow no formula. */
  readonly lists: readonly { readonly axis: number; readonly ranks: readonly number[] }[];
  /** One for each index point, where nothing shorter says it. */
  readonly flags?: Float64Array;
}

/** Lines left out that are told one by one; more become a list. */
const MAX_GAPS = 2;

/** The member set of a value; `undefined` when it has no holes. */
export function memberSetOf(value: Value): MemberSet | undefined {
  if (value.holes.size === 0) return undefined;
  const extents = value.axes.map((axis) => axis.extent);
  const size = extents.reduce((product, extent) => product * extent, 1);
  const points = Array.from({ length: size }, (_, rank) => pointOfRank(rank, extents));
  const members = points.filter((_, rank) => !value.holes.has(rank));
  const hull = boundsOf(members, extents);
  const inHull = (point: readonly number[]): boolean =>
    hull.every((form) => evaluate(form, point) >= 0);
  const missing = points.filter((point, rank) => value.holes.has(rank) && inHull(point));
  const atLeastZero = needed(hull, points);
  if (missing.length === 0) return { atLeastZero, notZero: [], lists: [] };
  const notZero = gapsOf(missing, members, extents);
  if (notZero !== undefined) return { atLeastZero, notZero, lists: [] };
  const lists = listsOf(members, extents);
  if (lists !== undefined) return { atLeastZero: [], notZero: [], lists };
  const flags = Float64Array.from(points, (_, rank) => (value.holes.has(rank) ? 0 : 1));
  return { atLeastZero: [], notZero: [], lists: [], flags };
}

/** The value of a form at an index point. */
export function evaluate({ coefficients, constant }: PointForm, point: readonly number[]): number {
  return coefficients.reduce((sum, coefficient, axis) => sum + coefficient * point[axis], constant);
}

/** Directions along which bounds are told: ± one iterator, ± a difference, ± a sum of two. */
function directionsOf(axes: number): readonly (readonly number[])[] {
  const unit = (entries: readonly (readonly [number, number])[]): number[] => {
    const direction = new Array<number>(axes).fill(0);
    for (const [axis, coefficient] of entries) direction[axis] = coefficient;
    return direction;
  };
  const directions: number[][] = [];
  for (let axis = 0; axis < axes; axis++) {
    for (const sign of [1, -1]) directions.push(unit([[axis, sign]]));
  }
  for (let first = 0; first < axes; first++) {
    for (let second = first + 1; second < axes; second++) {
      for (const [a, b] of [[-1, 1], [1, -1], [1, 1], [-1, -1]] as const) {
        directions.push(unit([[first, a], [second, b]])); // prettier-ignore
      }
    }
  } // prettier-ignore
  return directions;
}

/** The tightest bound along each direction that all members keep. */
function boundsOf(
  members: readonly (readonly number[])[],
  extents: readonly number[],
): readonly PointForm[] {
  return directionsOf(extents.length).map((coefficients) => {
    let least = Infinity;
    for (const point of members) {
      least = Math.min(least, evaluate({ coefficients, constant: 0 }, point));
    }
    return { coefficients, constant: -least };
  });
}

/** The bounds without those that the others and the extents imply; two-iterator bounds are kept first. */
function needed(
  hull: readonly PointForm[],
  points: readonly (readonly number[])[],
): readonly PointForm[] {
  const inside = (forms: readonly PointForm[]): number =>
    points.reduce((n, p) => n + (forms.every((form) => evaluate(form, p) >= 0) ? 1 : 0), 0);
  const wanted = inside(hull);
  let kept = hull.filter((form) => points.some((point) => evaluate(form, point) < 0));
  const byLength = [...kept].sort((a, b) => lengthOf(a) - lengthOf(b));
  for (const form of byLength) {
    const others = kept.filter((own) => own !== form);
    if (inside(others) === wanted) kept = others;
  }
  return kept;
}

function lengthOf({ coefficients }: PointForm): number {
  return coefficients.filter((coefficient) => coefficient !== 0).length;
}

/** Lines `form = 0` without members that together hold everything missing; `undefined` if too many. */
function gapsOf(
  missing: readonly (readonly number[])[],
  members: readonly (readonly number[])[],
  extents: readonly number[],
): readonly PointForm[] | undefined {
  let rest = missing;
  const gaps: PointForm[] = [];
  const directions = directionsOf(extents.length).filter(
    (coefficients) => coefficients.findLast((coefficient) => coefficient !== 0) === 1,
  );
  while (rest.length > 0) {
    const [point] = rest;
    const lines = directions
      .map((coefficients): PointForm => {
        const zero = { coefficients, constant: 0 };
        return { coefficients, constant: -evaluate(zero, point) + 0 };
      })
      .filter((line) => members.every((member) => evaluate(line, member) !== 0));
    if (lines.length === 0 || gaps.length === MAX_GAPS) return undefined;
    const held = (line: PointForm): number => rest.filter((p) => evaluate(line, p) === 0).length;
    const best = lines.reduce((a, b) => (held(b) > held(a) ? b : a));
    gaps.push(best);
    rest = rest.filter((p) => evaluate(best, p) !== 0);
  }
  return gaps;
}

/** Members as a product of ranks along each axis; `undefined` when they are none. */
function listsOf(
  members: readonly (readonly number[])[],
  extents: readonly number[],
): MemberSet['lists'] | undefined {
  const ranks = extents.map((_, axis) =>
    [...new Set(members.map((point) => point[axis]))].sort((a, b) => a - b),
  );
  const size = ranks.reduce((product, own) => product * own.length, 1);
  if (size !== members.length) return undefined;
  return ranks.flatMap((own, axis) => (own.length < extents[axis] ? [{ axis, ranks: own }] : []));
}
