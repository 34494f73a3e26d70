/**
 * Formulas for complete Boolean tables by decomposition: a group of variables that matters only
 * through one bit becomes a variable of its own (disjoint-support decomposition, R. L. Ashenhurst,
 * The decomposition of switching functions, 1957); what has no such group is expanded by the variable
 * that gives the cheapest formula (Shannon's x ? f1 : f0, or Davio's f0 !== (x && d) on few variables).
 */
import type { Bits } from './bits.js';
import { choice, logic, negation, truthTerm, type BooleanTerm } from './term.js';
import type { Work } from './work.js';

/** More variables make too many subfunctions: 3^n of them. */
export const MAX_DECOMPOSED_FEATURES = 9;
/** Davio's difference is a new function each time, so it is tried on few variables only. */
const MAX_DAVIO_VARIABLES = 4;

/** A Boolean function of some variables: bit i of a row's index is the value of `variables[i]`. */
interface Table {
  readonly variables: readonly number[];
  readonly values: Uint8Array;
}

/** The table with variable number `place` fixed to `bit`. */
function cofactor({ variables, values }: Table, place: number, bit: 0 | 1): Table {
  const low = (1 << place) - 1;
  const half = new Uint8Array(values.length / 2);
  for (let row = 0; row < half.length; row++) {
    half[row] = values[((row & ~low) << 1) | (bit << place) | (row & low)];
  }
  return { variables: variables.filter((_, index) => index !== place), values: half };
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  for (let row = 0; row < a.length; row++) if (a[row] !== b[row]) return false;
  return true;
}

/** The table on the variables that it depends on. */
function withoutIrrelevant(table: Table): Table {
  let reduced = table;
  for (let place = table.variables.length - 1; place >= 0; place--) {
    const zero = cofactor(reduced, place, 0);
    if (isEqual(zero.values, cofactor(reduced, place, 1).values)) reduced = zero;
  }
  return reduced;
}

/** Row index with the bits of `packed` spread over the places set in `mask`. */
function spread(packed: number, mask: number): number {
  let row = 0;
  let next = packed;
  for (let place = 0; mask >>> place !== 0; place++) {
    if (((mask >>> place) & 1) === 0) continue;
    row |= (next & 1) << place;
    next >>>= 1;
  }
  return row;
}

/** A split f(x) = outer(inner(x in group), other x); the inner bit is the outer's last variable. */
interface Split {
  readonly inner: Table;
  readonly outer: Uint8Array;
  readonly others: readonly number[];
}

/** The split for a group given as a mask of places, if the group matters through one bit only. */
function splitBy(table: Table, mask: number): Split | undefined {
  const size = table.variables.length;
  const rest = ((1 << size) - 1) & ~mask;
  const groupRows = 1 << table.variables.filter((_, place) => ((mask >>> place) & 1) === 1).length;
  const otherRows = table.values.length / groupRows;
  const others = Array.from({ length: otherRows }, (_, row) => spread(row, rest));
  const patternOf = (row: number): boolean[] =>
    others.map((other) => table.values[row | other] === 1);
  const first = patternOf(0);
  let second: boolean[] | undefined;
  const inner = new Uint8Array(groupRows);
  const matches = (row: number, pattern: readonly boolean[]): boolean =>
    others.every((other, index) => (table.values[row | other] === 1) === pattern[index]);
  for (let packed = 1; packed < groupRows; packed++) {
    const row = spread(packed, mask);
    if (matches(row, first)) continue;
    second ??= patternOf(row);
    if (!matches(row, second)) return undefined;
    inner[packed] = 1;
  }
  if (second === undefined) return undefined;
  const pick = (wanted: number): number[] =>
    table.variables.filter((_, place) => ((mask >>> place) & 1) === wanted);
  return {
    inner: { variables: pick(1), values: inner },
    outer: Uint8Array.from([...first, ...second], Number),
    others: pick(0),
  };
}

