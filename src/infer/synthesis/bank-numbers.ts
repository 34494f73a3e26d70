/**
 * The numeric half of the bank: sums, products, minima and the like in order of cost, one for each
 * column of values. Which combinations are worth a reader's time is decided here.
 */
import type { Expression, MathFunction } from '../../ir/program.js';
import { hashWords } from './bits.js';
import { KeyIndex } from './key-index.js';
import { describeEntry, halvesOf, type NumberEntry } from './number-entry.js';
import type { Space } from './space.js';
import {
  arithmeticInto,
  arithmeticShape,
  constantHalves,
  constantTerm,
  mathInto,
  mathShape,
  wrapHalves,
  type Arithmetic,
  type NumberShape,
  type NumberTerm,
} from './term.js';
import type { Work } from './work.js';

const MAX_NUMBERS = 1500;
/** Memory bound on the tables of numeric entries, in numbers. */
const MAX_NUMBER_CELLS = 3_000_000;

/** Half points that parentheses and mixed operands add to an arithmetic node at most. */
const MOST_EXTRA = 3;

export class BankNumbers {
  readonly entries: NumberEntry[] = [];
  capped = false;

  private readonly byLevel: NumberEntry[][] = [];
  /** For each level the place of its first entry. */
  private readonly starts: number[] = [];
  private readonly seen = new KeyIndex();
  private readonly constants: readonly NumberEntry[];
  private readonly clamps = new Map<number, NumberTerm>();
  /** By feature; −1: compounds. */
  private readonly cuts = new Map<number, readonly number[]>();
  private readonly limit: number;
  /** The values of the candidate that is looked at; only those that are new get a column of their own. */
  private readonly column: Float64Array;
  private readonly words: Uint32Array;
  private key = 0;

  constructor(
    private readonly space: Space,
    private readonly work: Work,
  ) {
    const { states } = space.problem;
    this.limit = Math.min(MAX_NUMBERS, Math.max(16, Math.floor(MAX_NUMBER_CELLS / states)));
    this.constants = space.constants.map((value) => {
      const term = constantTerm(value, states);
      return describeEntry(term, term.values, undefined);
    });
    this.column = new Float64Array(states);
    this.words = new Uint32Array(this.column.buffer);
  }

  /** Adds the entries that cost exactly `level` half points; lower levels are complete. */
  growLevel(level: number): void {
    this.byLevel[level] = [];
    this.starts[level] = this.entries.length;
    for (const { term, feature } of this.space.numbers) {
      if (term.halves !== level || this.stopped) continue;
      this.column.set(term.values);
      if (this.isNew()) this.keep(level, term, feature);
    }
    this.functions(level);
    for (const operator of ['-', '+', '*'] as const) this.sums(level, operator);
    this.withConstants(level);
    this.extremes(level);
  }

  /** The place of the first entry that costs at least as many half points; levels are complete below. */
  firstOf(halves: number): number {
    return halves <= 0 ? 0 : (this.starts.at(halves) ?? this.entries.length);
  }

  private get stopped(): boolean {
    if (this.entries.length >= this.limit) this.capped = true;
    return this.work.exhausted || this.entries.length >= this.limit;
  }

  /** Whether no entry has the values of the column, all zeros made positive. */
  private isNew(): boolean {
    const { column } = this;
    this.work.spend(1 + (column.length >>> 5));
    for (let state = 0; state < column.length; state++) column[state] += 0;
    this.key = hashWords(this.words, 7);
    return this.seen.get(this.key) < 0;
  }

  /** Keeps the term whose values the column holds, unless it belongs to another level. */
  private keep(level: number, term: NumberShape, feature?: number): void {
    if (term.halves !== level) return;
    this.seen.set(this.key, 0);
    const entry = describeEntry(term, this.column.slice(), feature);
    if (entry.distinct < 2) return;
    this.entries.push(entry);
    this.byLevel[level].push(entry);
  }

  private functions(level: number): void {
    for (const entry of this.byLevel[level - 3] ?? []) {
      if (entry.distinct < 3 || !entry.negative || !entry.positive) continue;
      this.offerMath(level, 'sign', entry);
      this.offerMath(level, 'abs', entry);
    }
    for (let wrap = 0; wrap <= 1; wrap++) {
      for (const entry of this.byLevel[level - 4 - wrap] ?? []) {
        if (wrapHalves('%', 6, entry.expression, false) !== wrap) continue;
        if (entry.distinct < 3 || entry.negative || !entry.integer) continue;
        if (this.stopped) return;
        const term = parity(entry);
        this.column.set(term.values);
        if (this.isNew()) this.keep(level, term);
      }
    }
  }

