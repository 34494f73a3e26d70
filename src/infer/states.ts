/**
 * Reachable states of the leaves of a cone. At an index point the cells of all leaves fall into
 * atoms (cells that lie in the same leaves); atoms are independent, so the states are the image of
 * the product of their sums, never 2^cells. Index points with equal atoms are one class; the states
 * of all classes together are what a formula has to be right on, border and aliased points included.
 */
import type { CellDomain, Domain } from '../ir/model-interface.js';
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import { positionsOf } from './positions.js';
import type { Model, Reference } from './values.js';
import { extentsOf, pointOfRank } from './values.js';

export interface States {
  readonly count: number;
  /** One column for each leaf, each of length `count`. */
  readonly columns: readonly Float64Array[];
}

/** Larger tables are not worth a search. */
const MAX_STATES = 2 ** 16;

/** Cells looked at while index points are classified, over all leaves and points. */
const MAX_VISITED_CELLS = 2 ** 22;

/** Tuples made while images are built, over all classes. */
const MAX_TUPLES = 2 ** 20;

interface Atom {
  readonly leaves: readonly number[];
  /** Reachable sums, ascending. */
  readonly sums: readonly number[];
}

/**
 * All states of the leaves over all index points that are no holes. `undefined` when a leaf is not
 * finite or a limit is exceeded. Sums of other values count as independent: a superset is sound.
 */
export function reachableStates(
  model: Model,
  leaves: readonly Reference[],
  extents: readonly number[],
  holes: ReadonlySet<number>,
): States | undefined {
  const classes = new Map<string, readonly Atom[]>();
  let visited = 0;
  for (let rank = 0; rank < sizeOf(extents); rank++) {
    if (holes.has(rank)) continue;
    const reader = new AtomReader(model, leaves, pointOfRank(rank, extents));
    visited += reader.visited;
    if (!reader.finite || visited > MAX_VISITED_CELLS) return undefined;
    if (!classes.has(reader.key)) {
      const atoms = reader.atoms();
      if (atoms === undefined) return undefined;
      classes.set(reader.key, atoms);
    }
  }
  return imageOf([...classes.values()], leaves.length);
}

/** The atoms of the leaves at one index point. */
class AtomReader {
  readonly key: string;
  visited = 0;
  finite = true;
  private readonly counts = new Map<
    string,
    { leaves: number[]; domain: CellDomain; count: number }
  >();
  private readonly opaque: Atom[] = [];

  constructor(
    private readonly model: Model,
    leaves: readonly Reference[],
    point: readonly number[],
  ) {
    const members = new Map<number, { cell: number; input: number; leaves: number[] }>();
    const base = inputBases(model);
    leaves.forEach((leaf, index) => {
      const cells = cellsOf(model, leaf, point);
      if (leaf.source.kind === 'value') {
        this.addOpaque(leaf.source.id, index, cells.length);
        return;
      }
      const input = leaf.source.index;
      this.visited += cells.length;
      for (const cell of cells) {
        const known = members.get(base[input] + cell);
        if (known === undefined) members.set(base[input] + cell, { cell, input, leaves: [index] });
        else known.leaves.push(index);
      }
    });
    for (const { cell, input, leaves: holders } of members.values()) {
      this.count(cell, model.interface.inputs[input].domain, holders);
    }
    const opaque = this.opaque.map((atom) => `${atom.leaves.join()}=${atom.sums.join()}`);
    const counted = [...this.counts].map(([key, { count }]) => `${key}×${count}`).sort();
    this.key = [...opaque, ...counted].join(' ');
  }

  /** Every atom with its reachable sums; `undefined` when there are too many. */
  atoms(): readonly Atom[] | undefined {
    const atoms = [...this.opaque];
    for (const { leaves, domain, count } of this.counts.values()) {
      const sums = domain.kind === 'values' ? sumsOf(domain.values, count) : undefined;
      if (sums === undefined) return undefined;
      atoms.push({ leaves, sums });
    }
    return atoms;
  }

  private addOpaque(id: number, leaf: number, cells: number): void {
    const { range } = this.model.values[id];
    const sums = range === undefined ? undefined : sumsOf(range, cells);
    if (sums === undefined) this.finite = false;
    else this.opaque.push({ leaves: [leaf], sums });
  }

  private count(cell: number, domain: Domain, leaves: number[]): void {
    const own = cellDomain(domain, cell);
    if (own.kind !== 'values') this.finite = false;
    const key = `${leaves.join()}|${domain.kind === 'per-cell' ? JSON.stringify(own) : ''}`;
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { leaves, domain: own, count: 1 });
    else known.count++;
  }
}

/** The first number of each input when the cells of all inputs are numbered through. */
function inputBases(model: Model): readonly number[] {
  let next = 0;
  return model.interface.inputs.map(({ shape }) => {
    const base = next;
    next += sizeOf(shape);
    return base;
  });
}

/** Flat cells of a reference at an index point. */
export function cellsOf(
  model: Model,
  reference: Reference,
  point: readonly number[],
): readonly number[] {
  const extents = extentsOf(model, reference.source);
  let cells: readonly number[] = [0];
  reference.accesses.forEach((access, axis) => {
    const positions = positionsOf(access, point, extents[axis]);
    cells = cells.flatMap((cell) => positions.map((position) => cell * extents[axis] + position));
  });
  return cells;
}

/** The sums of `count` values of a set, ascending; `undefined` when there are too many. */
function sumsOf(values: readonly number[], count: number): readonly number[] | undefined {
  const step = values.length > 1 ? values[1] - values[0] : 0;
  if (values.every((value, rank) => value === values[0] + step * rank)) {
    const length = (values.length - 1) * count + 1;
    if (length > MAX_STATES) return undefined;
    return Array.from({ length }, (_, rank) => count * values[0] + step * rank);
  }
  let sums = new Set([0]);
  for (let cell = 0; cell < count; cell++) {
    const next = new Set<number>();
    for (const sum of sums) for (const value of values) next.add(sum + value);
    if (next.size > MAX_STATES) return undefined;
    sums = next;
  }
  return [...sums].sort((a, b) => a - b);
}

/** The union over classes of the images of their atoms' products. */
function imageOf(classes: readonly (readonly Atom[])[], leaves: number): States | undefined {
  const union = new Map<string, readonly number[]>();
  let made = 0;
  for (const atoms of classes) {
    let image = new Map<string, readonly number[]>([['', new Array<number>(leaves).fill(0)]]);
    for (const atom of atoms) {
      const next = new Map<string, readonly number[]>();
      for (const state of image.values()) {
        for (const sum of atom.sums) {
          const moved = [...state];
          for (const leaf of atom.leaves) moved[leaf] += sum;
          next.set(moved.join(), moved);
          if (++made > MAX_TUPLES || next.size > MAX_STATES) return undefined;
        }
      }
      image = next;
    }
    for (const state of image.values()) union.set(state.join(), state);
    if (union.size > MAX_STATES) return undefined;
  }
  const states = [...union.values()];
  const columns = Array.from({ length: leaves }, (_, leaf) =>
    Float64Array.from(states, (state) => state[leaf]),
  );
  return { count: states.length, columns };
}
