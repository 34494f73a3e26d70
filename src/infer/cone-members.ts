/**
 * The members of other values that a reference reads, as seen from a reader's index points: whether it
 * always meets a member, which members a sum stands for when it is the same few at every index point,
 * and what gate a member is there.
 */
import type { AxisAccess, Bias, IndexExpression } from '../ir/cluster.js';
import { sizeOf } from '../ir/model-interface.js';
import { evaluateBias, positiveModulo } from '../ir/region-cells.js';
import { composeAccess, constantIndex, evaluateIndex, rangeOfIndex } from './positions.js';
import { steadyAxes } from './steady-axes.js';
import type { Gate, Model, Reference, Value } from './values.js';
import { extentsOf, isPoint, pointOfRank, visitCells } from './values.js';

/** Where a cone is computed: index points of these extents that are no holes. */
export interface IndexSet {
  readonly extents: readonly number[];
  readonly holes: ReadonlySet<number>;
}

/** Index points, and cells at them, that are looked at before a question is given up. */
const MAX_CHECKED_POINTS = 2 ** 20;

/** Members that a sum may stand for; a longer ladder is no table that anyone searches. */
const MAX_MEMBERS = 256;

/** Members with leaves of their own that a sum may be opened into. */
export const MAX_OWN_MEMBERS = 9;

/** The coordinates of all index points that are no holes. */
function* pointsOf({ extents, holes }: IndexSet): Generator<readonly number[]> {
  const size = sizeOf(extents);
  for (let rank = 0; rank < size; rank++) if (!holes.has(rank)) yield pointOfRank(rank, extents);
}

/**
 * True when every `at` position of a reference lies in its source at every index point, and a point
 * reference never meets a hole.
 */
export function readsMembersOnly(model: Model, reference: Reference, indexSet: IndexSet): boolean {
  const { accesses, source } = reference;
  const shape = extentsOf(model, source);
  const gaps = source.kind === 'value' ? model.values[source.id].holes : new Set<number>();
  if (accesses.some((access) => access.kind === 'at' && access.follow !== undefined)) return false;
  const inside = accesses.every((access, axis) => {
    if (access.kind !== 'at') return true;
    const [low, high] = rangeOfIndex(access.index, indexSet.extents);
    return low >= 0 && high < shape[axis];
  });
  const whole = gaps.size === 0 || !isPoint(reference);
  if (inside && whole) return true;
  if (sizeOf(indexSet.extents) > MAX_CHECKED_POINTS) return false;
  for (const point of pointsOf(indexSet)) {
    const positions = accesses.map((access) =>
      access.kind === 'at' ? evaluateIndex(access.index, point) : 0,
    );
    if (positions.some((position, axis) => position < 0 || position >= shape[axis])) return false;
    const cell = positions.reduce((flat, position, axis) => flat * shape[axis] + position, 0);
    if (!whole && gaps.has(cell)) return false;
  }
  return true;
}

/** A member of a sum's source. */
export interface SummedMember {
  /** Its index point, over the reader's iterators. */
  readonly inner: readonly IndexExpression[];
  readonly weight: number;
}

/**
 * The members that a sum over another value stands for, when they have the same distances from
 * positions that the reference knows (0, the start of a run, a single position) at every index point;
 * `undefined` when they differ, or are more than `most`.
 */
export function membersOf(
  model: Model,
  reference: Reference,
  indexSet: IndexSet,
  most = MAX_MEMBERS,
): readonly SummedMember[] | undefined {
  const { source, accesses, factors } = reference;
  const shape = extentsOf(model, source);
  const whole = source.kind === 'input' || model.values[source.id].holes.size === 0;
  const steady =
    whole && factors === undefined ? steadyAxes(accesses, shape, indexSet.extents) : undefined;
  if (steady === undefined) return membersByPoint(model, reference, indexSet, most);
  const count = steady.reduce((product, { offsets }) => product * offsets.length, 1);
  if (count > most) return undefined;
  let members: readonly (readonly IndexExpression[])[] = [[]];
  for (const { base, offsets } of steady) {
    members = members.flatMap((inner) =>
      offsets.map((offset) => [...inner, shiftIndex(base, offset, undefined)]),
    );
  }
  return members.map((inner) => ({ inner, weight: 1 }));
}

