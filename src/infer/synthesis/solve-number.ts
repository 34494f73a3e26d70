/**
 * Divide and conquer for numbers: find the cheapest term that equals the target on the states that
 * matter and is free elsewhere. Tried in turn: a constant, a bank entry, an affine fit, two values
 * under a condition, a product or sum with a bank entry, two terms that cover all states between
 * them, and a case split.
 */
import { bitsWhere, emptyBits, hashWords, type Bits } from './bits.js';
import { cleanNumber, fitAffine } from './affine.js';
import { affineTerm, type AffineAtom } from './affine-term.js';
import type { Bank } from './bank.js';
import type { NumberEntry } from './number-entry.js';
import { bestSplits } from './splits.js';
import { Shortlist } from './shortlist.js';
import type { BooleanSolver } from './solve-boolean.js';
import type { Space } from './space.js';
import {
  arithmetic,
  caseSplit,
  constantTerm,
  negation,
  type BooleanTerm,
  type NumberTerm,
} from './term.js';
import { ValueCounter } from './value-counter.js';
import type { Work } from './work.js';

/** Candidates kept for each form of composition. */
const WIDTH = 6;
/** Bank entries that take part in products, sums and covers may cost this many half points. */
const MAX_PART_HALVES = 12;

interface Memo {
  readonly term: NumberTerm | undefined;
  readonly limit: number;
}

/** One subproblem: `target` holds a value for every state, of which only `care` counts. */
export interface NumberGoal {
  readonly target: Float64Array;
  readonly care: Uint32Array;
}

/** Distinct target values on the states that matter, in order of first appearance. */
function valuesOn({ target, care }: NumberGoal): Map<number, number> {
  const counts = new Map<number, number>();
  for (const state of care) counts.set(target[state], (counts.get(target[state]) ?? 0) + 1);
  return counts;
}

export class NumberSolver {
  private readonly memo = new Map<string, Memo>();
  private readonly atoms: readonly AffineAtom[];

  constructor(
    private readonly space: Space,
    private readonly bank: Bank,
    private readonly work: Work,
    private readonly conditions: BooleanSolver,
  ) {
    this.atoms = affineAtoms(space);
  }

  /**
   * The cheapest term found of at most `limit` half points that meets the goal, composed at most
   * `depth` times; `undefined` when there is none.
   */
  solve(goal: NumberGoal, limit: number, depth: number): NumberTerm | undefined {
    if (limit < 1) return undefined;
    const key = this.keyOf(goal, depth);
    const known = this.memo.get(key);
    if (known !== undefined) {
      const { term } = known;
      if (term !== undefined && term.halves <= limit && this.meets(term, goal)) return term;
      if (known.limit >= limit) return undefined;
    }
    const term = this.search(goal, limit, depth);
    this.memo.set(key, { term, limit });
    return term;
  }

  private keyOf({ target, care }: NumberGoal, depth: number): string {
    const values = Float64Array.from(care, (state) => target[state] + 0);
    const words = new Uint32Array(values.buffer);
    return `${String(hashWords(words, depth + 1))} ${String(hashWords(care, 5))}`;
  }

  private meets(term: NumberTerm, { target, care }: NumberGoal): boolean {
    const { tolerance } = this.space;
    for (const state of care) {
      if (!(Math.abs(term.values[state] - target[state]) <= tolerance)) return false;
    }
    return true;
  }

  private search(goal: NumberGoal, limit: number, depth: number): NumberTerm | undefined {
    const states = goal.target.length;
    if (goal.care.length === 0) return constantTerm(0, states);
    const values = valuesOn(goal);
    let best: NumberTerm | undefined;
    let bound = limit;
    const keep = (term: NumberTerm | undefined): void => {
      if (term === undefined || term.halves > bound || !this.meets(term, goal)) return;
      best = term;
      bound = term.halves - 1;
    };
    keep(constantTerm(goal.target[goal.care[0]], states));
    if (values.size === 1) return best;
    keep(this.entryFor(goal, bound));
    keep(this.affine(goal));
    if (depth === 0) return best;
    if (values.size === 2)
      this.twoValues(
        goal,
        [...values.keys()].sort((a, b) => b - a),
        () => bound,
        depth,
        keep,
      );
    if (!this.work.exhausted) this.products(goal, values, () => bound, depth, keep);
    if (!this.work.exhausted) this.sums(goal, values, () => bound, depth, keep);
    if (!this.work.exhausted) this.covers(goal, values, () => bound, depth, keep);
    if (!this.work.exhausted) this.splits(goal, values, () => bound, depth, keep);
    return best;
  }

  private entryFor(goal: NumberGoal, limit: number): NumberTerm | undefined {
    let visited = 0;
    let found: NumberTerm | undefined;
    for (const entry of this.bank.numbers) {
      if (entry.halves > limit) break;
      visited++;
      if (!this.meets(entry, goal)) continue;
      found = entry;
      break;
    }
    this.work.spend(Math.ceil(visited / 8));
    return found;
  }

