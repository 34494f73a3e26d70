/**
 * Windows of a cone told by their cells: where the cells stand beside the window already, or where the
 * window is so small that a loop over it says less than its cells. Reads the same cells at every index
 * point; what lies beyond a border counts as 0 in both forms.
 *
 *   cells[i-1 .. i+1], cell i+1   →   left, center, right
 *   all of a ring of four, cells i-1, i, i+1   →   left, center, right, the one across
 */
import type { IndexExpression } from '../ir/cluster.js';
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { Cone, ConeInput } from './cone.js';
import type { IndexSet } from './cone-members.js';
import { MAX_OWN_MEMBERS, membersOf, plainAccess } from './cone-members.js';
import { axesOfAccess } from './positions.js';
import type { Model, Reference } from './values.js';
import { extentsOf, isPoint, referenceKey } from './values.js';

/** Cells of a window that is read as cells: left, own and right. */
const MAX_SMALL_WINDOW = 3;

/** On a ring of two the cell before is the cell behind. */
const MIN_RING = 3;

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
  const points = cone.leaves.filter((leaf) => isPoint(leaf) && leaf.factors === undefined);
  if (points.length === 0) return cone;
  return replaceWindows(cone, indexSet, (leaf, isKnown) => {
    const own = points.filter((point) => sourceKey(point) === sourceKey(leaf));
    // A window that is cut at a border has other members there, but the same cells.
    const views = [
      membersAsCells(model, leaf, indexSet),
      positionsOfWindow(leaf, MAX_OWN_MEMBERS, (axis) =>
        positionsAround(own, axis, extentsOf(model, leaf.source)[axis]),
      ),
    ];
    return views
      .map((view) => view?.map((inner) => cellAt(leaf, inner, indexSet)))
      .find((cells) => cells !== undefined && areBeside(cells, isKnown));
  });
}

function areBeside(cells: readonly Reference[], isKnown: (cell: Reference) => boolean): boolean {
  if (cells.length > MAX_OWN_MEMBERS) return false;
  return cells.filter(isKnown).length >= Math.max(1, cells.length - 1);
}

function membersAsCells(
  model: Model,
  leaf: Reference,
  indexSet: IndexSet,
): readonly (readonly IndexExpression[])[] | undefined {
  if (leaf.accesses.every(({ kind }) => kind === 'all')) return undefined;
  return membersOf(model, leaf, indexSet, MAX_OWN_MEMBERS)?.map(({ inner }) => inner);
}

/** A whole axis as seen from a cell that moves along it: that cell, and those behind it in a ring. */
function positionsAround(
  points: readonly Reference[],
  axis: number,
  extent: number,
): readonly IndexExpression[] | undefined {
  if (extent < MIN_RING || extent > MAX_OWN_MEMBERS) return undefined;
  for (const { accesses } of points) {
    const access = accesses[axis];
    if (access.kind !== 'at' || access.follow !== undefined) continue;
    const { index } = access;
    if (index.kind === 'lookup' || axesOfAccess(access).length === 0) continue;
    return Array.from({ length: extent }, (_, k) => ({
      ...index,
      constant: index.constant + k,
      modulus: extent,
    }));
  }
  return undefined;
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
  return positionsOfWindow({ accesses }, MAX_SMALL_WINDOW)?.map((inner) =>
    cellAt({ source }, inner, indexSet),
  );
}

/**
 * The cells of a window by their positions, at most `most`, some of them beyond a border at some index
 * points; `undefined` where they are more, or move against each other. `whole` gives the positions of an
 * axis that is read whole.
 */
function positionsOfWindow(
  { accesses }: Pick<Reference, 'accesses'>,
  most: number,
  whole: (axis: number) => readonly IndexExpression[] | undefined = () => undefined,
): readonly (readonly IndexExpression[])[] | undefined {
  let cells: readonly (readonly IndexExpression[])[] = [[]];
  for (const [axis, access] of accesses.entries()) {
    const positions = access.kind === 'all' ? whole(axis) : fewPositions(access, most);
    if (positions === undefined) return undefined;
    cells = cells.flatMap((cell) => positions.map((position) => [...cell, position]));
    if (cells.length > most) return undefined;
  }
  return cells;
}

/** The positions of an access one by one, where they are few and the same at every index point. */
function fewPositions(
  access: Reference['accesses'][number],
  most: number,
): readonly IndexExpression[] | undefined {
  if (access.kind === 'at') return access.follow === undefined ? [access.index] : undefined;
  if (access.kind !== 'range' || access.follow !== undefined) return undefined;
  const { from, to, step, modulus } = access;
  if (from.kind === 'lookup' || to.kind === 'lookup') return undefined;
  if (from.modulus !== undefined || to.modulus !== undefined) return undefined;
  if (from.coefficients.some((slope, axis) => slope !== to.coefficients[axis])) return undefined;
  const count = Math.ceil((to.constant - from.constant) / step);
  // A stride that begins beyond a border keeps its phase, and so do its cells.
  if (count < 1 || count > most) return undefined;
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

function sourceKey({ source }: Reference): string {
  return JSON.stringify(source);
}

function plainKey(point: Reference, { extents }: IndexSet): string {
  const accesses = point.accesses.map((access) => plainAccess(access, extents));
  return referenceKey({ ...point, accesses });
}
