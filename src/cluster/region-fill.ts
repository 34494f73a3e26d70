/**
 * Lays the cells of a region out with their weights. Products of plain accesses are spread axis by
 * axis in place; accesses that follow another axis or wrap around are enumerated.
 */
import type { Factor } from '../ir/cluster.js';
import type { Access, PlacedRegion } from './region.js';
import { positionsOf } from './region.js';

/** Room for the cells of one region: as many entries as the source has cells. */
export interface RegionCells {
  readonly positions: Int32Array;
  readonly weights: Float64Array;
}

/** Room for the cells of a region in a source of up to `size` cells. */
export function makeRegionCells(size: number): RegionCells {
  return { positions: new Int32Array(size), weights: new Float64Array(size) };
}

/**
 * Writes the row-major positions of the cells of a region, cut at the borders, and the weight of each
 * (coefficient × factors) into `into`; the number of cells.
 */
export function fillRegion(
  region: PlacedRegion,
  shape: readonly number[],
  strides: readonly number[],
  into: RegionCells,
): number {
  const { accesses, coefficient, factors } = region;
  const { positions, weights } = into;
  const count = accesses.every(isPlain)
    ? spreadAccesses(accesses, shape, strides, positions)
    : walkAccesses(accesses, shape, strides, positions);
  weights.fill(coefficient, 0, count);
  for (const factor of factors ?? []) {
    const stride = strides[factor.axis];
    const table = tabulateFactor(factor, shape[factor.axis]);
    for (let k = 0; k < count; k++) {
      weights[k] *= table[Math.floor(positions[k] / stride) % shape[factor.axis]];
    }
  }
  return count;
}

/** The factor at every position of its axis, those included that the region does not read. */
export function tabulateFactor(factor: Factor, extent: number): Float64Array {
  return Float64Array.from({ length: extent }, (_, position) => {
    const argument = factor.slope * position + factor.offset;
    return factor.kind === 'power' ? factor.base ** argument : argument;
  });
}

function isPlain(access: Access): boolean {
  if (access.kind === 'all' || access.kind === 'list') return true;
  return access.follow === undefined && access.modulus === undefined;
}

function walkAccesses(
  accesses: readonly Access[],
  shape: readonly number[],
  strides: readonly number[],
  into: Int32Array,
): number {
  const coordinates = new Int32Array(shape.length);
  let count = 0;
  const walk = (axis: number, position: number): void => {
    if (axis === shape.length) {
      into[count++] = position;
      return;
    }
    for (const at of positionsOf(accesses[axis], shape[axis], coordinates)) {
      coordinates[axis] = at;
      walk(axis + 1, position + at * strides[axis]);
    }
  };
  walk(0, 0);
  return count;
}

function spreadAccesses(
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
  const inside = indices.filter((index) => index >= 0 && index < extent);
  for (let outer = count - 1; outer >= 0; outer--) {
    const start = into[outer];
    inside.forEach((index, inner) => {
      into[outer * inside.length + inner] = start + index * stride;
    });
  }
  return count * inside.length;
}