/** The same by looking at every index point: runs that are cut at a border, wrap around or have gaps. */
function membersByPoint(
  model: Model,
  reference: Reference,
  indexSet: IndexSet,
  most: number,
): readonly SummedMember[] | undefined {
  const shape = extentsOf(model, reference.source);
  const axes = indexSet.extents.length;
  const cells = cellsByPoint(model, reference, indexSet, most);
  if (cells === undefined) return undefined;
  const bases = reference.accesses.map((access, axis) =>
    access.kind === 'at' && access.follow === undefined
      ? access.index
      : basesOf(reference, axis, axes).find((base) => isRigid(cells, base, axis, shape)),
  );
  const found = bases.filter((base) => base !== undefined);
  if (found.length < bases.length) return undefined;
  const moduli = reference.accesses.map((access) =>
    access.kind === 'range' ? access.modulus : undefined,
  );
  let first: ReadonlyMap<string, number> | undefined;
  for (const { point, weights } of cells) {
    const origin = found.map((base) => evaluateIndex(base, point));
    const offsets = new Map<string, number>();
    for (const [cell, weight] of weights) {
      const position = pointOfRank(cell, shape);
      const offset = position.map((p, axis) => distance(p, origin[axis], moduli[axis]));
      offsets.set(offset.join(), weight);
    }
    first ??= offsets;
    if (offsets.size !== first.size) return undefined;
    for (const [key, weight] of offsets) if (first.get(key) !== weight) return undefined;
  }
  return [...(first ?? [])].map(([key, weight]) => {
    const offset = key.split(',').map(Number);
    const inner = found.map((base, axis) => shiftIndex(base, offset[axis], moduli[axis]));
    return { inner, weight };
  });
}

interface PointCells {
  readonly point: readonly number[];
  /** Weight by flat cell. */
  readonly weights: ReadonlyMap<number, number>;
}

function cellsByPoint(
  model: Model,
  reference: Reference,
  indexSet: IndexSet,
  most: number,
): readonly PointCells[] | undefined {
  const all: PointCells[] = [];
  let visited = 0;
  for (const point of pointsOf(indexSet)) {
    const weights = new Map<number, number>();
    visitCells(model, reference, point, (cell, weight) => weights.set(cell, weight));
    visited += weights.size;
    if (weights.size > most || visited > MAX_CHECKED_POINTS) return undefined;
    if (all.length > 0 && all[0].weights.size !== weights.size) return undefined;
    all.push({ point, weights });
  }
  return all;
}

/** Positions from which the cells along an axis may have fixed distances, the plainest first. */
function basesOf(reference: Reference, axis: number, axes: number): readonly IndexExpression[] {
  const access: AxisAccess = reference.accesses[axis];
  const bases = [constantIndex(0, axes)];
  if (access.kind === 'range') bases.push(access.from);
  for (const other of reference.accesses) if (other.kind === 'at') bases.push(other.index);
  return bases;
}

/** Whether the cells along an axis have the same distances from a base at every index point. */
function isRigid(
  cells: readonly PointCells[],
  base: IndexExpression,
  axis: number,
  shape: readonly number[],
): boolean {
  let first: string | undefined;
  return cells.every(({ point, weights }) => {
    const origin = evaluateIndex(base, point);
    const offsets = new Set<number>();
    for (const cell of weights.keys()) {
      offsets.add(positiveModulo(pointOfRank(cell, shape)[axis] - origin, shape[axis]));
    }
    const key = [...offsets].sort((a, b) => a - b).join();
    first ??= key;
    return key === first;
  });
}

function distance(position: number, origin: number, modulus: number | undefined): number {
  const offset = position - origin;
  return modulus === undefined ? offset : positiveModulo(offset, modulus);
}

