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

/**
 * The members: where every form of `atLeastZero` is, of each list of `notZero` some form is not 0, and
 * a flag is set.
 */
export interface MemberSet {
  readonly atLeastZero: readonly PointForm[];
  /** What is left out: lines (one form each), and points (one form for each axis). */
  readonly notZero: readonly (readonly PointForm[])[];
  /** Along one axis: the ranks that hold members, where they follow no formula. */
  readonly lists: readonly { readonly axis: number; readonly ranks: readonly number[] }[];
  /** One for each index point, where nothing shorter says it. */
  readonly flags?: Float64Array;
}

/** Lines left out that are told one by one; more become a list. */
const MAX_GAPS = 2;
/** Lines and single points left out that are told one by one; more become a table of flags. */
const MAX_POINTS = 3;

/** The member set of a value; `undefined` when it has no holes. */
export function memberSetOf(value: Value): MemberSet | undefined {
  if (value.holes.size === 0) return undefined;
  const extents = value.axes.map((axis) => axis.extent);
  const size = extents.reduce((product, extent) => product * extent, 1);
  const points = Array.from({ length: size }, (_, rank) => pointOfRank(rank, extents));
  const members = points.filter((_, rank) => !value.holes.has(rank));
  const holes = points.filter((_, rank) => value.holes.has(rank));
  // From few and simple bounds to many, with or without single lines left out.
  for (const { most, points: single } of LEFT_OUT) {
    if (single) {
      const lists = listsOf(members, extents);
      if (lists !== undefined) return { atLeastZero: [], notZero: [], lists };
    }
    for (const directions of directionSets(extents.length)) {
      const bounds = boundsOf(members, directions).filter((form) =>
        holes.some((point) => evaluate(form, point) < 0),
      );
      const missing = holes.filter((point) => bounds.every((form) => evaluate(form, point) >= 0));
      const notZero = gapsOf(missing, members, extents, most, single);
      if (notZero === undefined) continue;
      return { atLeastZero: needed(bounds, holes, missing.length), notZero, lists: [] };
    }
  }
  const flags = Float64Array.from(points, (_, rank) => (value.holes.has(rank) ? 0 : 1));
  return { atLeastZero: [], notZero: [], lists: [], flags };
}

/** What may be left out, the plainest first; before single points come lists along the axes. */
const LEFT_OUT = [
  { most: 0, points: false },
  { most: MAX_GAPS, points: false },
  { most: MAX_POINTS, points: true },
] as const;

/** The value of a form at an index point. */
export function evaluate({ coefficients, constant }: PointForm, point: readonly number[]): number {
  return coefficients.reduce((sum, coefficient, axis) => sum + coefficient * point[axis], constant);
}

/** ± one iterator, which costs nothing: a loop has bounds; ± differences; ± sums of two as well. */
function directionSets(axes: number): readonly (readonly (readonly number[])[])[] {
  const single: number[][] = [];
  const differences: number[][] = [];
  const sums: number[][] = [];
  const unit = (axis: number): number[] =>
    Array.from({ length: axes }, (_, other) => (other === axis ? 1 : 0));
  for (let first = 0; first < axes; first++) {
    single.push(unit(first), turned(unit(first)));
    for (let second = first + 1; second < axes; second++) {
      const difference = unit(second);
      difference[first] = -1;
      const sum = unit(second);
      sum[first] = 1;
      differences.push(difference, turned(difference));
      sums.push(sum, turned(sum));
    }
  }
  return [single, [...single, ...differences], [...single, ...differences, ...sums]];
}

function turned(direction: readonly number[]): number[] {
  return direction.map((coefficient) => -coefficient + 0);
}

/** The tightest bound along each direction that all members keep. */
function boundsOf(
  members: readonly (readonly number[])[],
  directions: readonly (readonly number[])[],
): readonly PointForm[] {
  return directions.map((coefficients) => {
    let least = Infinity;
    for (const point of members) {
      least = Math.min(least, evaluate({ coefficients, constant: 0 }, point));
    }
    return { coefficients, constant: -least + 0 };
  });
}

/** The bounds without those that the others imply: as many holes must stay within the rest. */
function needed(
  bounds: readonly PointForm[],
  holes: readonly (readonly number[])[],
  missing: number,
): readonly PointForm[] {
  const inside = (forms: readonly PointForm[]): number =>
    holes.reduce((n, p) => n + (forms.every((form) => evaluate(form, p) >= 0) ? 1 : 0), 0);
  let kept = bounds;
  for (const form of [...bounds].sort((a, b) => lengthOf(a) - lengthOf(b))) {
    const others = kept.filter((own) => own !== form);
    if (inside(others) === missing) kept = others;
  }
  return kept;
}

function lengthOf({ coefficients }: PointForm): number {
  return coefficients.filter((coefficient) => coefficient !== 0).length;
}

/**
 * Lines `form = 0` without members that together hold everything missing, with `single` also points;
 * `undefined` if too many.
 */
function gapsOf(
  missing: readonly (readonly number[])[],
  members: readonly (readonly number[])[],
  extents: readonly number[],
  most: number,
  single: boolean,
): MemberSet['notZero'] | undefined {
  let rest = missing;
  const gaps: (readonly PointForm[])[] = [];
  const all = directionSets(extents.length).at(-1) ?? [];
  const directions = all.filter(
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
    if (gaps.length === most) return undefined;
    if (lines.length === 0) {
      if (!single) return undefined;
      gaps.push(pointForms(point));
      rest = rest.slice(1);
      continue;
    }
    const held = (line: PointForm): number => rest.filter((p) => evaluate(line, p) === 0).length;
    const best = lines.reduce((a, b) => (held(b) > held(a) ? b : a));
    gaps.push([best]);
    rest = rest.filter((p) => evaluate(best, p) !== 0);
  }
  return gaps;
}

/** Forms that are all 0 at this point and nowhere else. */
function pointForms(point: readonly number[]): readonly PointForm[] {
  return point.map((position, axis) => ({
    coefficients: point.map((_, other) => (other === axis ? 1 : 0)),
    constant: -position + 0,
  }));
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
