/** Numeric entries of the bank: terms, and what the grammar asks of them again and again. */
import type { Expression } from '../../ir/program.js';
import type { Arithmetic, NumberShape, NumberTerm } from './term.js';
import { mixingHalves, wrapHalves } from './term.js';

export interface NumberEntry extends NumberTerm {
  /** Index of the feature that the entry is, if it is one. */
  readonly feature: number | undefined;
  /** Number of distinct values, counted up to 3. */
  readonly distinct: number;
  readonly negative: boolean;
  readonly positive: boolean;
  readonly integer: boolean;
  /** Half points of the parentheses around it as an operand, one bit for each operator and side. */
  readonly wraps: number;
}

/** Binding strengths. */
const STRENGTHS: Readonly<Record<Arithmetic, number>> = { '+': 5, '-': 5, '*': 6 };
/** Bits of `wraps` for an operand on the left; on the right it is the next. */
const WRAP_BITS: Readonly<Record<Arithmetic, number>> = { '+': 0, '-': 2, '*': 4 };

function wrapsOf(expression: Expression): number {
  let wraps = 0;
  for (const operator of ['+', '-', '*'] as const) {
    const bit = WRAP_BITS[operator];
    wraps |= wrapHalves(operator, STRENGTHS[operator], expression, false) << bit;
    wraps |= wrapHalves(operator, STRENGTHS[operator], expression, true) << (bit + 1);
  }
  return wraps;
}

/** An entry with these values. */
export function describeEntry(
  { type, expression, halves, grain }: NumberShape,
  values: Float64Array,
  feature: number | undefined,
): NumberEntry {
  const first = values[0];
  let second = first;
  let distinct = 1;
  let negative = false;
  let positive = false;
  let integer = true;
  for (let state = 0; state < values.length; state++) {
    const value = values[state];
    if (distinct === 1 && value !== first) {
      second = value;
      distinct = 2;
    } else if (distinct === 2 && value !== first && value !== second) distinct = 3;
    negative ||= value < 0;
    positive ||= value > 0;
    integer &&= Number.isInteger(value);
  }
  const wraps = wrapsOf(expression);
  // Property by property: copying whole objects costs more than all of the above.
  return {
    type, expression, halves, values, grain, feature, distinct, negative, positive, integer, wraps,
  }; // prettier-ignore
}

/** Cost of an arithmetic node from its parts, without building it. */
export function halvesOf(operator: Arithmetic, a: NumberEntry, b: NumberEntry): number {
  const bit = WRAP_BITS[operator];
  const wraps = ((a.wraps >> bit) & 1) + ((b.wraps >> (bit + 1)) & 1);
  const mixing = operator === '*' ? 0 : mixingHalves(a.grain, b.grain);
  return a.halves + b.halves + 2 + wraps + mixing;
}
