/**
 * Moves a description from one row to another that looks alike: two rows are of one shape when along
 * every axis their slabs hold the same weights, positions left out. What is moved is only a guess;
 * the caller compares the moved description with the row.
 */
import { mixCell } from './hash.js';
import type { Part } from './parts.js';
import type { Access } from './region.js';
import { accessRange } from './region.js';
import type { PlacedTerm } from './signatures.js';
import type { SourceMap } from './sources.js';

interface AxisShape {
  /** Hash of the slab at each coordinate; 0 where it is empty. */
  readonly slabs: Int32Array;
}

/** Beyond this, rows whose slabs stand in another order are told alike often enough. */
const MAX_ORDERED = 16;

export interface RowShape {
  /** Equal for rows of one shape. */
  readonly key: string;
  /** The order in which the slabs stand, for rows of few cells; empty for others. */
  readonly order: string;
  /** By tensor, for each of its axes. */
  readonly axes: ReadonlyMap<number, readonly AxisShape[]>;
}

/** The shape of a row. */
export function shapeOf(parts: readonly Part[], map: SourceMap): RowShape {
  const axes = new Map<number, AxisShape[]>();
  const keys: string[] = [];
  const orders: string[] = [];
  for (const { tensor, positions, weights } of parts) {
    const { shape, strides } = map.tensors[tensor];
    const hashes = hashWeights(weights);
    const own = shape.map((extent, axis) => {
      const slabs = new Int32Array(extent);
      const stride = strides[axis];
      for (let k = 0; k < positions.length; k++) {
        const at = ((positions[k] / stride) | 0) % extent;
        slabs[at] = (slabs[at] + hashes[k]) | 0;
      }
      return { slabs };
    });
    axes.set(tensor, own);
    const sums = own.map(({ slabs }) => {
      let sum = 0;
      for (let at = 0; at < slabs.length; at++) {
        if (slabs[at] !== 0) sum = (sum + mixCell(slabs[at], 1)) | 0;
      }
      return sum;
    });
    if (positions.length <= MAX_ORDERED) {
      for (const { slabs } of own) orders.push(orderOf(slabs));
    }
    keys.push(`${tensor}:${positions.length}:${sums.join(',')}`);
  }
  return { key: keys.join(' '), order: orders.join(' '), axes };
}

/** The slabs one after another, without empty ones and repetitions. */
function orderOf(slabs: Int32Array): string {
  const filled = slabs.filter((slab) => slab !== 0);
  return filled.filter((slab, k) => k === 0 || slab !== filled[k - 1]).join();
}

/** A hash of each weight's 64 bits. */
export function hashWeights(weights: Float64Array): Int32Array {
  const words = new Int32Array(weights.buffer, weights.byteOffset, 2 * weights.length);
  const hashes = new Int32Array(weights.length);
  for (let k = 0; k < hashes.length; k++) hashes[k] = mixCell(words[2 * k], words[2 * k + 1]);
  return hashes;
}

/** The terms at the places of `to` that look like their places in `from`; `undefined` if unclear. */
export function moveTerms(
  terms: readonly PlacedTerm[],
  from: RowShape,
  to: RowShape,
): PlacedTerm[] | undefined {
  const moved: PlacedTerm[] = [];
  for (const { tensor, coefficient, accesses, factors } of terms) {
    const places: Access[] = [];
    const sources = from.axes.get(tensor);
    const targets = to.axes.get(tensor);
    for (let axis = 0; axis < accesses.length; axis++) {
      const access = accesses[axis];
      const source = sources?.[axis];
      const target = targets?.[axis];
      if (source === undefined || target === undefined) return undefined;
      const place = moveAccess(access, source, target);
      if (place === undefined) return undefined;
      places.push(place);
    }
    const term = { tensor, coefficient, accesses: places };
    moved.push(factors === undefined ? term : { ...term, factors });
  }
  return moved;
}

function moveAccess(access: Access, from: AxisShape, to: AxisShape): Access | undefined {
  switch (access.kind) {
    case 'all':
    case 'list':
      return access;
    case 'at': {
      // An offset to another axis is the same wherever slabs look alike, or it is none of this class.
      if (access.follow !== undefined) return access;
      const index = moveCoordinate(access.index, from, to);
      return index === undefined ? undefined : { kind: 'at', index };
    }
    case 'range': {
      if (access.follow !== undefined || access.modulus !== undefined) return access;
      if (access.open === 'to') return moveComb(access, from, to);
      const first = moveCoordinate(access.from, from, to);
      const last = moveCoordinate(access.to - 1, from, to);
      if (first === undefined || last === undefined || last <= first) return undefined;
      if (access.step > 1) return { kind: 'range', from: first, to: last + 1, step: access.step };
      return accessRange(first, last, access.step, to.slabs.length);
    }
  }
}

/** A range with steps that ends where its axis does. */
function moveComb(
  access: Extract<Access, { readonly kind: 'range' }>,
  from: AxisShape,
  to: AxisShape,
): Access | undefined {
  const first = moveCoordinate(access.from, from, to);
  return first === undefined ? undefined : { ...access, from: first };
}

/** The k-th coordinate with some slab goes to the k-th with the same slab. */
function moveCoordinate(coordinate: number, from: AxisShape, to: AxisShape): number | undefined {
  if (!(coordinate >= 0 && coordinate < from.slabs.length)) return undefined;
  const hash = from.slabs[coordinate];
  if (hash === 0) return undefined;
  let rank = 0;
  for (let at = 0; at < coordinate; at++) if (from.slabs[at] === hash) rank++;
  for (let at = 0; at < to.slabs.length; at++) {
    if (to.slabs[at] === hash && rank-- === 0) return at;
  }
  return undefined;
}
