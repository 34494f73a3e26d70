/**
 * The bank: all expressions of the grammar in order of cost, one for each behaviour on the states
 * (observational equivalence). Level h holds what costs h half points; a level is made of lower ones.
 *
 *   b ::= literal | n op constant | n op n | !b | b && b | b || b | b === b | b !== b
 *   n ::= feature | n ± n | n * n | n ± constant | constant − n | constant * n
 *       | min max (n, n or constant) | abs n | sign n | n % 2
 *
 * Typing rules keep out what a reader would stumble over: no cells inside comparisons with counts, no
 * constant ∘ constant, no E ∘ E, no functions of numbers with two values (those are conditions).
 */
import type { BinaryOperator, Expression } from '../../ir/program.js';
import { hashWords, isEmpty, type Bits } from './bits.js';
import { compareInto, type Comparison } from './compare-columns.js';
import { KeyIndex } from './key-index.js';
import { BankNumbers } from './bank-numbers.js';
import type { NumberEntry } from './number-entry.js';
import type { Space } from './space.js';
import { comparedConstants } from './space.js';
import {
  binary,
  constantHalves,
  logicInto,
  numberExpression,
  wrapHalves,
  type BooleanTerm,
} from './term.js';
import type { Work } from './work.js';

/** Memory bound on the tables of boolean entries, in words. */
const MAX_BOOLEAN_WORDS = 4_000_000;
const MAX_BOOLEANS = 40_000;

/** Half points of parentheses, and of the longest constant: a negative real. */
const WRAP_HALVES = 1;
const MOST_CONSTANT_HALVES = 4;

/** Half points that comparing a cell with a count costs extra, unless one region holds the other. */
const CELL_COMPARISON_PENALTY = 4;

type Logic = '&&' | '||' | '===' | '!==';

/** A candidate whose parentheses make it dearer than its parts say. */
interface Pending {
  readonly operator: Logic;
  readonly left: BooleanTerm;
  readonly right: BooleanTerm;
}

const COMPARISONS = ['===', '>=', '<=', '>', '<', '!=='] as const;
/** Between two numbers a strict comparison reads best; where they never meet it comes first. */
const PAIR_COMPARISONS = ['===', '>', '<', '>=', '<=', '!=='] as const;

const LOGIC: readonly { operator: Logic; strength: number; halves: number }[] = [
  { operator: '&&', strength: 2, halves: 2 },
  { operator: '||', strength: 1, halves: 2 },
  { operator: '!==', strength: 3, halves: 3 },
  { operator: '===', strength: 3, halves: 3 },
];

function operatorOf(expression: Expression): BinaryOperator | undefined {
  return expression.kind === 'binary' ? expression.operator : undefined;
}

export class Bank {
  /** In order of cost, then of construction. */
  readonly booleans: BooleanTerm[] = [];
  /** Highest level of which everything was enumerated, in half points. */
  exhausted = 0;
  /** True when a size limit cut a level short. */
  capped = false;

  private readonly arithmetic: BankNumbers;
  private readonly byLevel: BooleanTerm[][] = [];
  /** Places in `booleans` by behaviour. */
  private readonly seen = new KeyIndex();
  private readonly pending: Pending[][] = [];
  private readonly compared = new Map<NumberEntry, readonly number[]>();
  private readonly scratch: Bits;
  /** One number in every state. */
  private readonly constant: Float64Array;
  private readonly maxBooleans: number;

  constructor(
    private readonly space: Space,
    private readonly work: Work,
  ) {
    this.arithmetic = new BankNumbers(space, work);
    this.scratch = new Uint32Array(space.full.length);
    this.constant = new Float64Array(space.problem.states);
    this.maxBooleans = Math.min(
      MAX_BOOLEANS,
      Math.floor(MAX_BOOLEAN_WORDS / Math.max(1, space.full.length)),
    );
  }

  /** Numeric entries in order of cost, then of construction. */
  get numbers(): readonly NumberEntry[] {
    return this.arithmetic.entries;
  }

  /** The cheapest entry with exactly this behaviour, if any (by hash: check the result). */
  find(bits: Bits): BooleanTerm | undefined {
    const place = this.seen.get(hashWords(bits));
    return place < 0 ? undefined : this.booleans[place];
  }

