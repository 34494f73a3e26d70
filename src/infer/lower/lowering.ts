/**
 * Model → statements: every value becomes a constant, an array, or stands where it is read; sums
 * become accumulators, either local to their only reader or hoisted into arrays of their own. The
 * result is correct and plain; the passes make it short. Each array is written before it is read,
 * because writing it is what asks for the arrays it reads.
 */
import type { AxisAccess } from '../../ir/cluster.js';
import { sizeOf } from '../../ir/model-interface.js';
import {
  accumulate,
  allocate,
  and,
  assign,
  compare,
  conditional,
  constant,
  element,
  num,
  ref,
  symbol,
  variable,
} from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import { axesOfAccess } from '../positions.js';
import { axisNames, camelCase, hintOf, plural, singular, valueHint } from '../hints.js';
import type { Model, Reference, Value, ValueSource } from '../values.js';
import { extentsOf, isPoint } from '../values.js';
import { lowerBody } from './bodies.js';
import type { IndexLowering, Walk } from './indices.js';
import { indexExpression, indexRange } from './indices.js';
import type { LoopHead } from './loops.js';
import { accessLoop, fullLoop, nest } from './loops.js';
import { memberLoops } from './members.js';
import { RecurrenceLowering, signedWriter } from './recurrence.js';
import type { Uses } from './uses.js';
import { countUses, runAxes, sumKey } from './uses.js';

const FALLBACK_ITERATORS = ['i', 'j', 'k', 'l', 'm', 'n'];

/** The names of the iterators of some axes. */
export function iteratorHints(names: readonly (string | undefined)[]): readonly string[] {
  return names.map(
    (name, axis) => (name === undefined ? '' : camelCase(name)) || FALLBACK_ITERATORS[axis % 6],
  );
}

export class Lowering {
  /** Statements of `scores` so far, the result left out. */
  readonly top: Statement[] = [];
  readonly tables: Table[] = [];
  readonly parameters: readonly ProgramSymbol[];
  readonly uses: Uses;
  readonly indexing: IndexLowering = { lookup: (values, index) => this.lookup(values, index) };
  private readonly recurrences: RecurrenceLowering;
  private readonly scalars = new Map<number, Expression>();
  private readonly arrays = new Map<number, ProgramSymbol>();
  private readonly sums = new Map<string, ProgramSymbol>();
  private readonly lists = new Map<string, ProgramSymbol>();

  constructor(readonly model: Model) {
    this.parameters = model.interface.inputs.map((input) =>
      symbol(camelCase(input.name) || 'input', 'number', input.shape),
    );
    this.uses = countUses(model);
    this.recurrences = new RecurrenceLowering(this);
  }

  /** A module-level table of numbers. */
  addTable(hint: string, extents: readonly number[], values: Float64Array): ProgramSymbol {
    const table = symbol(hint, 'number', extents);
    this.tables.push({ symbol: table, values });
    return table;
  }

  private lookup(values: readonly number[], index: Expression): Expression {
    if (index.kind === 'number') return num(values[index.value]);
    const key = values.join();
    const known = this.lists.get(key);
    const list = known ?? this.addTable('positions', [values.length], Float64Array.from(values));
    this.lists.set(key, list);
    return element(list, index);
  }

  /** The value of a reference of `owner` whose iterators are `walks`; statements go to `out`. */
  reference(
    reference: Reference,
    owner: Value,
    walks: readonly Walk[],
    out: Statement[],
  ): Expression {
    if (isPoint(reference)) return this.point(reference, walks, out);
    if (this.uses.isHoisted(reference, owner)) return this.hoistedSum(reference, owner, walks);
    const sum = symbol(hintOf(this.model, reference, owner.axes));
    out.push(variable(sum, 0));
    this.accumulateInto(sum, [], 1, reference, walks, out);
    return ref(sum);
  }

  /** Whether a reference becomes an accumulator of its reader's own. */
  isLocalSum(reference: Reference, owner: Value): boolean {
    return !isPoint(reference) && !this.uses.isHoisted(reference, owner);
  }

