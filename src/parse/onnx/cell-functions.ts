/** Functions of one cell, as operators and as activations of recurrent ones, with their parameters. */
import {
  add,
  compare,
  conditional,
  divide,
  math,
  multiply,
  num,
} from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';

export type CellFunction = (cell: Expression) => Expression;

export function isNegative(cell: Expression): Expression {
  return compare('<', cell, num(0));
}

/** factor · (e^cell − 1) */
export function grown(factor: number, cell: Expression): Expression {
  return multiply(num(factor), math('expm1', cell));
}

/** The cell, or the end of [least, most] that it lies beyond. */
export function clamped(cell: Expression, least: number, most: number): Expression {
  return math('min', math('max', cell, num(least)), num(most));
}

export function relu(cell: Expression): Expression {
  return math('max', num(0), cell);
}

export function leakyRelu(slope: number): CellFunction {
  return (cell) => conditional(isNegative(cell), multiply(num(slope), cell), cell);
}

export function thresholdedRelu(threshold: number): CellFunction {
  return (cell) => conditional(compare('>', cell, num(threshold)), cell, num(0));
}

export function elu(factor: number): CellFunction {
  return (cell) => conditional(isNegative(cell), grown(factor, cell), cell);
}

export function hardSigmoid(slope: number, shift: number): CellFunction {
  return (cell) => clamped(affine(slope, shift)(cell), 0, 1);
}

export function affine(slope: number, shift: number): CellFunction {
  return (cell) => add(multiply(num(slope), cell), num(shift));
}

export function scaledTanh(factor: number, slope: number): CellFunction {
  return (cell) => multiply(num(factor), math('tanh', multiply(num(slope), cell)));
}

/** log(1 + e^x) without overflow: the larger of 0 and x, and what is left of it. */
export function softplus(cell: Expression): Expression {
  const rest = math('log1p', math('exp', multiply(num(-1), math('abs', cell))));
  return add(math('max', num(0), cell), rest);
}

export function softsign(cell: Expression): Expression {
  return divide(cell, add(num(1), math('abs', cell)));
}
