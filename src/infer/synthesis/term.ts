/**
 * Terms: expressions together with their value in every state and their search cost. Built bottom-up;
 * nothing here decides what is worth building.
 *
 * Search costs are counted in half points. They are the costs of `cost.ts`, except that a literal over
 * a bit (`cell === 1`) counts as one short word, and that mixing cells with counts is charged extra.
 */
import type { BinaryOperator, Expression, MathFunction } from '../../ir/program.js';
import { constantCost, nodeCost, parenthesesCost } from '../cost.js';
import type { Bits } from './bits.js';
import { applyMath } from './math-functions.js';

/** Half points that a sum of a cell and a count costs extra; see `Grain`. */
const MIXING_PENALTY = 1;

/** What the numbers of a term stem from: cells (0 or 1), counts and other numbers, both, neither. */
type Grain = 'constant' | 'cell' | 'count' | 'mixed';

export interface BooleanTerm {
  readonly type: 'boolean';
  readonly expression: Expression;
  /** Search cost in half points. */
  readonly halves: number;
  readonly bits: Bits;
}

/** A number without its values. */
export interface NumberShape {
  readonly type: 'number';
  readonly expression: Expression;
  /** Search cost in half points. */
  readonly halves: number;
  readonly grain: Grain;
}

export interface NumberTerm extends NumberShape {
  readonly values: Float64Array;
}

/** Half points of the parentheses around an operand. */
export function wrapHalves(
  operator: BinaryOperator,
  strength: number,
  operand: Expression,
  right: boolean,
): number {
  return 2 * parenthesesCost(operator, strength, operand, right);
}

function own(expression: Expression): number {
  return Math.round(2 * nodeCost(expression));
}

export function constantHalves(value: number): number {
  return 2 * constantCost(value);
}

export function numberExpression(value: number): Expression {
  return { kind: 'number', value: value === 0 ? 0 : value };
}

export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

/** Every state has `value`. */
export function constantTerm(value: number, states: number): NumberTerm {
  const expression = numberExpression(value);
  const values = new Float64Array(states).fill(value);
  return { type: 'number', expression, halves: own(expression), values, grain: 'constant' };
}

/** `true` or `false` in every state; `full` holds all states. */
export function truthTerm(value: boolean, full: Bits): BooleanTerm {
  const bits = value ? full : new Uint32Array(full.length);
  return { type: 'boolean', expression: { kind: 'boolean', value }, halves: 1, bits };
}

/** `a && b`, `a || b`, `a === b` or `a !== b` of booleans; `full` holds all states. */
export function logic(
  operator: '&&' | '||' | '===' | '!==',
  a: BooleanTerm,
  b: BooleanTerm,
  full: Bits,
): BooleanTerm {
  const bits = new Uint32Array(full.length);
  logicInto(bits, operator, a.bits, b.bits, full);
  const expression = associate(operator, a.expression, b.expression);
  return { type: 'boolean', expression, halves: own(expression) + a.halves + b.halves, bits };
}

/** Writes the states of a logical operation to `out`. */
export function logicInto(
  out: Bits,
  operator: '&&' | '||' | '===' | '!==',
  a: Bits,
  b: Bits,
  full: Bits,
): void {
  switch (operator) {
    case '&&':
      for (let word = 0; word < out.length; word++) out[word] = a[word] & b[word];
      return;
    case '||':
      for (let word = 0; word < out.length; word++) out[word] = a[word] | b[word];
      return;
    case '!==':
      for (let word = 0; word < out.length; word++) out[word] = a[word] ^ b[word];
      return;
    case '===':
      for (let word = 0; word < out.length; word++) out[word] = ~(a[word] ^ b[word]) & full[word];
      return;
  }
}

/** Chains lean to the left, as they are printed: a && (b && c) is (a && b) && c. */
function associate(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  const chain = operator === '&&' || operator === '||' || operator === '+';
  if (chain && right.kind === 'binary' && right.operator === operator) {
    return binary(operator, associate(operator, left, right.left), right.right);
  }
  return binary(operator, left, right);
}

const OPPOSITE: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** `!a`, spelled as the opposite comparison where `a` is one. */
export function negation(a: BooleanTerm, full: Bits): BooleanTerm {
  const bits = new Uint32Array(full.length);
  for (let word = 0; word < bits.length; word++) bits[word] = full[word] & ~a.bits[word];
  const inner = a.expression;
  const opposite = inner.kind === 'binary' ? OPPOSITE[inner.operator] : undefined;
  if (inner.kind === 'binary' && opposite !== undefined) {
    const expression = binary(opposite, inner.left, inner.right);
    return { type: 'boolean', expression, halves: a.halves, bits };
  }
  if (inner.kind === 'unary') {
    return { type: 'boolean', expression: inner.operand, halves: a.halves - own(inner), bits };
  }
  const expression: Expression = { kind: 'unary', operator: '!', operand: inner };
  return { type: 'boolean', expression, halves: own(expression) + a.halves, bits };
}

