/**
 * The numeric half of the bank: sums, products, minima and the like in order of cost, one for each
 * column of values. Which combinations are worth a reader's time is decided here.
 */
import type { Expression } from '../../ir/program.js';
import { hashWords } from './bits.js';
import type { Space } from './space.js';
import {
  arithmetic,
  constantHalves,
  constantTerm,
  mathTerm,
  mixingHalves,
  wrapHalves,
  type Arithmetic,
  type NumberTerm,
} from './term.js';
import type { Work } from './work.js';

const MAX_NUMBERS = 1500;
/** Memory bound on the tables of numeric entries, in numbers. */
const MAX_NUMBER_CELLS = 3_000_000;

export interface NumberEntry extends NumberTerm {
  /** Index of the feature that the entry is, if it is one. */
  readonly feature: number | undefined;
  /** Number of distinct values, counted up to 3. */
  readonly distinct: number;
  readonly negative: boolean;
  readonly positive: boolean;
  readonly integer: boolean;
}

function describe(term: NumberTerm, feature: number | undefined): NumberEntry {
  const { values } = term;
  const first = values[0];
  let second = first;
  let distinct = 1;
  let negative = false;
  let positive = false;
  let integer = true;
  for (const value of values) {
    if (distinct === 1 && value !== first) {
      second = value;
      distinct = 2;
    } else if (distinct === 2 && value !== first && value !== second) distinct = 3;
    negative ||= value < 0;
    positive ||= value > 0;
    integer &&= Number.isInteger(value);
  }
  return { ...term, feature, distinct, negative, positive, integer };
}

const STRENGTHS: Record<Arithmetic, number> = { '+': 5, '-': 5, '*': 6 };

export class BankNumbers {
  readonly entries: NumberEntry[] = [];
  capped = false;

  private readonly byLevel: NumberEntry[][] = [];
  private readonly seen = new Set<number>();
  private readonly constants: readonly NumberTerm[];
  private readonly limit: number;

  constructor(
    private readonly space: Space,
    private readonly work: Work,
  ) {
    const { states } = space.problem;
    this.limit = Math.min(MAX_NUMBERS, Math.max(16, Math.floor(MAX_NUMBER_CELLS / states)));
    this.constants = space.constants.map((value) => constantTerm(value, states));
  }

  /** Adds the entries that cost exactly `level` half points; lower levels are complete. */
  growLevel(level: number): void {
    this.byLevel[level] = [];
    for (const { term, feature } of this.space.numbers) {
      if (term.halves === level) this.offer(level, term, feature);
    }
    this.functions(level);
    for (const operator of ['-', '+', '*'] as const) this.sums(level, operator);
    this.withConstants(level);
    this.extremes(level);
  }

  private get stopped(): boolean {
    if (this.entries.length >= this.limit) this.capped = true;
    return this.work.exhausted || this.entries.length >= this.limit;
  }

  private offer(level: number, term: NumberTerm, feature?: number): void {
    if (this.stopped) return;
    this.work.spend(1 + (term.values.length >>> 5));
    if (term.halves !== level) return;
    const values = term.values.map((value) => value + 0);
    const key = hashWords(new Uint32Array(values.buffer), 7);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const entry = describe({ ...term, values }, feature);
    if (entry.distinct < 2) return;
    this.entries.push(entry);
    this.byLevel[level].push(entry);
  }

  private functions(level: number): void {
    for (const entry of this.byLevel[level - 3] ?? []) {
      if (entry.distinct < 3 || !entry.negative || !entry.positive) continue;
      this.offer(level, mathTerm('sign', entry));
      this.offer(level, mathTerm('abs', entry));
    }
    for (let wrap = 0; wrap <= 1; wrap++) {
      for (const entry of this.byLevel[level - 4 - wrap] ?? []) {
        if (wrapHalves('%', 6, entry.expression, false) !== wrap) continue;
        if (entry.distinct < 3 || entry.negative || !entry.integer) continue;
        this.offer(level, parity(entry));
      }
    }
  }

  /** Cost of an arithmetic node from its parts, without building it. */
  private halves(operator: Arithmetic, a: NumberTerm, b: NumberTerm): number {
    const strength = STRENGTHS[operator];
    return (
      a.halves +
      b.halves +
      2 +
      wrapHalves(operator, strength, a.expression, false) +
      wrapHalves(operator, strength, b.expression, true) +
      (operator === '*' ? 0 : mixingHalves(a.grain, b.grain))
    );
  }

  private sums(level: number, operator: Arithmetic): void {
    const { entries } = this;
    const known = entries.length;
    for (let i = 0; i < known; i++) {
      if (entries[i].halves + 4 > level) break;
      for (let j = 0; j < known; j++) {
        if (i === j || (operator !== '-' && j < i)) continue;
        const sum = entries[i].halves + entries[j].halves + 2;
        if (sum > level) break;
        if (sum + 3 < level) continue;
        // Chains lean to the left, where they need no parentheses.
        const turn = operator !== '-' && isChain(entries[j].expression, operator);
        const [a, b] = turn ? [entries[j], entries[i]] : [entries[i], entries[j]];
        if (this.halves(operator, a, b) !== level) continue;
        if (this.stopped) return;
        this.offer(level, arithmetic(operator, a, b));
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
        if (sums > level || sums + 3 < level) continue;
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

  private offerExact(level: number, operator: Arithmetic, a: NumberTerm, b: NumberTerm): void {
    if (this.stopped || this.halves(operator, a, b) !== level) return;
    this.offer(level, arithmetic(operator, a, b));
  }

  private extremes(level: number): void {
    const { entries } = this;
    const known = entries.length;
    for (let i = 0; i < known; i++) {
      const entry = entries[i];
      if (entry.halves + 4 > level) break;
      if (entry.distinct < 3) continue;
      for (let j = i + 1; j < known; j++) {
        const sum = entry.halves + entries[j].halves + 3;
        if (sum > level) break;
        if (sum !== level || entries[j].distinct < 3) continue;
        if (this.stopped) return;
        this.offer(level, mathTerm('min', entry, entries[j]));
        this.offer(level, mathTerm('max', entry, entries[j]));
      }
      for (const value of this.clampsOf(entry)) {
        if (entry.halves + constantHalves(value) + 3 !== level) continue;
        if (this.stopped) return;
        const constant = constantTerm(value, entry.values.length);
        this.offer(level, mathTerm('max', constant, entry));
        this.offer(level, mathTerm('min', constant, entry));
      }
    }
  }

  /** Constants at which a number may be cut off. */
  private clampsOf(entry: NumberEntry): readonly number[] {
    const breaks = entry.feature === undefined ? [] : this.space.breaks[entry.feature];
    return [...new Set([...breaks, ...this.space.labels, 0, 1])];
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