  private sums(level: number, operator: Arithmetic): void {
    const { entries } = this;
    const known = entries.length;
    for (let i = 0; i < known; i++) {
      if (entries[i].halves + 4 > level) break;
      const first = this.firstOf(level - MOST_EXTRA - 2 - entries[i].halves);
      for (let j = operator === '-' ? first : Math.max(first, i + 1); j < known; j++) {
        if (i === j) continue;
        if (entries[i].halves + entries[j].halves + 2 > level) break;
        // Chains lean to the left, where they need no parentheses.
        const turn = operator !== '-' && isChain(entries[j].expression, operator);
        const [a, b] = turn ? [entries[j], entries[i]] : [entries[i], entries[j]];
        if (halvesOf(operator, a, b) !== level) continue;
        if (this.stopped) return;
        this.offerArithmetic(level, operator, a, b);
      }
    }
  }

  private withConstants(level: number): void {
    const known = this.entries.length;
    for (let i = 0; i < known; i++) {
      const entry = this.entries[i];
      if (entry.halves + 4 > level) break;
      for (const constant of this.constants) {
        const value = constant.values[0];
        const sums = entry.halves + constant.halves + 2;
        if (sums > level || sums + MOST_EXTRA < level) continue;
        // A shifted or scaled number with two values is a case split in disguise.
        if (entry.distinct > 2 || entry.grain === 'cell') {
          this.offerExact(level, '-', entry, constant);
          this.offerExact(level, '+', entry, constant);
          this.offerExact(level, '-', constant, entry);
        }
        if (value !== 1) this.offerExact(level, '*', constant, entry);
      }
    }
  }

  private offerExact(level: number, operator: Arithmetic, a: NumberEntry, b: NumberEntry): void {
    if (this.stopped || halvesOf(operator, a, b) !== level) return;
    this.offerArithmetic(level, operator, a, b);
  }

  private offerArithmetic(
    level: number,
    operator: Arithmetic,
    a: NumberEntry,
    b: NumberEntry,
  ): void {
    arithmeticInto(this.column, operator, a.values, b.values);
    if (this.isNew()) this.keep(level, arithmeticShape(operator, a, b));
  }

  private offerMath(
    level: number,
    name: MathFunction,
    first: NumberTerm,
    second?: NumberTerm,
  ): void {
    if (this.stopped) return;
    mathInto(this.column, name, first.values, (second ?? first).values);
    if (!this.isNew()) return;
    this.keep(level, mathShape(name, second === undefined ? [first] : [first, second]));
  }

  private extremes(level: number): void {
    const { entries } = this;
    const known = entries.length;
    for (let i = 0; i < known; i++) {
      const entry = entries[i];
      if (entry.halves + 4 > level) break;
      if (entry.distinct < 3) continue;
      for (let j = Math.max(i + 1, this.firstOf(level - 3 - entry.halves)); j < known; j++) {
        if (entry.halves + entries[j].halves + 3 > level) break;
        if (entries[j].distinct < 3) continue;
        if (this.stopped) return;
        this.offerMath(level, 'min', entry, entries[j]);
        this.offerMath(level, 'max', entry, entries[j]);
      }
      for (const value of this.clampsOf(entry)) {
        if (entry.halves + constantHalves(value) + 3 !== level) continue;
        if (this.stopped) return;
        const constant = this.clamp(value);
        this.offerMath(level, 'max', constant, entry);
        this.offerMath(level, 'min', constant, entry);
      }
    }
  }

  private clamp(value: number): NumberTerm {
    const known = this.clamps.get(value);
    if (known !== undefined) return known;
    const constant = constantTerm(value, this.column.length);
    this.clamps.set(value, constant);
    return constant;
  }

  /** Constants at which a number may be cut off. */
  private clampsOf({ feature = -1 }: NumberEntry): readonly number[] {
    const known = this.cuts.get(feature);
    if (known !== undefined) return known;
    const breaks = feature < 0 ? [] : this.space.breaks[feature];
    const cuts = [...new Set([...breaks, ...this.space.labels, 0, 1])];
    this.cuts.set(feature, cuts);
    return cuts;
  }
}

function isChain(expression: Expression, operator: Arithmetic): boolean {
  return expression.kind === 'binary' && expression.operator === operator;
}

/** `entry % 2`, 0 or 1 for integers ≥ 0. */
function parity(entry: NumberEntry): NumberTerm {
  const two = constantTerm(2, 1);
  const expression: Expression = {
    kind: 'binary',
    operator: '%',
    left: entry.expression,
    right: two.expression,
  };
  const wrap = wrapHalves('%', 6, entry.expression, false);
  const values = entry.values.map((value) => value % 2);
  return { type: 'number', expression, halves: entry.halves + 4 + wrap, values, grain: 'count' };
}