/** `condition ? then : otherwise` of booleans. */
export function choice(
  condition: BooleanTerm,
  then: BooleanTerm,
  otherwise: BooleanTerm,
): BooleanTerm {
  const bits = new Uint32Array(condition.bits.length);
  for (let word = 0; word < bits.length; word++) {
    const mask = condition.bits[word];
    bits[word] = (mask & then.bits[word]) | (~mask & otherwise.bits[word]);
  }
  const { expression, halves } = conditional(condition, then, otherwise);
  return { type: 'boolean', expression, halves, bits };
}

/** `condition ? then : otherwise` of numbers. */
export function caseSplit(
  condition: BooleanTerm,
  then: NumberTerm,
  otherwise: NumberTerm,
): NumberTerm {
  const values = otherwise.values.slice();
  for (let state = 0; state < values.length; state++) {
    if (((condition.bits[state >>> 5] >>> (state & 31)) & 1) === 1) {
      values[state] = then.values[state];
    }
  }
  const grain = joinGrain(then.grain, otherwise.grain);
  return { type: 'number', ...conditional(condition, then, otherwise), values, grain };
}

function conditional(
  condition: BooleanTerm,
  then: BooleanTerm | NumberTerm,
  otherwise: BooleanTerm | NumberTerm,
): { expression: Expression; halves: number } {
  const expression: Expression = {
    kind: 'conditional',
    condition: condition.expression,
    then: then.expression,
    otherwise: otherwise.expression,
  };
  const halves = own(expression) + condition.halves + then.halves + otherwise.halves;
  return { expression, halves };
}

function joinGrain(a: Grain, b: Grain): Grain {
  if (a === 'constant' || a === b) return b;
  return b === 'constant' ? a : 'mixed';
}

/** Half points for writing cells and counts into one sum. */
export function mixingHalves(a: Grain, b: Grain): number {
  return a !== b && joinGrain(a, b) === 'mixed' && a !== 'mixed' && b !== 'mixed'
    ? MIXING_PENALTY
    : 0;
}

export type Arithmetic = '+' | '-' | '*';

/** `a + b`, `a - b` or `a * b`. */
export function arithmetic(operator: Arithmetic, a: NumberTerm, b: NumberTerm): NumberTerm {
  const values = new Float64Array(a.values.length);
  arithmeticInto(values, operator, a.values, b.values);
  return { ...arithmeticShape(operator, a, b), values };
}

/** The same without its values. */
export function arithmeticShape(operator: Arithmetic, a: NumberShape, b: NumberShape): NumberShape {
  const expression = associate(operator, a.expression, b.expression);
  const mixing = operator === '*' ? 0 : mixingHalves(a.grain, b.grain);
  const halves = own(expression) + a.halves + b.halves + mixing;
  return { type: 'number', expression, halves, grain: joinGrain(a.grain, b.grain) };
}

/** Writes the values of an arithmetic operation to `out`. */
export function arithmeticInto(
  out: Float64Array,
  operator: Arithmetic,
  a: Float64Array,
  b: Float64Array,
): void {
  switch (operator) {
    case '+':
      for (let state = 0; state < out.length; state++) out[state] = a[state] + b[state];
      return;
    case '-':
      for (let state = 0; state < out.length; state++) out[state] = a[state] - b[state];
      return;
    case '*':
      for (let state = 0; state < out.length; state++) out[state] = a[state] * b[state];
      return;
  }
}

/** Writes the values of a function of `Math` to `out`. */
export function mathInto(
  out: Float64Array,
  name: MathFunction,
  first: Float64Array,
  second: Float64Array,
): void {
  for (let state = 0; state < out.length; state++) {
    out[state] = applyMath(name, first[state], second[state]);
  }
}

/** `Math.abs` or `sign` of one term, `min` or `max` of two, without its values. */
export function mathShape(name: MathFunction, terms: readonly NumberShape[]): NumberShape {
  const expression: Expression = {
    kind: 'math',
    function: name,
    arguments: terms.map((term) => term.expression),
  };
  const halves = terms.reduce((sum, term) => sum + term.halves, own(expression));
  const grain = terms.map((term) => term.grain).reduce(joinGrain);
  return { type: 'number', expression, halves, grain };
}