  /** Enumerates the levels up to `level` half points, or until the work is used up. */
  grow(level: number): void {
    while (this.exhausted < level) {
      const next = this.exhausted + 1;
      this.byLevel[next] ??= [];
      this.arithmetic.growLevel(next);
      this.atoms(next);
      this.comparisonsWithConstants(next);
      this.comparisons(next);
      this.connectives(next);
      if (this.work.exhausted) {
        this.capped = true;
        return;
      }
      this.capped ||= this.arithmetic.capped;
      this.exhausted = next;
    }
  }

  private get stopped(): boolean {
    if (this.booleans.length >= this.maxBooleans) this.capped = true;
    return this.work.exhausted || this.booleans.length >= this.maxBooleans;
  }

  private offer(level: number, bits: Bits, make: () => Expression): void {
    this.work.spend(1 + (bits.length >>> 4));
    const key = hashWords(bits);
    if (this.seen.get(key) >= 0 || isEmpty(bits)) return;
    const term: BooleanTerm = {
      type: 'boolean',
      expression: make(),
      halves: level,
      bits: bits.slice(),
    };
    this.seen.set(key, this.booleans.length);
    this.booleans.push(term);
    this.byLevel[level].push(term);
  }

  private atoms(level: number): void {
    for (const literal of this.space.literals) {
      if (literal.halves === level) this.offer(level, literal.bits, () => literal.expression);
    }
    for (const { left, right, operator } of this.pending[level] ?? []) {
      if (this.stopped) return;
      this.offerLogic(level, operator, left, right);
    }
  }

  private comparisonsWithConstants(level: number): void {
    const compared: { entry: NumberEntry; constant: number }[] = [];
    const first = this.arithmetic.firstOf(level - 2 - MOST_CONSTANT_HALVES - WRAP_HALVES);
    for (let i = first; i < this.numbers.length; i++) {
      const entry = this.numbers[i];
      if (entry.halves + 3 > level) break;
      if (entry.grain === 'cell' || entry.grain === 'mixed') continue;
      const own = entry.halves + 2 + wrapHalves('>', 4, entry.expression, false);
      for (const constant of this.constantsFor(entry)) {
        if (own + constantHalves(constant) === level) compared.push({ entry, constant });
      }
    }
    for (const operator of COMPARISONS) {
      for (const { entry, constant } of compared) {
        if (this.stopped) return;
        // A number with two values is compared by === only; its opposite is the other value.
        if (entry.distinct <= 2 && operator !== '===') continue;
        this.offerComparison(level, operator, entry, constant);
      }
    }
  }

  /** What an entry is compared with: break points of a feature, values of a compound. */
  private constantsFor(entry: NumberEntry): readonly number[] {
    if (entry.feature !== undefined) return this.space.breaks[entry.feature];
    const known = this.compared.get(entry);
    if (known !== undefined) return known;
    const constants = comparedConstants(entry.values);
    this.compared.set(entry, constants);
    return constants;
  }

  private offerComparison(
    level: number,
    operator: Comparison,
    entry: NumberEntry,
    constant: number,
  ): void {
    const { values } = entry;
    compareInto(this.scratch, operator, values, this.constant.fill(constant), this.space.full);
    this.work.spend(values.length >>> 6);
    this.offer(level, this.scratch, () =>
      binary(operator, entry.expression, numberExpression(constant)),
    );
  }

  /** Extra half points of a comparison between two numbers; `undefined` where it is not allowed. */
  private comparisonPenalty(
    operator: Comparison,
    a: NumberEntry,
    b: NumberEntry,
  ): number | undefined {
    if (a.grain === 'mixed' || b.grain === 'mixed') return undefined;
    // `m > n * m` and `n < Math.min(1, m)` are riddles; `n === 0 && m > 0` says the same.
    if (isRiddle(a.expression) || isRiddle(b.expression)) return undefined;
    if (a.grain !== 'cell' && b.grain !== 'cell') return 0;
    if (a.feature === undefined || b.feature === undefined) return undefined;
    if (a.grain === b.grain) return operator === '===' || operator === '!==' ? 0 : undefined;
    const [cell, count] = a.grain === 'cell' ? [a, b] : [b, a];
    const nested = cell.values.every((value, state) => value <= count.values[state]);
    return nested ? 0 : CELL_COMPARISON_PENALTY;
  }

