/**
 * Regions as single neurons show them: positions are plain numbers. A region is a product of one
 * access for each axis of its source, its cells weighted by factors. What a description costs to read
 * is decided here; the figures rank descriptions of the same weights and have no meaning beyond that.
 */
import type { Factor, Follow } from '../ir/cluster.js';
import { positiveModulo } from '../ir/region-cells.js';

export type Access =
  | { readonly kind: 'all' }
  /**
   * One position, perhaps modulo the extent; with `follow` an offset to the position on an earlier
   * axis.
   */
  | {
      readonly kind: 'at';
      readonly index: number;
      readonly modulus?: number;
      readonly follow?: Follow;
    }
  /**
   * from, from + step, .. below to, cut at the borders or taken modulo the extent; with `follow` both
   * ends are offsets to the position on an earlier axis. An `open` end goes as far as the source does:
   * its number says no more.
   */
  | {
      readonly kind: 'range';
      readonly from: number;
      readonly to: number;
      readonly step: number;
      readonly modulus?: number;
      readonly follow?: Follow;
      readonly open?: 'from' | 'to' | 'both';
    }
  | { readonly kind: 'list'; readonly indices: readonly number[] };

/** coefficient × Σ of the cells, each times its factors. */
export interface PlacedRegion {
  readonly coefficient: number;
  readonly accesses: readonly Access[];
  /** At most one for each axis, in the order of the axes; absent: every cell counts once. */
  readonly factors?: readonly Factor[];
}

/** Cells of one source, told as a sum of coefficient × region. */
export interface Description {
  readonly regions: readonly PlacedRegion[];
  readonly cost: number;
}

const REGION_COST = 2.5;
/** For a coefficient that is no weight of the row: the reader must add regions up to see a weight. */
const DERIVED_COEFFICIENT_COST = 1.25;
/** A position that moves with another one; also for a window that wraps around. */
const FOLLOW_COST = 0.5;
/** Weights that follow a formula: base ^ position, slope · position + offset. */
const POWER_COST = 1.5;
const LINEAR_COST = 2;
/** What listing one cell costs, about: a region, its position, its coefficient. */
export const CELL_COST = 4.5;

function accessCost(access: Access): number {
  switch (access.kind) {
    case 'all':
      return 0.25;
    case 'at':
      return access.follow === undefined ? 1 : 1 + FOLLOW_COST;
    case 'range': {
      const wraps = access.modulus === undefined ? 0 : FOLLOW_COST;
      const follows = access.follow === undefined ? 0 : FOLLOW_COST;
      if (access.follow !== undefined && access.to === access.from + 1) return 1 + follows + wraps;
      return (access.step === 1 ? 2 : 3) + follows + wraps;
    }
    case 'list':
      return 2 + access.indices.length;
  }
}

/** Cost of one region in the description of a row that holds the weights `weights`. */
export function regionCost(region: PlacedRegion, weights: readonly number[]): number {
  const { coefficient, accesses, factors } = region;
  const size = Math.abs(coefficient);
  const coefficientCost = Number.isInteger(coefficient) ? 0.25 * Math.log2(Math.max(1, size)) : 1;
  // Beside a formula the coefficient need not be a weight: its sign or scale is part of the formula.
  const known = factors !== undefined || weights.includes(coefficient);
  let cost = REGION_COST + coefficientCost + (known ? 0 : DERIVED_COEFFICIENT_COST);
  for (const access of accesses) cost += accessCost(access);
  for (const { kind } of factors ?? []) cost += kind === 'power' ? POWER_COST : LINEAR_COST;
  return cost;
}

/** The shortest access for from, from + step, .. , last on an axis of `extent` cells. */
export function accessRange(from: number, last: number, step: number, extent: number): Access {
  if (extent === 1 || (from === 0 && last === extent - 1 && step === 1)) return { kind: 'all' };
  if (from === last) return { kind: 'at', index: from };
  const range = { kind: 'range', from, to: last + 1, step } as const;
  return step > 1 && last + step >= extent ? { ...range, to: extent, open: 'to' } : range;
}

/** The access for an ascending list of positions: a point, a range with a step, or the list. */
export function accessOf(indices: readonly number[], extent: number): Access {
  const [from, second] = indices;
  const last = indices[indices.length - 1];
  if (indices.length === 1) return accessRange(from, from, 1, extent);
  const step = second - from;
  const even = indices.every((index, k) => index === from + k * step);
  // Two far positions form a "range" with any step; as a list they say what they are.
  if (even && (step === 1 || indices.length > 2)) return accessRange(from, last, step, extent);
  return { kind: 'list', indices };
}

/**
 * Positions that an access takes on an axis of `extent` cells, in its own order; cut at the border.
 * `earlier` holds the positions on the axes before, for followers.
 */
export function positionsOf(
  access: Access,
  extent: number,
  earlier: ArrayLike<number> = [],
): number[] {
  switch (access.kind) {
    case 'all':
      return Array.from({ length: extent }, (_, index) => index);
    case 'at': {
      const { modulus } = access;
      const at = access.index + shiftOf(access.follow, earlier);
      const index = modulus === undefined ? at : positiveModulo(at, modulus);
      return index >= 0 && index < extent ? [index] : [];
    }
    case 'range': {
      const { step, modulus } = access;
      const shift = shiftOf(access.follow, earlier);
      const positions: number[] = [];
      for (let index = access.from + shift; index < access.to + shift; index += step) {
        const position = modulus === undefined ? index : positiveModulo(index, modulus);
        if (position >= 0 && position < extent) positions.push(position);
      }
      return positions;
    }
    case 'list':
      return access.indices.filter((index) => index >= 0 && index < extent);
  }
}

function shiftOf(follow: Follow | undefined, earlier: ArrayLike<number>): number {
  return follow === undefined ? 0 : follow.slope * earlier[follow.axis];
}
