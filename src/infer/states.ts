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

/** One cell of a source, and the leaves that hold it. */
interface HeldCell {
  readonly domain: CellDomain;
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
 * finite or a limit is exceeded. Cells of other values count as independent: a superset is sound.
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
  private readonly held = new Map<string, Map<number, HeldCell>>();
  private readonly counts = new Map<string, CountedCells>();

  constructor(
    private readonly model: Model,
    leaves: readonly Reference[],
    point: readonly number[],
  ) {
    leaves.forEach((leaf, index) => {
      this.addCells(index, leaf, point);
    });
    for (const cells of this.held.values()) for (const held of cells.values()) this.count(held);
    const counted = [...this.counts].map(([key, { count }]) => `${key}×${count}`);
    this.key = counted.sort().join(' ');
  }

  /** Every atom with its reachable sums; `undefined` when there are too many. */
  atoms(): readonly Atom[] | undefined {
    const atoms: Atom[] = [];
    for (const { leaves, weights, domain, count } of this.counts.values()) {
      const sums = domain.kind === 'values' ? sumsOf(domain.values, count) : undefined;
      if (sums === undefined) return undefined;
      atoms.push({ leaves, weights, sums });
    }
    return atoms;
  }

  private addCells(index: number, leaf: Reference, point: readonly number[]): void {
    const { source } = leaf;
    const key = source.kind === 'input' ? `input ${source.index}` : `value ${source.id}`;
    const held = this.held.get(key) ?? new Map<number, HeldCell>();
    this.held.set(key, held);
    const domainOf = cellDomains(this.model, source);
    if (domainOf === undefined) {
      this.finite = false;
      return;
    }
    visitCells(this.model, leaf, point, (cell, weight) => {
      this.visited++;
      const known = held.get(cell);
      if (known === undefined) {
        held.set(cell, { domain: domainOf(cell), leaves: [index], weights: [weight] });
      } else {
        known.leaves.push(index);
        known.weights.push(weight);
      }
    });
  }

  private count({ domain, leaves, weights }: HeldCell): void {
    if (domain.kind !== 'values') this.finite = false;
    const holders = leaves.map((leaf, k) => (weights[k] === 1 ? leaf : `${leaf}*${weights[k]}`));
    const key = `${holders.join()}|${domain.kind === 'values' ? domain.values.join() : ''}`;
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { leaves, weights, domain, count: 1 });
    else known.count++;
  }
}

/** The values that cells of a source take; `undefined` for a value that is not known to be finite. */
function cellDomains(
  model: Model,
  source: Reference['source'],
): ((cell: number) => CellDomain) | undefined {
  if (source.kind === 'input') {
    const { domain } = model.interface.inputs[source.index];
    return (cell) => cellDomain(domain, cell);
  }
  const { range } = model.values[source.id];
  if (range === undefined) return undefined;
  const domain: CellDomain = { kind: 'values', values: range };
  return () => domain;
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
