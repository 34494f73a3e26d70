/**
 * Divide and conquer for conditions: find the cheapest term that is true on `on`, false on `off` and
 * free elsewhere. A bank entry may do; otherwise one is chosen as part of a conjunction, disjunction,
 * exclusive or, or case split, and what is left is a smaller problem with more freedom.
 */
import { areDisjoint, difference, hashWords, intersection, isEmpty, isSubset } from './bits.js';
import { countBits, countCommon, union, type Bits } from './bits.js';
import type { Bank } from './bank.js';
import { essentialFeatures, type Flips } from './flips.js';
import type { Space } from './space.js';
import { choice, logic, truthTerm, type BooleanTerm } from './term.js';
import { Shortlist } from './shortlist.js';
import type { Work } from './work.js';

/** Candidates kept for each form of composition. */
const WIDTH = 6;

/** Conditions of a case split may cost this many half points. */
const MAX_SPLIT_HALVES = 8;

interface Memo {
  readonly term: BooleanTerm | undefined;
  readonly limit: number;
}

/** Candidates for the ways to compose a term, from one scan of the bank. */
interface Scan {
  readonly leaf: BooleanTerm | undefined;
  readonly conjuncts: readonly BooleanTerm[];
  readonly disjuncts: readonly BooleanTerm[];
  readonly splits: readonly BooleanTerm[];
}

function entropy(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const total = a + b;
  return -(a * Math.log2(a / total) + b * Math.log2(b / total));
}

/** Cost of a comparison with a constant (`count > 0`), in half points, that may stand beside `!==`. */
const COMPARISON_HALVES = 6;

export class BooleanSolver {
  private readonly memo = new Map<number, Memo>();
  private readonly keyWords: Uint32Array;

  constructor(
    private readonly space: Space,
    private readonly bank: Bank,
    private readonly work: Work,
    private readonly flips: Flips,
  ) {
    this.keyWords = new Uint32Array(2 * space.full.length + 1);
  }

  /**
   * The cheapest term found of at most `limit` half points that holds `on` and excludes `off`, composed
   * at most `depth` times; `undefined` when there is none.
   */
  solve(on: Bits, off: Bits, limit: number, depth: number): BooleanTerm | undefined {
    if (limit < 1) return undefined;
    if (isEmpty(off)) return truthTerm(true, this.space.full);
    if (isEmpty(on)) return truthTerm(false, this.space.full);
    const key = this.keyOf(on, off, depth);
    const known = this.memo.get(key);
    if (known !== undefined) {
      const { term } = known;
      const fits = term !== undefined && isSubset(on, term.bits) && areDisjoint(off, term.bits);
      if (fits && term.halves <= limit) return term;
      if (known.limit >= limit) return undefined;
    }
    const term = this.search(on, off, limit, depth);
    this.memo.set(key, { term, limit });
    return term;
  }

  private keyOf(on: Bits, off: Bits, depth: number): number {
    this.keyWords.set(on, 0);
    this.keyWords.set(off, on.length);
    this.keyWords[2 * on.length] = depth;
    return hashWords(this.keyWords, 3);
  }

  private search(on: Bits, off: Bits, limit: number, depth: number): BooleanTerm | undefined {
    if (depth === 0) return this.leaf(on, off, limit);
    const scan = this.scan(on, off, limit);
    let best = scan.leaf;
    let bound = best === undefined ? limit : best.halves - 1;
    const keep = (term: BooleanTerm | undefined): void => {
      if (term === undefined || term.halves > bound) return;
      best = term;
      bound = term.halves - 1;
    };
    const { full } = this.space;
    for (const part of scan.conjuncts) {
      if (this.work.exhausted) return best;
      const rest = this.solve(on, intersection(off, part.bits), bound - part.halves - 2, depth - 1);
      if (rest !== undefined) keep(logic('&&', part, rest, full));
    }
    for (const part of scan.disjuncts) {
      if (this.work.exhausted) return best;
      const rest = this.solve(difference(on, part.bits), off, bound - part.halves - 2, depth - 1);
      if (rest !== undefined) keep(logic('||', part, rest, full));
    }
    this.exclusive(on, off, depth, () => bound, keep);
    for (const condition of [...scan.splits, ...this.simplest(on, off)]) {
      if (this.work.exhausted) return best;
      keep(this.split(condition, on, off, bound, depth));
    }
    return best;
  }