  /** target[indices] += sign · Σ reference, as loops in `out`. */
  accumulateInto(
    target: ProgramSymbol,
    indices: readonly Expression[],
    sign: 1 | -1,
    reference: Reference,
    walks: readonly Walk[],
    out: Statement[],
  ): void {
    const { source } = reference;
    const extents = extentsOf(this.model, source);
    const hints = iteratorHints(axisNames(this.model, source));
    const heads: LoopHead[] = [];
    const positions = reference.accesses.map((access, axis) => {
      if (access.kind === 'at') return indexExpression(access.index, walks, this.indexing);
      const head = accessLoop(access, extents[axis], walks, hints[axis], this.indexing);
      heads.push(head);
      return ref(head.iterator);
    });
    const body: Statement[] = [];
    const guards = this.guards(reference, positions, walks, heads);
    const cell = this.cell(source, positions, body);
    const added = guards.length === 0 ? cell : conditional(and(...guards), cell, num(0));
    if (sign > 0) body.push(accumulate(target, indices, added));
    else body.push(assign(target, indices, '-=', added));
    out.push(...nest(heads, body));
  }

  private point(reference: Reference, walks: readonly Walk[], out: Statement[]): Expression {
    const positions = reference.accesses.map((access) =>
      access.kind === 'at' ? indexExpression(access.index, walks, this.indexing) : num(0),
    );
    const guards = this.guards(reference, positions, walks, []);
    const cell = this.cell(reference.source, positions, out);
    return guards.length === 0 ? cell : conditional(and(...guards), cell, num(0));
  }

  /** Conditions under which positions beyond a border do not count as zeros. */
  private guards(
    reference: Reference,
    positions: readonly Expression[],
    walks: readonly Walk[],
    heads: readonly LoopHead[],
  ): readonly Expression[] {
    const extents = extentsOf(this.model, reference.source);
    const guards: Expression[] = [];
    reference.accesses.forEach((access, axis) => {
      if (access.kind !== 'at') return;
      const [low, high] = indexRange(access.index, walks);
      if (low < 0) guards.push(compare('>=', positions[axis], num(0)));
      if (high >= extents[axis]) guards.push(compare('<', positions[axis], num(extents[axis])));
    });
    for (const head of heads) {
      if (head.mayUnderflow) guards.push(compare('>=', ref(head.iterator), num(0)));
    }
    return guards;
  }

  /** One cell of an input or of a value. */
  cell(source: ValueSource, positions: readonly Expression[], out: Statement[]): Expression {
    if (source.kind === 'input') return element(this.parameters[source.index], ...positions);
    const value = this.model.values[source.id];
    if (value.axes.length === 0) return this.scalar(source.id);
    if (!this.uses.isInlined(source.id)) return element(this.array(source.id), ...positions);
    const walks = positions.map((position, axis) => ({
      value: position,
      extent: value.axes[axis].extent,
    }));
    return lowerBody(this, value, walks, out);
  }

  /** The value of a lone gate, bound to a name at the top unless it is one already. */
  scalar(id: number): Expression {
    const known = this.scalars.get(id);
    if (known !== undefined) return known;
    const value = this.model.values[id];
    const body =
      value.recurrence === undefined
        ? lowerBody(this, value, [], this.top)
        : this.recurrences.final(value.recurrence);
    let bound = body;
    if (body.kind !== 'symbol' && body.kind !== 'number') {
      const name = symbol(valueHint(value));
      this.top.push(constant(name, body));
      bound = ref(name);
    }
    this.scalars.set(id, bound);
    return bound;
  }

  /** The array that holds a value at all its index points. */
  array(id: number): ProgramSymbol {
    const known = this.arrays.get(id);
    if (known !== undefined) return known;
    const value = this.model.values[id];
    if (value.recurrence !== undefined) return this.recurrences.array(value.recurrence);
    const extents = value.axes.map((axis) => axis.extent);
    const array = symbol(plural(valueHint(value)), 'number', extents);
    const heads = memberLoops(value);
    const indices = heads.map((head) => ref(head.iterator));
    const body: Statement[] = [];
    const walks = indices.map((index, axis) => ({ value: index, extent: extents[axis] }));
    const result = lowerBody(this, value, walks, body);
    body.push(assign(array, indices, '=', result));
    this.top.push(allocate(array, 0), ...nest(heads, body));
    this.arrays.set(id, array);
    return array;
  }