  private comparisons(level: number): void {
    const { numbers } = this;
    for (const operator of PAIR_COMPARISONS) {
      for (let i = 0; i < numbers.length; i++) {
        const a = numbers[i];
        if (a.halves + 4 > level) break;
        const extra = CELL_COMPARISON_PENALTY + 2 * WRAP_HALVES;
        const first = this.arithmetic.firstOf(level - extra - 2 - a.halves);
        for (let j = Math.max(first, i + 1); j < numbers.length; j++) {
          const b = numbers[j];
          if (a.halves + b.halves + 2 > level) break;
          const penalty = this.comparisonPenalty(operator, a, b);
          if (penalty === undefined) continue;
          const wrap =
            wrapHalves('>', 4, a.expression, false) + wrapHalves('>', 4, b.expression, true);
          if (a.halves + b.halves + 2 + penalty + wrap !== level) continue;
          if (this.stopped) return;
          this.compareNumbers(level, operator, a, b);
        }
      }
    }
  }

  private compareNumbers(
    level: number,
    operator: Comparison,
    a: NumberEntry,
    b: NumberEntry,
  ): void {
    compareInto(this.scratch, operator, a.values, b.values, this.space.full);
    this.work.spend(a.values.length >>> 6);
    this.offer(level, this.scratch, () => binary(operator, a.expression, b.expression));
  }

  private connectives(level: number): void {
    for (const { operator, strength, halves } of LOGIC) {
      for (let low = 1; 2 * low + halves <= level; low++) {
        const high = level - halves - low;
        if (high < low) break;
        this.pairs(level, operator, strength, low, high);
        if (this.stopped) return;
      }
    }
    // Literals and comparisons have their opposites; only compounds are negated as a whole.
    for (const inner of this.byLevel[level - 2] ?? []) {
      const operator = operatorOf(inner.expression);
      if (operator !== '&&' && operator !== '||') continue;
      for (let word = 0; word < this.scratch.length; word++) {
        this.scratch[word] = this.space.full[word] & ~inner.bits[word];
      }
      this.offer(level, this.scratch, () => ({
        kind: 'unary',
        operator: '!',
        operand: inner.expression,
      }));
    }
  }

  private pairs(level: number, operator: Logic, strength: number, low: number, high: number): void {
    const lows = this.byLevel[low] ?? [];
    const highs = this.byLevel[high] ?? [];
    for (let i = 0; i < lows.length; i++) {
      const chained = operatorOf(lows[i].expression) === operator;
      for (let j = low === high ? i + 1 : 0; j < highs.length; j++) {
        let left = lows[i];
        let right = highs[j];
        if (operatorOf(right.expression) === operator) {
          // Chains lean to the left; two chains would be found in another grouping.
          if (chained) continue;
          [left, right] = [right, left];
        }
        const wrap =
          wrapHalves(operator, strength, left.expression, false) +
          wrapHalves(operator, strength, right.expression, true);
        if (wrap > 0) {
          (this.pending[level + wrap] ??= []).push({ operator, left, right });
          continue;
        }
        if (this.stopped) return;
        this.offerLogic(level, operator, left, right);
      }
    }
  }

  private offerLogic(level: number, operator: Logic, left: BooleanTerm, right: BooleanTerm): void {
    logicInto(this.scratch, operator, left.bits, right.bits, this.space.full);
    this.offer(level, this.scratch, () => binary(operator, left.expression, right.expression));
  }
}

/** A product of two things that vary, or the lesser or greater of something and a constant. */
function isRiddle(expression: Expression): boolean {
  if (expression.kind === 'math') {
    return expression.arguments.length > 1 && expression.arguments.some(isNumber);
  }
  if (expression.kind !== 'binary' || expression.operator !== '*') return false;
  return !isNumber(expression.left) && !isNumber(expression.right);
}

function isNumber({ kind }: Expression): boolean {
  return kind === 'number';
}