  /** literal !== rest; where all features are numbers, the simplest comparisons are the literals. */
  private exclusive(
    on: Bits,
    off: Bits,
    depth: number,
    bound: () => number,
    keep: (term: BooleanTerm | undefined) => void,
  ): void {
    const { literals, full } = this.space;
    const positive = literals.filter((_, index) => index % 2 === 0);
    const parts = positive.length > 0 ? positive : this.comparisons();
    for (const part of parts) {
      if (this.work.exhausted || bound() - part.halves - 3 < 2) return;
      const flippedOn = union(difference(on, part.bits), intersection(off, part.bits));
      const flippedOff = union(difference(off, part.bits), intersection(on, part.bits));
      const rest = this.solve(flippedOn, flippedOff, bound() - part.halves - 3, depth - 1);
      if (rest === undefined || rest.expression.kind === 'boolean') continue;
      keep(logic('!==', part, rest, full));
    }
  }

  private comparisons(): readonly BooleanTerm[] {
    const simple = this.bank.booleans.filter(
      ({ halves, expression }) =>
        halves <= COMPARISON_HALVES &&
        expression.kind === 'binary' &&
        expression.left.kind === 'symbol' &&
        expression.right.kind === 'number',
    );
    return simple.slice(0, WIDTH);
  }

  private split(
    condition: BooleanTerm,
    on: Bits,
    off: Bits,
    bound: number,
    depth: number,
  ): BooleanTerm | undefined {
    const room = bound - condition.halves - 4;
    if (room < 4) return undefined;
    const thenOn = intersection(on, condition.bits);
    const thenOff = intersection(off, condition.bits);
    const then = this.solve(thenOn, thenOff, room - 1, depth - 1);
    // A constant branch is a conjunction or disjunction, which has its own form.
    if (then === undefined || then.expression.kind === 'boolean') return undefined;
    const elseOn = difference(on, condition.bits);
    const elseOff = difference(off, condition.bits);
    const otherwise = this.solve(elseOn, elseOff, room - then.halves, depth - 1);
    if (otherwise === undefined || otherwise.expression.kind === 'boolean') return undefined;
    return choice(condition, then, otherwise);
  }

  /** The two literals whose cofactors depend on the fewest features. */
  private simplest(on: Bits, off: Bits): BooleanTerm[] {
    const { literals } = this.space;
    if (this.flips.count < 3) return [];
    const list = new Shortlist<BooleanTerm>(2);
    for (let index = 0; index < literals.length; index += 2) {
      const { bits } = literals[index];
      const needed =
        essentialFeatures(this.flips, intersection(on, bits), off, this.work) +
        essentialFeatures(this.flips, difference(on, bits), off, this.work);
      list.offer(literals[index], -needed);
    }
    return list.items();
  }

  /** The cheapest entry that holds `on` and excludes `off`. */
  private leaf(on: Bits, off: Bits, limit: number): BooleanTerm | undefined {
    const { booleans } = this.bank;
    let visited = 0;
    let leaf: BooleanTerm | undefined;
    while (leaf === undefined && visited < booleans.length) {
      const entry = booleans[visited];
      if (entry.halves > limit) break;
      visited++;
      if (isSubset(on, entry.bits) && areDisjoint(off, entry.bits)) leaf = entry;
    }
    this.work.spend(Math.ceil((visited * (2 + on.length)) / 16));
    return leaf;
  }

  private scan(on: Bits, off: Bits, limit: number): Scan {
    const onTotal = countBits(on);
    const offTotal = countBits(off);
    const before = entropy(onTotal, offTotal);
    const conjuncts = new Shortlist<BooleanTerm>(WIDTH);
    const disjuncts = new Shortlist<BooleanTerm>(WIDTH);
    const splits = new Shortlist<BooleanTerm>(WIDTH);
    const { booleans } = this.bank;
    let leaf: BooleanTerm | undefined;
    let visited = 0;
    for (const entry of booleans) {
      if (entry.halves > limit) break;
      visited++;
      const onIn = countCommon(on, entry.bits);
      const offIn = countCommon(off, entry.bits);
      if (onIn === onTotal && offIn === 0) {
        leaf = entry;
        break;
      }
      if (onIn === onTotal && offIn < offTotal) {
        conjuncts.offer(entry, (offTotal - offIn) / (entry.halves + 2));
      } else if (offIn === 0 && onIn > 0) {
        disjuncts.offer(entry, onIn / (entry.halves + 2));
      }
      if (entry.halves <= MAX_SPLIT_HALVES && onIn + offIn > 0) {
        const after = entropy(onIn, offIn) + entropy(onTotal - onIn, offTotal - offIn);
        if (before > after) splits.offer(entry, (before - after) / (entry.halves + 4));
      }
    }
    this.work.spend(Math.ceil((visited * (2 + on.length)) / 16));
    return {
      leaf,
      conjuncts: conjuncts.items(),
      disjuncts: disjuncts.items(),
      splits: splits.items(),
    };
  }
}