  /** Writes a value into `target` at positions given by its iterators (an output's array). */
  writeInto(
    target: ProgramSymbol,
    id: number,
    negated: boolean,
    place: (iterators: readonly Expression[]) => readonly Expression[],
  ): void {
    const value = this.model.values[id];
    const writer = signedWriter(target, negated, place);
    if (value.recurrence !== undefined && this.recurrences.writeInto(value.recurrence, writer)) {
      return;
    }
    const heads = memberLoops(value);
    const indices = heads.map((head) => ref(head.iterator));
    const body: Statement[] = [];
    const result = this.cell({ kind: 'value', id }, indices, body);
    const signed: Expression = negated ? { kind: 'unary', operator: '-', operand: result } : result;
    body.push(assign(target, place(indices), '=', signed));
    this.top.push(...nest(heads, body));
  }

  private hoistedSum(reference: Reference, owner: Value, walks: readonly Walk[]): Expression {
    const runs = runAxes(reference);
    const indices =
      runs.length > 0
        ? runs.map((axis) => walks[axis].value)
        : reference.accesses.flatMap((access) =>
            isMoving(access) && access.kind === 'at'
              ? [indexExpression(access.index, walks, this.indexing)]
              : [],
          );
    const key = sumKey(reference, owner);
    const sum = this.sums.get(key) ?? this.writeSum(reference, owner, runs);
    this.sums.set(key, sum);
    return element(sum, ...indices);
  }

  private writeSum(reference: Reference, owner: Value, runs: readonly number[]): ProgramSymbol {
    const hint = hintOf(this.model, reference, owner.axes);
    if (runs.length > 0) return this.writeRuns(reference, owner, runs, hint);
    const extents = extentsOf(this.model, reference.source);
    const hints = iteratorHints(axisNames(this.model, reference.source));
    const free: number[] = [];
    const loops: LoopHead[] = [];
    const positions = reference.accesses.map((access, axis) => {
      if (access.kind === 'at' && !isMoving(access)) {
        return indexExpression(access.index, [], this.indexing);
      }
      const isFree = access.kind === 'at';
      const head = isFree
        ? fullLoop(hints[axis], extents[axis])
        : accessLoop(access, extents[axis], [], hints[axis], this.indexing);
      if (isFree) free.push(axis);
      loops.push(head);
      return ref(head.iterator);
    });
    const target = symbol(
      free.length === 0 ? hint : plural(singular(hint)),
      'number',
      free.map((axis) => extents[axis]),
    );
    const body: Statement[] = [];
    const cell = this.cell(reference.source, positions, body);
    body.push(accumulate(target, free.map((axis) => positions[axis]), cell)); // prettier-ignore
    this.top.push(free.length === 0 ? variable(target, 0) : allocate(target, 0));
    this.top.push(...nest(loops, body));
    return target;
  }

  /** A sum whose runs move with the reader, for every index point of the iterators it depends on. */
  private writeRuns(
    reference: Reference,
    owner: Value,
    runs: readonly number[],
    hint: string,
  ): ProgramSymbol {
    const extents = runs.map((axis) => owner.axes[axis].extent);
    const hints = iteratorHints(owner.axes.map((axis) => axis.name));
    const heads = runs.map((axis) => fullLoop(hints[axis], owner.axes[axis].extent));
    const target = symbol(plural(singular(hint)), 'number', extents);
    const walks = owner.axes.map((axis, index) => {
      const run = runs.indexOf(index);
      return { value: run < 0 ? num(0) : ref(heads[run].iterator), extent: axis.extent };
    });
    const body: Statement[] = [];
    const indices = heads.map((head) => ref(head.iterator));
    this.accumulateInto(target, indices, 1, reference, walks, body);
    this.top.push(allocate(target, 0), ...nest(heads, body));
    return target;
  }

  /** A literal array's extents from flat cells; for tables of weights. */
  tableExtents(owner: Value, source: ValueSource): readonly number[] {
    return [...owner.axes.map((axis) => axis.extent), ...extentsOf(this.model, source)];
  }

  /** Number of cells of a source. */
  sizeOfSource(source: ValueSource): number {
    return sizeOf(extentsOf(this.model, source));
  }
}

function isMoving(access: AxisAccess): boolean {
  return axesOfAccess(access).length > 0;
}
