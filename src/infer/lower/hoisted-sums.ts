/**
 * Sums that are computed once, ahead of their readers: in an array indexed by the position that moves
 * with the reader, by the reader's iterators where runs move, or in a scalar. Sums of one value that
 * their only reader adds and subtracts at the same index share an array:
 *
 *   wins[i] += c; losses[j] += c; … wins[i] - losses[i]   →   balance[i] += c; balance[j] -= c; …
 */
import { allocate, and, conditional, element, num, ref, symbol, variable } from '../../ir/program-builders.js'; // prettier-ignore
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { hintOf, plural, singular } from '../hints.js';
import type { GateTerm, Reference, Value } from '../values.js';
import { extentsOf } from '../values.js';
import type { Walk } from './indices.js';
import { indexForm } from './indices.js';
import { atLeastZero, constantForm, formExpression, plus, shifted } from './linear.js';
import { fullLoop, nest } from './loops.js';
import type { Lowering } from './lowering.js';
import { iteratorHints } from './lowering.js';
import { planRegion } from './regions.js';
import { isFree, runAxes, sumKey } from './uses.js';

export class HoistedSums {
  private readonly sums = new Map<string, ProgramSymbol>();

  constructor(private readonly lowering: Lowering) {}

  /** The sum at a reader's index point; its array is written when it is first read. */
  read(reference: Reference, owner: Value, walks: readonly Walk[]): Expression {
    const key = sumKey(reference, owner);
    const runs = runAxes(reference);
    const sum = this.sums.get(key) ?? this.write(reference, owner, runs);
    this.sums.set(key, sum);
    if (runs.length > 0) return element(sum, ...runs.map((axis) => walks[axis].value));
    return this.readAt(sum, reference, walks);
  }

  /**
   * Groups of hoisted terms that can share an array: of one value, read by this owner only, with ± one
   * coefficient, at one index.
   */
  balancesOf(terms: readonly GateTerm[], owner: Value): readonly (readonly GateTerm[])[] {
    const { uses } = this.lowering;
    const groups = new Map<string, GateTerm[]>();
    for (const term of terms) {
      const { reference, coefficient } = term;
      if (!uses.isHoisted(reference, owner) || uses.isShared(reference, owner)) continue;
      const free = reference.accesses.filter(isFree);
      if (free.length === 0 || runAxes(reference).length > 0) continue;
      const key = JSON.stringify([
        reference.source,
        Math.abs(coefficient),
        free,
        this.shapeOf(reference),
      ]);
      groups.set(key, [...(groups.get(key) ?? []), term]);
    }
    return [...groups.values()].filter((group) => group.length > 1);
  }

  /** The sum of ± the terms' references at a reader's index point, in an array of this name. */
  readBalance(terms: readonly GateTerm[], hint: string, walks: readonly Walk[]): Expression {
    const [{ reference }] = terms;
    const target = symbol(plural(singular(hint)), 'number', this.shapeOf(reference));
    this.lowering.top.push(allocate(target, 0));
    for (const term of terms) this.addFree(target, term.coefficient > 0 ? 1 : -1, term.reference);
    return this.readAt(target, reference, walks);
  }

  /** The extents of the array that holds a sum for each of its free positions. */
  private shapeOf({ source, accesses }: Reference): readonly number[] {
    const extents = extentsOf(this.lowering.model, source);
    return extents.filter((_, axis) => isFree(accesses[axis]));
  }

  /** The sum at the reader's positions, 0 beyond a border. */
  private readAt(sum: ProgramSymbol, reference: Reference, walks: readonly Walk[]): Expression {
    const { indexing, model } = this.lowering;
    const guards: Expression[] = [];
    const extents = extentsOf(model, reference.source);
    const indices = reference.accesses.flatMap((access, axis) => {
      if (!isFree(access)) return [];
      const form = indexForm(access.index, walks, indexing);
      const beyond = shifted(plus(constantForm(extents[axis]), form, -1), -1);
      for (const inside of [form, beyond]) {
        if (!indexing.facts.isNonNegative(inside)) guards.push(atLeastZero(inside));
      }
      return [formExpression(form)];
    });
    const cell = element(sum, ...indices);
    return guards.length === 0 ? cell : conditional(and(...guards), cell, num(0));
  }

  private write(reference: Reference, owner: Value, runs: readonly number[]): ProgramSymbol {
    const hint = hintOf(this.lowering.model, reference, owner.axes);
    if (runs.length > 0) return this.writeRuns(reference, owner, runs, hint);
    const shape = this.shapeOf(reference);
    const target = symbol(shape.length === 0 ? hint : plural(singular(hint)), 'number', shape);
    this.lowering.top.push(shape.length === 0 ? variable(target, 0) : allocate(target, 0));
    this.addFree(target, 1, reference);
    return target;
  }

  /** target[free positions] += sign · the cells of a reference, for all of its free positions. */
  private addFree(target: ProgramSymbol, sign: 1 | -1, reference: Reference): void {
    const { indexing, top } = this.lowering;
    const { source, accesses, factors } = reference;
    const all = accesses.map((access) => (isFree(access) ? ({ kind: 'all' } as const) : access));
    const plan = planRegion(all, factors, this.lowering.regionSource(source), [], indexing);
    const indices = plan.positions.filter((_, axis) => isFree(accesses[axis]));
    const out: Statement[] = [];
    this.lowering.addCells(target, indices, sign, source, plan, out, indices.length === 0);
    top.push(...out);
  }

  /** A sum whose runs move with the reader, for every index point of the iterators it depends on. */
  private writeRuns(
    reference: Reference,
    owner: Value,
    runs: readonly number[],
    hint: string,
  ): ProgramSymbol {
    const { indexing, top } = this.lowering;
    const extents = runs.map((axis) => owner.axes[axis].extent);
    const hints = iteratorHints(owner.axes.map((axis) => axis.name));
    const heads = runs.map((axis) =>
      fullLoop(hints[axis], owner.axes[axis].extent, indexing.facts),
    );
    const target = symbol(plural(singular(hint)), 'number', extents);
    const walks = owner.axes.map((axis, index) => {
      const run = runs.indexOf(index);
      return { value: run < 0 ? num(0) : ref(heads[run].iterator), extent: axis.extent };
    });
    const body: Statement[] = [];
    const indices = heads.map((head) => ref(head.iterator));
    this.lowering.accumulateInto(target, indices, 1, reference, walks, body);
    top.push(allocate(target, 0), ...nest(heads, body));
    return target;
  }
}
