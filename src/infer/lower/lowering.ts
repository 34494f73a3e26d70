/**
 * Model → statements: every value becomes a constant, an array, or stands where it is read; sums
 * become accumulators, either local to their only reader or hoisted into arrays of their own. The
 * result is correct and plain; the passes make it short. Each array is written before it is read,
 * because writing it is what asks for the arrays it reads.
 */
import { sizeOf } from '../../ir/model-interface.js';
import {
  accumulate,
  allocate,
  allocateGrowing,
  and,
  append,
  assign,
  branch,
  conditional,
  constant,
  element,
  num,
  ref,
  symbol,
  variable,
} from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import { axisNames, camelCase, hintOf, plural, valueHint } from '../hints.js';
import type { Model, Reference, Value, ValueSource } from '../values.js';
import { extentsOf, isPoint } from '../values.js';
import { lowerBody } from './bodies.js';
import { HoistedSums } from './hoisted-sums.js';
import type { IndexLowering, Walk } from './indices.js';
import { IteratorFacts } from './linear.js';
import { nest } from './loops.js';
import type { MemberSet } from './member-set.js';
import { memberSetOf } from './member-set.js';
import { championArray, writeChampion } from './champions.js';
import { memberLoops } from './members.js';
import type { RegionPlan, RegionSource } from './regions.js';
import { planRegion } from './regions.js';
import { RecurrenceLowering, signedWriter } from './recurrence.js';
import type { Uses } from './uses.js';
import { countUses } from './uses.js';
import { hornerStep, isAlternating, weighted } from './weights.js';

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
  readonly indexing: IndexLowering = {
    facts: new IteratorFacts(),
    lookup: (values, index) => this.lookup(values, index),
  };
  private readonly recurrences: RecurrenceLowering;
  private readonly scalars = new Map<number, Expression>();
  private readonly arrays = new Map<number, ProgramSymbol>();
  readonly sums: HoistedSums;
  private readonly lists = new Map<string, ProgramSymbol>();
  private readonly memberSets = new Map<number, MemberSet | undefined>();
  private readonly flags = new Map<number, ProgramSymbol>();

  constructor(readonly model: Model) {
    this.parameters = model.interface.inputs.map((input) =>
      symbol(camelCase(input.name) || 'input', 'number', input.shape),
    );
    this.uses = countUses(model);
    this.recurrences = new RecurrenceLowering(this);
    this.sums = new HoistedSums(this);
  }

  /** A module-level table of numbers, of a layer that may have a name. */
  addTable(
    hint: string,
    extents: readonly number[],
    values: Float64Array,
    layer?: string,
  ): ProgramSymbol {
    const table = { ...symbol(hint, 'number', extents), ...(layer === undefined ? {} : { layer }) };
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
    if (this.uses.isHoisted(reference, owner)) return this.sums.read(reference, owner, walks);
    const sum = symbol(hintOf(this.model, reference, owner.axes));
    this.sumInto(sum, reference, walks, out);
    return ref(sum);
  }

  /** let target = start; target += each cell of the reference. */
  sumInto(
    target: ProgramSymbol,
    reference: Reference,
    walks: readonly Walk[],
    out: Statement[],
    start: Expression = num(0),
  ): void {
    out.push(variable(target, start));
    const fresh = start.kind === 'number' && start.value === 0;
    this.accumulateInto(target, [], 1, reference, walks, out, { fresh });
  }

  /** Whether a reference becomes an accumulator of its reader's own. */
  isLocalSum(reference: Reference, owner: Value): boolean {
    return !isPoint(reference) && !this.uses.isHoisted(reference, owner);
  }

  /**
   * target[indices] += sign · Σ reference, as loops in `out`. `fresh`: the target is a scalar, 0 before,
   * and takes nothing but this.
   */
  accumulateInto(
    target: ProgramSymbol,
    indices: readonly Expression[],
    sign: 1 | -1,
    reference: Reference,
    walks: readonly Walk[],
    out: Statement[],
    { fresh = false }: { readonly fresh?: boolean } = {},
  ): void {
    const { source, accesses, factors } = reference;
    const plan = planRegion(accesses, factors, this.regionSource(source), walks, this.indexing);
    this.addCells(target, indices, sign, source, plan, out, fresh);
  }

  /** The loops of a plan, adding every cell that it reads to the target. */
  addCells(
    target: ProgramSymbol,
    indices: readonly Expression[],
    sign: 1 | -1,
    source: ValueSource,
    plan: RegionPlan,
    out: Statement[],
    fresh = false,
  ): void {
    const body: Statement[] = [];
    let cell = this.cell(source, plan.positions, body);
    if (plan.weights.some(({ factor }) => isAlternating(factor)) && cell.kind !== 'element') {
      const name = symbol('value');
      body.push(constant(name, cell));
      cell = ref(name);
    }
    const horner = fresh && sign > 0 ? hornerStep(target, cell, plan) : undefined;
    const added = weighted(cell, plan.weights);
    body.push(
      horner ??
        (sign > 0 ? accumulate(target, indices, added) : assign(target, indices, '-=', added)),
    );
    out.push(...nest(plan.heads, guarded(plan.guards, body)));
  }

  /** What is read from a source, as the planner of loops needs it. */
  regionSource(source: ValueSource): RegionSource {
    const extents = extentsOf(this.model, source);
    const hints = iteratorHints(axisNames(this.model, source));
    if (source.kind === 'input') return { extents, hints, holesAreZero: true };
    const members = this.membersOf(source.id);
    return {
      extents,
      hints,
      ...(members === undefined ? {} : { members }),
      flags: () => this.flagsOf(source.id),
      holesAreZero: !this.uses.isInlined(source.id),
    };
  }

  private membersOf(id: number): MemberSet | undefined {
    if (!this.memberSets.has(id)) this.memberSets.set(id, memberSetOf(this.model.values[id]));
    return this.memberSets.get(id);
  }

  /** 1 for each member of a value, 0 for each hole. */
  private flagsOf(id: number): ProgramSymbol {
    const known = this.flags.get(id);
    if (known !== undefined) return known;
    const { axes, holes } = this.model.values[id];
    const extents = axes.map((axis) => axis.extent);
    const values = Float64Array.from({ length: sizeOf(extents) }, (_, rank) =>
      holes.has(rank) ? 0 : 1,
    );
    const table = this.addTable('members', extents, values);
    this.flags.set(id, table);
    return table;
  }

  private point(reference: Reference, walks: readonly Walk[], out: Statement[]): Expression {
    const { source, accesses, factors } = reference;
    const plan = planRegion(accesses, factors, this.regionSource(source), walks, this.indexing);
    if (and(...plan.guards).kind === 'boolean' && plan.guards.length > 0) return num(0);
    const cell = weighted(this.cell(source, plan.positions, out), plan.weights);
    return plan.guards.length === 0 ? cell : conditional(and(...plan.guards), cell, num(0));
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
      const name = symbol(valueHint(value, this.model));
      this.top.push(constant(name, body));
      bound = ref(name);
    }
    this.scalars.set(id, bound);
    return bound;
  }

  /** The array that holds a value at all its index points, called `word` if it is new. */
  array(id: number, word?: string): ProgramSymbol {
    const known = this.arrays.get(id);
    if (known !== undefined) return known;
    const value = this.model.values[id];
    if (value.recurrence !== undefined) return this.recurrences.array(value.recurrence);
    if (value.champion !== undefined) {
      const hint = word ?? plural(valueHint(value));
      const answers = championArray(this, value, value.champion, hint);
      this.arrays.set(id, answers);
      return answers;
    }
    const extents = value.axes.map((axis) => axis.extent);
    const array = symbol(word ?? plural(valueHint(value, this.model)), 'number', extents);
    const { heads, guards, positions } = this.membersLoop(id);
    const body: Statement[] = [];
    const walks = positions.map((index, axis) => ({ value: index, extent: extents[axis] }));
    const result = lowerBody(this, value, walks, body);
    body.push(assign(array, positions, '=', result));
    this.top.push(allocate(array, 0), ...nest(heads, guarded(guards, body)));
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
    if (value.champion !== undefined) {
      this.top.push(...writeChampion(this, value, value.champion, writer));
      return;
    }
    const { heads, guards, positions } = this.membersLoop(id);
    const body: Statement[] = [];
    const result = this.cell({ kind: 'value', id }, positions, body);
    const signed: Expression = negated ? { kind: 'unary', operator: '-', operand: result } : result;
    body.push(assign(target, place(positions), '=', signed));
    this.top.push(...nest(heads, guarded(guards, body)));
  }

  /**
   * The members of a value with holes as an array of their own, the axes walked in this order;
   * `undefined` where the bounds of a loop ask for another one.
   */
  collect(
    id: number,
    order: readonly number[],
    word: string | undefined,
  ): ProgramSymbol | undefined {
    const value = this.model.values[id];
    const bounds = this.membersOf(id)?.atLeastZero ?? [];
    const isTied = bounds.some(({ coefficients }) => coefficients.filter(Boolean).length > 1);
    if (isTied && order.some((axis, place) => axis !== place)) return undefined;
    const plan = this.membersLoop(id);
    const { guards, positions } = plan;
    const heads = order.map((axis) => plan.heads[axis]);
    const body: Statement[] = [];
    const result = this.cell({ kind: 'value', id }, positions, body);
    const members = sizeOf(value.axes.map((axis) => axis.extent)) - value.holes.size;
    const array = symbol(word ?? plural(valueHint(value, this.model)), 'number', [members]);
    body.push(append(array, result));
    this.top.push(allocateGrowing(array), ...nest(heads, guarded(guards, body)));
    return array;
  }

  private membersLoop(id: number): RegionPlan {
    const source = this.regionSource({ kind: 'value', id });
    return memberLoops(this.model.values[id], source, this.indexing);
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

/** Statements that only run where all conditions hold. */
export function guarded(
  guards: readonly Expression[],
  body: readonly Statement[],
): readonly Statement[] {
  const condition = and(...guards);
  if (condition.kind === 'boolean') return condition.value ? body : [];
  return [branch(condition, body)];
}