  private affine(goal: NumberGoal): NumberTerm | undefined {
    const { tolerance } = this.space;
    const states = goal.target.length;
    this.work.spend(1 + (goal.care.length >>> 3));
    const columns = this.atoms.map((atom) => atom.term.values);
    let best: NumberTerm | undefined;
    for (const [index, atom] of this.atoms.entries()) {
      const fit = fitAffine([columns[index]], goal.target, goal.care, tolerance);
      if (fit === undefined) continue;
      const term = affineTerm(fit, [atom], states);
      if (best === undefined || term.halves < best.halves) best = term;
    }
    if (best !== undefined) return best;
    const fit = fitAffine(columns, goal.target, goal.care, tolerance);
    return fit === undefined ? undefined : affineTerm(fit, this.atoms, states);
  }

  private statesWhere(goal: NumberGoal, holds: (state: number) => boolean): Bits {
    const bits = emptyBits(goal.target.length);
    for (const state of goal.care) if (holds(state)) bits[state >>> 5] |= 1 << (state & 31);
    return bits;
  }

  /** `condition ? high : low`. */
  private twoValues(
    goal: NumberGoal,
    values: readonly number[],
    bound: () => number,
    depth: number,
    keep: (term: NumberTerm | undefined) => void,
  ): void {
    const states = goal.target.length;
    const [first, second] = values.map((value) => constantTerm(value, states));
    const on = this.statesWhere(goal, (state) => goal.target[state] === values[0]);
    const off = this.statesWhere(goal, (state) => goal.target[state] !== values[0]);
    const fixed = first.halves + second.halves + 4;
    const condition = this.conditions.solve(on, off, bound() - fixed, depth);
    if (condition !== undefined) keep(caseSplit(condition, first, second));
    const opposite = this.conditions.solve(off, on, bound() - fixed, depth);
    if (opposite !== undefined) keep(caseSplit(opposite, second, first));
  }

  /** part * rest, the rest free where the part is 0. */
  private products(
    goal: NumberGoal,
    values: ReadonlyMap<number, number>,
    bound: () => number,
    depth: number,
    keep: (term: NumberTerm | undefined) => void,
  ): void {
    const list = new Shortlist<NumberEntry>(WIDTH);
    this.forParts(bound() - 4, (part) => {
      const count = this.countQuotients(goal, part, values.size);
      const gain = values.size - count;
      if (gain < 0 || (gain === 0 && !goal.care.some((state) => part.values[state] === 0))) return;
      list.offer(part, (gain === 0 ? 1 : gain) / (part.halves + 2));
    });
    for (const part of list.items()) {
      if (this.work.exhausted) return;
      const other = this.solve(quotient(goal, part), bound() - part.halves - 2, depth - 1);
      if (other === undefined) continue;
      const [left, right] = other.grain === 'constant' ? [other, part] : [part, other];
      keep(arithmetic('*', left, right));
    }
  }

  /** Distinct values of goal / part where the part is not 0; more than `limit` if it cannot divide. */
  private countQuotients(goal: NumberGoal, part: NumberEntry, limit: number): number {
    const counter = new ValueCounter(this.space.tolerance, limit);
    for (const state of goal.care) {
      const divisor = part.values[state];
      const value = goal.target[state];
      if (divisor === 0 && value !== 0) return limit + 1;
      if (divisor !== 0 && !counter.add(value / divisor)) return limit + 1;
    }
    return counter.count;
  }

  /** part ± rest, where that leaves fewer distinct values. */
  private sums(
    goal: NumberGoal,
    values: ReadonlyMap<number, number>,
    bound: () => number,
    depth: number,
    keep: (term: NumberTerm | undefined) => void,
  ): void {
    const list = new Shortlist<{ part: NumberEntry; sign: 1 | -1 }>(WIDTH);
    this.forParts(bound() - 4, (part) => {
      for (const sign of [1, -1] as const) {
        const counter = new ValueCounter(this.space.tolerance, values.size - 1);
        const fewer = goal.care.every((state) =>
          counter.add(goal.target[state] - sign * part.values[state]),
        );
        if (fewer) list.offer({ part, sign }, (values.size - counter.count) / (part.halves + 2));
      }
    });
    for (const { part, sign } of list.items()) {
      if (this.work.exhausted) return;
      const other = this.solve(remainder(goal, part, sign), bound() - part.halves - 2, depth - 1);
      if (other === undefined) continue;
      keep(sign === 1 ? arithmetic('+', part, other) : arithmetic('-', other, part));
    }
  }

  private forParts(limit: number, visit: (part: NumberEntry) => void): void {
    for (const part of this.bank.numbers) {
      if (part.halves > Math.min(limit, MAX_PART_HALVES) || this.work.exhausted) return;
      this.work.spend(2 + (part.values.length >>> 3));
      visit(part);
    }
  }

