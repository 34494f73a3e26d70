/**
 * Positions as expressions: an index expression over a value's iterators becomes arithmetic on the
 * expressions that stand for them, kept within non-negative numbers where a remainder is taken.
 */
import type { IndexExpression } from '../../ir/cluster.js';
import { add, multiply, num, remainder, subtract } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { axesOfIndex } from '../positions.js';

/** An iterator of the value being lowered: the expression for it, and how far it runs. */
export interface Walk {
  readonly value: Expression;
  readonly extent: number;
}

export interface IndexLowering {
  /** array[index] of a constant list of positions. */
  readonly lookup: (values: readonly number[], index: Expression) => Expression;
}

/** Smallest and largest position over all iterators. */
export function indexRange(
  index: IndexExpression,
  walks: readonly Walk[],
): readonly [low: number, high: number] {
  if (index.kind === 'lookup') return [Math.min(...index.values), Math.max(...index.values)];
  const [low, high] = affineRange(index.constant, index.coefficients, walks);
  if (index.modulus === undefined || (low >= 0 && high < index.modulus)) return [low, high];
  return [0, index.modulus - 1];
}

function affineRange(
  constant: number,
  coefficients: readonly number[],
  walks: readonly Walk[],
): readonly [number, number] {
  let [low, high] = [constant, constant];
  coefficients.forEach((coefficient, axis) => {
    if (coefficient === 0) return;
    const reach = coefficient * (walks[axis].extent - 1);
    low += Math.min(0, reach);
    high += Math.max(0, reach);
  });
  return [low, high];
}

/** The position as an expression. */
export function indexExpression(
  index: IndexExpression,
  walks: readonly Walk[],
  lowering: IndexLowering,
): Expression {
  if (index.kind === 'lookup') return lowering.lookup(index.values, walks[index.axis].value);
  const { coefficients, modulus } = index;
  let { constant } = index;
  if (modulus !== undefined) {
    const [low] = affineRange(constant, coefficients, walks);
    if (low < 0) constant += modulus * Math.ceil(-low / modulus);
    else constant -= modulus * Math.floor(low / modulus);
  }
  const used = axesOfIndex(index);
  const rising = used.filter((axis) => coefficients[axis] > 0);
  const falling = used.filter((axis) => coefficients[axis] < 0);
  const leading = rising.length === 0 && falling.length > 0;
  let sum = leading ? num(constant) : num(0);
  for (const axis of rising) {
    sum = add(sum, multiply(num(coefficients[axis]), walks[axis].value));
  }
  for (const axis of falling) {
    sum = subtract(sum, multiply(num(-coefficients[axis]), walks[axis].value));
  }
  if (!leading) sum = add(sum, num(constant));
  const [, high] = affineRange(constant, coefficients, walks);
  return modulus === undefined || high < modulus ? sum : remainder(sum, num(modulus));
}
