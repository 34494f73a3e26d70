/**
 * Windows of a cone told by their cells: where the cells stand beside the window already, or where the
 * window is so small that a loop over it says less than its cells. Reads the same cells at every index
 * point; what lies beyond a border counts as 0 in both forms.
 *
 *   cells[i-1 .. i+1], cell i+1   →   left, center, right
 */
import type { IndexExpression } from '../ir/cluster.js';
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { Cone, ConeInput } from './cone.js';
import type { IndexSet } from './cone-members.js';
import { MAX_OWN_MEMBERS, membersOf, plainAccess } from './cone-members.js';
import { axesOfAccess } from './positions.js';
import type { Model, Reference } from './values.js';
import { isPoint, referenceKey } from './values.js';

/** Cells of a window that is read as cells: left, own and right. */
const MAX_SMALL_WINDOW = 3;

/** Leaves of a cone whose small windows are opened, so that its table stays small. */
const MAX_CELLS = 6;

/** Values of a cell that can be told case by case; sums of more are arithmetic. */
const MAX_CELL_VALUES = 3;

type Leaves = Pick<Cone, 'leaves' | 'nodes'>;

/** The cone with windows replaced by their cells where that reads better. */
export function tellByCells(model: Model, cone: Leaves, indexSet: IndexSet): Leaves {
  const known = cellsBeside(model, cone, indexSet);
  const opened = replaceWindows(known, indexSet, (leaf) => cellsOfWindow(model, leaf, indexSet));
  return opened.leaves.length <= MAX_CELLS ? opened : known;
}

/** Windows whose cells stand beside them, all but one at most, are told by cells alone. */
function cellsBeside(model: Model, cone: Leaves, indexSet: IndexSet): Leaves {
  if (!cone.leaves.some((leaf) => isPoint(leaf) && leaf.factors === undefined)) return cone;
  return replaceWindows(cone, indexSet, (leaf, isKnown) => {
    if (leaf.accesses.every(({ kind }) => kind === 'all')) return undefined;
    const members = membersOf(model, leaf, indexSet, MAX_OWN_MEMBERS);
    if (members === undefined) return undefined;
    const cells = members.map(({ inner }) => cellAt(leaf, inner, indexSet));
    const beside = cells.filter(isKnown).length;
    return beside < Math.max(1, cells.length - 1) ? undefined : cells;
  });
}

/** The cells of a small window of an input that moves with the reader; `undefined` for any other. */
function cellsOfWindow(
  model: Model,
  { source, accesses }: Reference,
  indexSet: IndexSet,
): readonly Reference[] | undefined {
  // A fixed part of every row, such as all literals but two, has no left and right.
  const moves = accesses.some(
    (access) => access.kind === 'range' && axesOfAccess(access).length > 0,
  );
  if (source.kind !== 'input' || !moves) return undefined;
  const { domain, shape } = model.interface.inputs[source.index];
  for (let cell = 0; cell < sizeOf(shape); cell++) {
    const own = cellDomain(domain, cell);
    if (own.kind !== 'values' || own.values.length > MAX_CELL_VALUES) return undefined;
  }
  let cells: readonly (readonly IndexExpression[])[] = [[]];
  for (const access of accesses) {
    const positions = fewPositions(access);
    if (positions === undefined) return undefined;
    cells = cells.flatMap((cell) => positions.map((position) => [...cell, position]));
    if (cells.length > MAX_SMALL_WINDOW) return undefined;
  }
  return cells.map((inner) => cellAt({ source }, inner, indexSet));
}

/** The positions of an access one by one, where they are few and the same at every index point. */
function fewPositions(
  access: Reference['accesses'][number],
): readonly IndexExpression[] | undefined {
  if (access.kind === 'at') return access.follow === undefined ? [access.index] : undefined;
  if (access.kind !== 'range' || access.follow !== undefined) return undefined;
  const { from, to, step, modulus } = access;
  if (from.kind === 'lookup' || to.kind === 'lookup') return undefined;
  if (from.modulus !== undefined || to.modulus !== undefined) return undefined;
  if (from.coefficients.some((slope, axis) => slope !== to.coefficients[axis])) return undefined;
  const count = Math.ceil((to.constant - from.constant) / step);
  // A stride that begins beyond a border keeps its phase, and so do its cells.
  if (count < 1 || count > MAX_SMALL_WINDOW) return undefined;
  return Array.from({ length: count }, (_, k) => ({
    ...from,
    constant: from.constant + k * step,
    ...(modulus === undefined ? {} : { modulus }),
  }));
}

function cellAt(
  { source }: Pick<Reference, 'source'>,
  inner: readonly IndexExpression[],
  { extents }: IndexSet,
): Reference {
  return { source, accesses: inner.map((index) => plainAccess({ kind: 'at', index }, extents)) };
}

/** Every window for which `open` gives cells becomes these cells; equal cells become one leaf. */
function replaceWindows(
  { leaves, nodes }: Leaves,
  indexSet: IndexSet,
  open: (
    leaf: Reference,
    isKnown: (cell: Reference) => boolean,
  ) => readonly Reference[] | undefined,
): Leaves {
  const points = new Map<string, number>();
  leaves.forEach((leaf, index) => {
    if (isPoint(leaf) && leaf.factors === undefined) points.set(plainKey(leaf, indexSet), index);
  });
  const grown = [...leaves];
  const cells = new Map<number, readonly number[]>();
  leaves.forEach((leaf, index) => {
    if (isPoint(leaf) || leaf.factors !== undefined) return;
    const told = open(leaf, (cell) => points.has(plainKey(cell, indexSet)));
    if (told === undefined) return;
    const numbers = told.map((cell) => {
      const key = plainKey(cell, indexSet);
      const number = points.get(key) ?? grown.push(cell) - 1;
      points.set(key, number);
      return number;
    });
    cells.set(index, numbers);
  });
  if (cells.size === 0) return { leaves, nodes };
  const kept = [...grown.keys()].filter((leaf) => !cells.has(leaf));
  const renumbered = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.flatMap((input): readonly ConeInput[] => {
      if (input.kind === 'node') return [input];
      const told = cells.get(input.leaf) ?? [input.leaf];
      return told.map((leaf) => ({ ...input, leaf: kept.indexOf(leaf) }));
    }),
  }));
  return { leaves: kept.map((leaf) => grown[leaf]), nodes: renumbered };
}

function plainKey(point: Reference, { extents }: IndexSet): string {
  const accesses = point.accesses.map((access) => plainAccess(access, extents));
  return referenceKey({ ...point, accesses });
}