function population(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Cheapest of several terms; the first at a tie. */
function cheapest(terms: readonly BooleanTerm[]): BooleanTerm {
  return terms.reduce((best, term) => (term.halves < best.halves ? term : best));
}

export class Decomposer {
  private readonly variables: BooleanTerm[];
  private readonly memo = new Map<string, BooleanTerm>();

  /**
   * `literals`: the positive literals, one for each variable of the tables to come; `full`: all states;
   * `known`: a cheaper term for a behaviour, if there is one.
   */
  constructor(
    literals: readonly BooleanTerm[],
    private readonly full: Bits,
    private readonly known: (bits: Bits) => BooleanTerm | undefined,
    private readonly work: Work,
  ) {
    this.variables = [...literals];
  }

  /**
   * A formula of the function whose value at row r (bit i: variable i) is `values[r]`; `undefined` when
   * the work ran out.
   */
  express(values: Uint8Array): BooleanTerm | undefined {
    return this.formula({ variables: [...this.variables.keys()], values });
  }

  private formula(whole: Table): BooleanTerm | undefined {
    const table = withoutIrrelevant(whole);
    const { variables, values } = table;
    this.work.spend(1 + (whole.values.length >>> 3));
    if (this.work.exhausted) return undefined;
    if (variables.length === 0) return truthTerm(values[0] === 1, this.full);
    const key = `${variables.join()}:${values.join('')}`;
    const before = this.memo.get(key);
    if (before !== undefined) return before;
    const found = this.build(table);
    if (found === undefined) return undefined;
    const shorter = this.known(found.bits);
    const term = shorter !== undefined && shorter.halves <= found.halves ? shorter : found;
    this.memo.set(key, term);
    return term;
  }

  private build(table: Table): BooleanTerm | undefined {
    const { variables, values } = table;
    const last = this.variables[variables[0]];
    if (variables.length === 1) return values[1] === 1 ? last : negation(last, this.full);
    const split = this.findSplit(table);
    if (split === undefined) return this.expand(table);
    const inner = this.formula(split.inner);
    if (inner === undefined) return undefined;
    if (split.others.length === 1) return this.pair(inner, split);
    this.variables.push(inner);
    return this.formula({
      variables: [...split.others, this.variables.length - 1],
      values: split.outer,
    });
  }

  /** Groups of two first: they are the innermost parts of a formula. */
  private findSplit(table: Table): Split | undefined {
    const size = table.variables.length;
    for (let count = 2; count < size; count++) {
      for (let mask = 3; mask < 1 << size; mask++) {
        if (population(mask) !== count) continue;
        this.work.spend(1);
        const split = splitBy(table, mask);
        if (split !== undefined) return split;
      }
    }
    // Of two variables each is a group of its own.
    return size === 2 ? splitBy(table, 2) : undefined;
  }

  /** A function of one variable and one inner bit: and, or, exclusive or. */
  private pair(inner: BooleanTerm, { outer, others }: Split): BooleanTerm {
    const variable = this.variables[others[0]];
    const ones = outer.reduce((sum, value) => sum + value, 0);
    if (ones === 2) {
      const operator = outer[0] === 1 ? '===' : '!==';
      return logic(operator, variable, inner, this.full);
    }
    // One row differs from the three others: conjunction of the literals that hold there, or its dual.
    const row = outer.indexOf(ones === 1 ? 1 : 0);
    const literal = (term: BooleanTerm, bit: number): BooleanTerm =>
      bit === (ones === 1 ? 1 : 0) ? term : negation(term, this.full);
    return logic(
      ones === 1 ? '&&' : '||',
      literal(variable, row & 1),
      literal(inner, row >>> 1),
      this.full,
    );
  }

  private expand(table: Table): BooleanTerm | undefined {
    const terms: BooleanTerm[] = [];
    for (const [place, variable] of table.variables.entries()) {
      const zero = cofactor(table, place, 0);
      const one = cofactor(table, place, 1);
      const otherwise = this.formula(zero);
      const then = this.formula(one);
      if (then === undefined || otherwise === undefined) return undefined;
      const condition = this.variables[variable];
      terms.push(choice(condition, then, otherwise));
      terms.push(choice(negation(condition, this.full), otherwise, then));
      if (table.variables.length > MAX_DAVIO_VARIABLES) continue;
      const difference = this.formula({
        variables: zero.variables,
        values: zero.values.map((value, row) => value ^ one.values[row]),
      });
      if (difference === undefined) return undefined;
      const changed = logic('&&', condition, difference, this.full);
      const kept = logic('&&', negation(condition, this.full), difference, this.full);
      terms.push(logic('!==', otherwise, changed, this.full), logic('!==', then, kept, this.full));
    }
    return cheapest(terms);
  }
}
