/**
 * Which axis of the inputs an array's dimension or a loop runs along, by use alone: an iterator that
 * indexes `image[row]` runs along the image's first axis, and so does every array that it indexes.
 * Two axes of equal extent are told apart by this and by nothing else.
 */
import type { Expression, Program, ProgramSymbol, Statement } from '../ir/program.js';
import { expressionsOf, partsOf, statementsOf } from './walk.js';

/** An axis of an input, numbered through all inputs in order. */
export type AxisId = number;

/** Along which axes each dimension and each iterator runs; mostly one, in order of discovery. */
export interface AxisMap {
  readonly ofDimension: (array: ProgramSymbol, dimension: number) => readonly AxisId[];
  readonly ofIterator: (iterator: ProgramSymbol) => readonly AxisId[];
  /**
   * Axes that are bound to numbers without a formula: a table has a value for each position, a loop
   * lists positions or strides by many, every cell has a name of its own. Without a second extent
   * nothing says what another one would mean.
   */
  readonly pinned: ReadonlySet<AxisId>;
  /** Axes that one iterator runs along together: they must be equally long. */
  readonly tied: readonly (readonly AxisId[])[];
}

/** An iterator may be doubled; larger factors are blocks of cells, whose size is no position. */
const LARGEST_FACTOR = 2;

/** An access to an array, in a read or a write. */
interface Access {
  readonly array: ProgramSymbol;
  readonly indices: readonly Expression[];
}

/** Finds the axes of a legal program. */
export function findAxes(program: Program): AxisMap {
  return new AxisFinder(program).find();
}

class AxisFinder {
  private readonly dimensions = new Map<ProgramSymbol, Set<AxisId>[]>();
  private readonly iterators = new Map<ProgramSymbol, Set<AxisId>>();
  private readonly tables: ReadonlySet<ProgramSymbol>;
  private readonly statements: readonly Statement[];
  private readonly accesses: readonly Access[];

  constructor(private readonly program: Program) {
    let next = 0;
    for (const symbol of program.parameters) {
      const axes = symbol.type.extents.map(() => new Set([next++]));
      this.dimensions.set(symbol, axes);
    }
    this.tables = new Set(program.tables.map(({ symbol }) => symbol));
    this.statements = [...statementsOf(program.body)];
    this.accesses = this.statements.flatMap(accessesOf);
    for (const statement of this.statements) {
      if (statement.kind === 'for' || statement.kind === 'for-of') {
        this.iterators.set(statement.iterator, new Set());
      }
    }
  }

  find(): AxisMap {
    for (let changed = true; changed;) {
      changed = false;
      for (const access of this.accesses) if (this.spread(access)) changed = true;
      for (const statement of this.statements) if (this.spreadLoop(statement)) changed = true;
    }
    return {
      ofDimension: (array, dimension) => [...this.dimensionOf(array, dimension)],
      ofIterator: (iterator) => [...(this.iterators.get(iterator) ?? [])],
      pinned: this.findPinned(),
      tied: [...this.iterators.values()].filter(({ size }) => size > 1).map((axes) => [...axes]),
    };
  }

  private dimensionOf(array: ProgramSymbol, dimension: number): Set<AxisId> {
    let axes = this.dimensions.get(array);
    if (axes === undefined) {
      axes = array.type.extents.map(() => new Set<AxisId>());
      this.dimensions.set(array, axes);
    }
    return axes[dimension];
  }

  /** Iterators take the axes of the dimensions that they index, and the other way round. */
  private spread({ array, indices }: Access): boolean {
    let changed = false;
    indices.forEach((index, dimension) => {
      const axes = this.dimensionOf(array, dimension);
      const given = this.program.parameters.includes(array);
      for (const iterator of this.iteratorsIn(index)) {
        if (merge(axes, iterator)) changed = true;
        if (!given && merge(iterator, axes)) changed = true;
      }
    });
    return changed;
  }

  /** A loop whose bounds name another iterator is a window along that iterator's axis. */
  private spreadLoop(statement: Statement): boolean {
    if (statement.kind !== 'for') return false;
    const inner = this.iterators.get(statement.iterator);
    if (inner === undefined) return false;
    let changed = false;
    for (const bound of [statement.from, statement.to]) {
      for (const outer of this.iteratorsIn(bound)) if (merge(inner, outer)) changed = true;
    }
    return changed;
  }

  private iteratorsIn(expression: Expression): readonly Set<AxisId>[] {
    return [...partsOf(expression)].flatMap((part) =>
      part.kind === 'symbol' ? (this.iterators.get(part.symbol) ?? []) : [],
    );
  }

  private findPinned(): ReadonlySet<AxisId> {
    const pinned = new Set<AxisId>();
    for (const { array, indices } of this.accesses) {
      if (!this.tables.has(array)) continue;
      for (const index of indices) {
        for (const axes of this.iteratorsIn(index)) axes.forEach((axis) => pinned.add(axis));
      }
    }
    for (const statement of this.statements) {
      if (statement.kind !== 'for-of') continue;
      this.iterators.get(statement.iterator)?.forEach((axis) => pinned.add(axis));
    }
    for (const block of this.blocks()) block.forEach((axis) => pinned.add(axis));
    let next = 0;
    for (const { shape, features } of this.program.interface.inputs) {
      for (const axis of shape.keys()) if (features !== undefined) pinned.add(next + axis);
      next += shape.length;
    }
    return pinned;
  }

  /** The axes of iterators that an index or a bound multiplies. */
  private blocks(): readonly ReadonlySet<AxisId>[] {
    const bounds = this.statements.flatMap((statement) =>
      statement.kind === 'for' ? [statement.from, statement.to] : [],
    );
    const indices = this.accesses.flatMap((access) => access.indices);
    return [...bounds, ...indices].flatMap((expression) =>
      [...partsOf(expression)].flatMap((part) => {
        if (part.kind !== 'binary' || part.operator !== '*') return [];
        const factors = [part.left, part.right].map((one) => (one.kind === 'number' ? one.value : 0)); // prettier-ignore
        return Math.max(...factors) > LARGEST_FACTOR ? this.iteratorsIn(part) : [];
      }),
    );
  }
}

function accessesOf(statement: Statement): readonly Access[] {
  const reads = expressionsOf(statement).flatMap((expression) =>
    [...partsOf(expression)].flatMap((part) => (part.kind === 'element' ? [part] : [])),
  );
  if (statement.kind !== 'assign') return reads;
  return [{ array: statement.symbol, indices: statement.indices }, ...reads];
}

/** Adds to `target` what `source` has; whether that changed it. */
function merge(source: ReadonlySet<AxisId>, target: Set<AxisId>): boolean {
  const before = target.size;
  for (const axis of source) target.add(axis);
  return target.size > before;
}
