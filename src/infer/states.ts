/**
 * Reachable states of the leaves of a cone. At an index point the cells of all leaves fall into
 * atoms (cells that lie in the same leaves); atoms are independent, so the states are the image of
 * the product of their sums, never 2^cells. Index points with equal atoms are one class; the states
 * of all classes together are what a formula has to be right on, border and aliased points included.
 */
import type { CellDomain } from '../ir/model-interface.js';
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { Model, Reference } from './values.js';
import { pointOfRank, visitCells } from './values.js';

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
  /** What a sum counts for in each of the leaves. */
  readonly weights: readonly number[];
  /** Reachable sums, ascending. */
  readonly sums: readonly number[];
}

/** One cell of an input, and the leaves that hold it. */
interface HeldCell {
  readonly cell: number;
  readonly input: number;
  readonly leaves: number[];
  readonly weights: number[];
}

interface CountedCells {
  readonly leaves: readonly number[];
  readonly weights: readonly number[];
  readonly domain: CellDomain;
  count: number;
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
  private readonly held = new Map<number, HeldCell>();
  private readonly counts = new Map<string, CountedCells>();
  private readonly opaque: Atom[] = [];

  constructor(
    private readonly model: Model,
    leaves: readonly Reference[],
    point: readonly number[],
  ) {
    const bases = inputBases(model);
    leaves.forEach((leaf, index) => {
      if (leaf.source.kind === 'value') this.addOpaque(leaf.source.id, index, leaf, point);
      else this.addCells(leaf.source.index, bases[leaf.source.index], index, leaf, point);
    });
    for (const held of this.held.values()) this.count(held);
    const opaque = this.opaque.map((atom) => `${atom.leaves.join()}=${atom.sums.join()}`);
    const counted = [...this.counts].map(([key, { count }]) => `${key}×${count}`).sort();
    this.key = [...opaque, ...counted].join(' ');
  }

  /** Every atom with its reachable sums; `undefined` when there are too many. */
  atoms(): readonly Atom[] | undefined {
    const atoms = [...this.opaque];
    for (const { leaves, weights, domain, count } of this.counts.values()) {
      const sums = domain.kind === 'values' ? sumsOf(domain.values, count) : undefined;
      if (sums === undefined) return undefined;
      atoms.push({ leaves, weights, sums });
    }
    return atoms;
  }

  private addCells(
    input: number,
    base: number,
    leaf: number,
    reference: Reference,
    point: readonly number[],
  ): void {
    visitCells(this.model, reference, point, (cell, weight) => {
      this.visited++;
      const known = this.held.get(base + cell);
      if (known === undefined) {
        this.held.set(base + cell, { cell, input, leaves: [leaf], weights: [weight] });
      } else {
        known.leaves.push(leaf);
        known.weights.push(weight);
      }
    });
  }

  private addOpaque(
    id: number,
    leaf: number,
    reference: Reference,
    point: readonly number[],
  ): void {
    const { range } = this.model.values[id];
    if (range === undefined) {
      this.finite = false;
      return;
    }
    const counts = new Map<number, number>();
    visitCells(this.model, reference, point, (_cell, weight) => {
      this.visited++;
      counts.set(weight, (counts.get(weight) ?? 0) + 1);
    });
    const sums = weightedSums(range, counts);
    if (sums === undefined) this.finite = false;
    else this.opaque.push({ leaves: [leaf], weights: [1], sums });
  }

  private count({ cell, input, leaves, weights }: HeldCell): void {
    const { domain } = this.model.interface.inputs[input];
    const own = cellDomain(domain, cell);
    if (own.kind !== 'values') this.finite = false;
    const holders = leaves.map((leaf, k) => (weights[k] === 1 ? leaf : `${leaf}*${weights[k]}`));
    const key = `${holders.join()}|${domain.kind === 'per-cell' ? JSON.stringify(own) : ''}`;
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { leaves, weights, domain: own, count: 1 });
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

/** The sums of cells with these values, so many of each weight; `undefined` when there are too many. */
function weightedSums(
  values: readonly number[],
  counts: ReadonlyMap<number, number>,
): readonly number[] | undefined {
  let sums: readonly number[] = [0];
  for (const [weight, count] of counts) {
    const own = sumsOf(values, count);
    if (own === undefined || own.length * sums.length > MAX_TUPLES) return undefined;
    const next = new Set(sums.flatMap((sum) => own.map((value) => sum + weight * value)));
    if (next.size > MAX_STATES) return undefined;
    sums = [...next].sort((a, b) => a - b);
  }
  return sums;
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
          atom.leaves.forEach((leaf, k) => {
            moved[leaf] += atom.weights[k] * sum;
          });
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