/** The index plus an offset, modulo where the axis wraps around. */
function shiftIndex(
  index: IndexExpression,
  offset: number,
  modulus: number | undefined,
): IndexExpression {
  if (index.kind === 'lookup') {
    const moved = index.values.map((value) => value + offset);
    const values =
      modulus === undefined ? moved : moved.map((value) => positiveModulo(value, modulus));
    return { ...index, values };
  }
  if (index.modulus !== undefined && modulus === undefined && offset !== 0) {
    // A remainder plus a number is no index expression; the caller finds another way.
    return { ...index, constant: NaN };
  }
  const constant = index.constant + offset;
  return modulus === undefined ? { ...index, constant } : { ...index, constant, modulus };
}

/** A value's gate at positions over a reader's iterators; `undefined` when they cannot be composed. */
export function composeGate(
  value: Value,
  inner: readonly IndexExpression[],
  indexSet: IndexSet,
): Gate | undefined {
  const { gate } = value;
  if (gate.tables.length > 0 || gate.ties !== undefined) return undefined;
  if (inner.some((index) => index.kind === 'affine' && Number.isNaN(index.constant))) {
    return undefined;
  }
  const bias = composeBias(gate.bias, value, inner, indexSet);
  if (bias === undefined) return undefined;
  const listed = inner.some((index) => index.kind === 'lookup');
  const terms: Gate['terms'][number][] = [];
  for (const term of gate.terms) {
    const accesses: AxisAccess[] = [];
    for (const access of term.reference.accesses) {
      const composed = composeAccess(access, inner, indexSet.extents);
      // A position that would become a list is read from the value instead.
      if (composed === undefined || (isListed(composed) && !isListed(access) && !listed)) {
        return undefined;
      }
      accesses.push(plainAccess(composed, indexSet.extents));
    }
    terms.push({ ...term, reference: { ...term.reference, accesses } });
  }
  return { ...gate, terms, bias: { kind: 'constant', value: bias } };
}

/** Whether positions follow no formula. */
function isListed(access: AxisAccess): boolean {
  if (access.kind === 'at') return access.index.kind === 'lookup';
  return access.kind === 'range' && (access.from.kind === 'lookup' || access.to.kind === 'lookup');
}

/** Wrapped positions count from within the modulus, so that equal ones are told alike. */
export function plainAccess(access: AxisAccess, extents: readonly number[]): AxisAccess {
  if (access.kind === 'at' && access.index.kind === 'affine') {
    const { index } = access;
    if (index.modulus === undefined) return access;
    const constant = positiveModulo(index.constant, index.modulus);
    const straight: IndexExpression = {
      kind: 'affine',
      constant,
      coefficients: index.coefficients,
    };
    const [low, high] = rangeOfIndex(straight, extents);
    const wraps = low < 0 || high >= index.modulus;
    return { ...access, index: wraps ? { ...index, constant } : straight };
  }
  if (access.kind !== 'range' || access.modulus === undefined) return access;
  const { from, to, modulus } = access;
  if (from.kind === 'lookup' || to.kind === 'lookup') return access;
  const lift = positiveModulo(from.constant, modulus) - from.constant;
  return {
    ...access,
    from: { ...from, constant: from.constant + lift },
    to: { ...to, constant: to.constant + lift },
  };
}

/** The bias at positions, where it is the same at all of the reader's index points. */
function composeBias(
  bias: Bias,
  { axes }: Value,
  inner: readonly IndexExpression[],
  indexSet: IndexSet,
): number | undefined {
  if (bias.kind === 'constant') return bias.value;
  if (sizeOf(indexSet.extents) > MAX_CHECKED_POINTS) return undefined;
  let same: number | undefined;
  for (const point of pointsOf(indexSet)) {
    const position = inner.map((index) => evaluateIndex(index, point));
    const rank = position.reduce((flat, p, axis) => flat * axes[axis].extent + p, 0);
    const value = evaluateBias(bias, rank, position);
    same ??= value;
    if (value !== same) return undefined;
  }
  return same;
}
