/**
 * Regions as single neurons show them: positions are plain numbers. A region is a product of one
 * access for each axis of its source. What a description costs to read is decided here; the figures
 * rank descriptions of the same weights and have no meaning beyond that.
 */

export type Access =
  | { readonly kind: 'all' }
  | { readonly kind: 'at'; readonly index: number }
  /** from, from + step, .. below to. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'list'; readonly indices: readonly number[] };

export interface PlacedRegion {
  readonly coefficient: number;
  readonly accesses: readonly Access[];
}

/** Cells of one source, told as a sum of coefficient × region. */
export interface Description {
  readonly regions: readonly PlacedRegion[];
  readonly cost: number;
}

const REGION_COST = 2.5;
/** For a coefficient that is no weight of the row: the reader must add regions up to see a weight. */
const DERIVED_COEFFICIENT_COST = 1.25;
/** What listing one cell costs, about: a region, its position, its coefficient. */
export const CELL_COST = 4.5;

function accessCost(access: Access): number {
  switch (access.kind) {
    case 'all':
      return 0.25;
    case 'at':
      return 1;
    case 'range':
      return access.step === 1 ? 2 : 3;
    case 'list':
      return 2 + access.indices.length;
  }
}

/** Cost of one region in the description of a row that holds the weights `weights`. */
export function regionCost(region: PlacedRegion, weights: readonly number[]): number {
  const { coefficient, accesses } = region;
  const size = Math.abs(coefficient);
  const coefficientCost = Number.isInteger(coefficient) ? 0.25 * Math.log2(Math.max(1, size)) : 1;
  const derived = weights.includes(coefficient) ? 0 : DERIVED_COEFFICIENT_COST;
  let cost = REGION_COST + coefficientCost + derived;
  for (const access of accesses) cost += accessCost(access);
  return cost;
}

/** The shortest access for from, from + step, .. , last on an axis of `extent` cells. */
export function accessRange(from: number, last: number, step: number, extent: number): Access {
  if (extent === 1 || (from === 0 && last === extent - 1 && step === 1)) return { kind: 'all' };
  if (from === last) return { kind: 'at', index: from };
  return { kind: 'range', from, to: last + 1, step };
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

/** Positions that an access takes on an axis of `extent` cells, ascending; cut at the border. */
export function positionsOf(access: Access, extent: number): number[] {
  switch (access.kind) {
    case 'all':
      return Array.from({ length: extent }, (_, index) => index);
    case 'at':
      return access.index >= 0 && access.index < extent ? [access.index] : [];
    case 'range': {
      const positions: number[] = [];
      for (let index = access.from; index < access.to && index < extent; index += access.step) {
        if (index >= 0) positions.push(index);
      }
      return positions;
    }
    case 'list':
      return access.indices.filter((index) => index >= 0 && index < extent);
  }
}

/**
 * Writes the row-major positions of the cells of a region into `into`, ascending along every axis and
 * cut at the borders; the number of cells. `into` has room for the whole source.
 */
export function fillRegion(
  accesses: readonly Access[],
  shape: readonly number[],
  strides: readonly number[],
  into: Int32Array,
): number {
  let count = 1;
  into[0] = 0;
  for (let axis = 0; axis < accesses.length; axis++) {
    const access = accesses[axis];
    if (access.kind === 'list')
      count = spreadList(access.indices, shape[axis], strides[axis], into, count);
    else count = spreadRange(access, shape[axis], strides[axis], into, count);
  }
  return count;
}

/** Puts every index of a range beside each of the first `count` positions; from the last to the first,
 * so that none is overwritten before it is read. */
function spreadRange(
  access: Exclude<Access, { readonly kind: 'list' }>,
  extent: number,
  stride: number,
  into: Int32Array,
  count: number,
): number {
  const step = access.kind === 'range' ? access.step : 1;
  let from = access.kind === 'all' ? 0 : access.kind === 'at' ? access.index : access.from;
  const end = access.kind === 'all' ? extent : access.kind === 'at' ? from + 1 : access.to;
  const to = Math.min(end, extent);
  while (from < 0) from += step;
  const length = from < to ? Math.ceil((to - from) / step) : 0;
  for (let outer = count - 1; outer >= 0; outer--) {
    const start = into[outer] + from * stride;
    for (let inner = 0; inner < length; inner++) {
      into[outer * length + inner] = start + inner * step * stride;
    }
  }
  return count * length;
}

/** The same for listed indices. */
function spreadList(
  indices: readonly number[],
  extent: number,
  stride: number,
  into: Int32Array,
  count: number,
): number {
  const inside = indices.filter((index) => index < extent);
  for (let outer = count - 1; outer >= 0; outer--) {
    const start = into[outer];
    inside.forEach((index, inner) => {
      into[outer * inside.length + inner] = start + index * stride;
    });
  }
  return count * inside.length;
}