  /** Two terms, each right on some states, under a condition that is free where both are. */
  private covers(
    goal: NumberGoal,
    values: ReadonlyMap<number, number>,
    bound: () => number,
    depth: number,
    keep: (term: NumberTerm | undefined) => void,
  ): void {
    const list = new Shortlist<NumberTerm>(WIDTH);
    const consider = (term: NumberTerm): void => {
      let right = 0;
      for (const state of goal.care) if (this.equal(term, goal, state)) right++;
      if (right > 0) list.offer(term, right / (term.halves + 4));
    };
    const states = goal.target.length;
    for (const value of [...values.keys()].slice(0, 4 * WIDTH))
      consider(constantTerm(value, states));
    this.forParts(bound() - 6, consider);
    for (const first of list.items()) {
      if (this.work.exhausted) return;
      const rest = goal.care.filter((state) => !this.equal(first, goal, state));
      const room = bound() - first.halves - 4;
      const second = this.solve({ target: goal.target, care: rest }, room - 3, depth - 1);
      if (second === undefined) continue;
      const on = this.statesWhere(goal, (state) => !this.equal(second, goal, state));
      const off = this.statesWhere(goal, (state) => !this.equal(first, goal, state));
      const left = room - second.halves;
      const condition = this.conditions.solve(on, off, left, depth - 1);
      if (condition !== undefined) keep(caseSplit(condition, first, second));
      const opposite = this.conditions.solve(off, on, left, depth - 1);
      if (opposite !== undefined) keep(caseSplit(opposite, second, first));
    }
  }

  private equal(term: NumberTerm, goal: NumberGoal, state: number): boolean {
    return Math.abs(term.values[state] - goal.target[state]) <= this.space.tolerance;
  }

  private splits(
    goal: NumberGoal,
    values: ReadonlyMap<number, number>,
    bound: () => number,
    depth: number,
    keep: (term: NumberTerm | undefined) => void,
  ): void {
    const fits = (care: Uint32Array): boolean =>
      this.affine({ target: goal.target, care }) !== undefined;
    const conditions = bestSplits(goal, values.size, this.bank.booleans, WIDTH, fits, this.work);
    for (const condition of conditions) {
      if (this.work.exhausted) return;
      keep(this.split(condition, goal, bound(), depth));
    }
  }

  private split(
    condition: BooleanTerm,
    goal: NumberGoal,
    bound: number,
    depth: number,
  ): NumberTerm | undefined {
    const holds = (state: number): boolean =>
      ((condition.bits[state >>> 5] >>> (state & 31)) & 1) === 1;
    const room = bound - condition.halves - 4;
    const { target } = goal;
    const inside = { target, care: goal.care.filter(holds) };
    const then = this.solve(inside, room - 1, depth - 1);
    if (then === undefined) return undefined;
    const outside = { target, care: goal.care.filter((state) => !holds(state)) };
    const otherwise = this.solve(outside, room - then.halves, depth - 1);
    if (otherwise === undefined) return undefined;
    const term = caseSplit(condition, then, otherwise);
    // A nested case split reads better in the else branch.
    if (then.expression.kind !== 'conditional') return term;
    const turned = caseSplit(negation(condition, this.space.full), otherwise, then);
    return turned.halves < term.halves ? turned : term;
  }
}

/** goal / part; free where the part is 0. */
function quotient(goal: NumberGoal, part: NumberEntry): NumberGoal {
  const target = new Float64Array(goal.target.length);
  const care = goal.care.filter((state) => part.values[state] !== 0);
  for (const state of care) target[state] = cleanNumber(goal.target[state] / part.values[state]);
  return { target, care };
}

/** goal − sign · part. */
function remainder(goal: NumberGoal, part: NumberEntry, sign: 1 | -1): NumberGoal {
  const target = new Float64Array(goal.target.length);
  for (const state of goal.care) {
    target[state] = cleanNumber(goal.target[state] - sign * part.values[state]);
  }
  return { target, care: goal.care };
}

/** Numeric atoms, and booleans as 0 or 1. */
function affineAtoms(space: Space): AffineAtom[] {
  const { features } = space.problem;
  let literal = 0;
  const conditions = features.map((feature) => {
    if (feature.kind !== 'boolean' && feature.kind !== 'bit') return undefined;
    const condition = space.literals[literal];
    literal += 2;
    return feature.kind === 'boolean' ? condition : undefined;
  });
  return space.numbers.map((atom) => {
    const condition = conditions[atom.feature];
    return condition === undefined ? atom : { ...atom, condition };
  });
}

/** All states of a table as a goal. */
export function wholeGoal(target: Float64Array): NumberGoal {
  return { target, care: Uint32Array.from(target.keys()) };
}

/** The states where a 0/1 target is 1. */
export function onStates(target: Float64Array): Bits {
  return bitsWhere(target.length, (state) => target[state] === 1);
}
