/**
 * The arithmetic of stages: real numbers, of which floats hold only some. A constant that no float holds
 * is the nearest float with a bound on its error; every other value is exact but for the slop of forms.
 */
import type { BinaryOperator, Helper, MathFunction } from '../../ir/program.js';
import { roundHalfEven } from '../../ir/stage-values.js';
import type { Context } from './context.js';
import { LIBRARY_ERROR, NO_GRID, productError, roundingOf, sumError } from './float.js';
import { FUNCTIONS, roundingAt } from './functions.js';
import { ceilOf, floorOf, remainder, roundHalfEvenOf, truncOf } from './integer-parts.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import {
  absolute,
  applied,
  dividedBy,
  ofAngle,
  ofCosine,
  ofDomain,
  quotient,
  signOf,
} from './operations.js';
import { powerOf } from './powers.js';
import { times } from './products.js';
import { exponential, logarithmOfSum, softmaxOf, softmaxQuotient } from './softmax.js';
import { Undecided } from './undecided.js';

/** The number within `err` of a float; the float itself where it is exact. */
function approximate(context: Context, value: number, err: number): Num | number {
  if (!Number.isFinite(value)) throw new Undecided('an arithmetic of infinite numbers');
  if (err === 0) return value;
  return withBounds(context.constant(value), value, value, NO_GRID, err);
}

/** left operator right, for the operators of arithmetic. */
export function realBinary(
  context: Context,
  operator: BinaryOperator,
  a: Num | number,
  b: Num | number,
): Num | number {
  if (typeof a === 'number' && typeof b === 'number') return ofConstants(context, operator, a, b);
  if ([a, b].some((one) => typeof one === 'number' && !Number.isFinite(one))) {
    throw new Undecided('an arithmetic of infinite numbers');
  }
  const lift = (value: Num | number) => (typeof value === 'number' ? context.constant(value) : value); // prettier-ignore
  switch (operator) {
    case '+':
      return combine(lift(a), 1, lift(b), 1, 0, false);
    case '-':
      return combine(lift(a), 1, lift(b), -1, 0, false);
    case '*':
      if (typeof a === 'number') return multiple(lift(b), a);
      return typeof b === 'number' ? multiple(a, b) : times(context, a, b);
    case '/':
      if (typeof b === 'number') return dividedBy(lift(a), nonZero(b), false);
      return softmaxQuotient(context, a, b, false) ?? quotient(context, lift(a), b);
    case '%':
      if (typeof b !== 'number') throw new Undecided('a remainder by what is no constant');
      return remainder(context, lift(a), nonZero(b));
    case '**':
      return powerOf(context, lift(a), b);
    default:
      throw new Undecided(`the operator ${operator} in a stage`);
  }
}

function multiple(a: Num, factor: number): Num | number {
  return factor === 0 ? 0 : combine(a, factor, undefined, 0, 0, false);
}

function nonZero(value: number): number {
  if (value === 0) throw new Undecided('a division by 0');
  return value;
}

function ofConstants(
  context: Context,
  operator: BinaryOperator,
  a: number,
  b: number,
): Num | number {
  switch (operator) {
    case '+':
      return approximate(context, a + b, sumError(a, b, a + b));
    case '-':
      return approximate(context, a - b, sumError(a, -b, a - b));
    case '*':
      return approximate(context, a * b, productError(a, b, a * b));
    case '/': {
      const value = a / nonZero(b);
      const isExact = value * b === a && productError(value, b, a) === 0;
      return approximate(context, value, isExact ? 0 : roundingOf(Math.abs(value)));
    }
    case '%':
      return approximate(context, a % nonZero(b), 0);
    case '**': {
      const value = a ** b;
      const isExact = Number.isSafeInteger(a) && Number.isSafeInteger(value) && b >= 0;
      return approximate(context, value, isExact ? 0 : roundingOf(Math.abs(value)) + Math.abs(value) * LIBRARY_ERROR); // prettier-ignore
    }
    default:
      throw new Undecided(`the operator ${operator} in a stage`);
  }
}

/** Functions of one number whose floats are exact for every float. */
const EXACT: ReadonlyMap<MathFunction, (x: number) => number> = new Map([
  ['abs', Math.abs],
  ['sign', Math.sign],
  ['floor', Math.floor],
  ['ceil', Math.ceil],
  ['trunc', Math.trunc],
]);

/** A function of Math of one number. */
export function realMath(context: Context, name: MathFunction, x: Num | number): Num | number {
  if (typeof x === 'number') {
    const exact = EXACT.get(name);
    return exact === undefined ? mathOfConstant(context, name, x) : exact(x);
  }
  switch (name) {
    case 'abs': return absolute(context, x);
    case 'sign': return signOf(context, x);
    case 'floor': return floorOf(context, x);
    case 'ceil': return ceilOf(context, x);
    case 'trunc': return truncOf(context, x);
    case 'exp': return exponential(context, x, false);
    case 'expm1':
    case 'tanh':
    case 'sinh':
    case 'cosh':
    case 'atan':
    case 'cbrt': return applied(context, name, [x]);
    case 'sin':
    case 'cos':
    case 'tan': return ofAngle(context, name, x);
    case 'asin':
    case 'acos': return ofCosine(context, name, x);
    case 'sqrt': return ofDomain(context, 'sqrt', x);
    case 'log': return logarithmOfSum(context, x, false) ?? ofDomain(context, 'log', x);
    case 'log1p': return logarithmOfSum(context, combine(x, 1, undefined, 0, 1, false), false) ?? ofDomain(context, 'log1p', x);
    default: throw new Undecided(`Math.${name} in a stage`);
  } // prettier-ignore
}

function mathOfConstant(context: Context, name: MathFunction, x: number): Num | number {
  const value = Math[name](x);
  // The only values that are known to be exact: f(0), log(1), acos(1), and roots that are floats.
  const isExact =
    name === 'sqrt'
      ? value * value === x && productError(value, value, x) === 0
      : x === (name === 'log' || name === 'acos' ? 1 : 0);
  const known = name in FUNCTIONS ? roundingAt(name as keyof typeof FUNCTIONS, Math.abs(value)) : Infinity; // prettier-ignore
  return approximate(context, value, isExact ? 0 : known);
}

/** A function that modules print themselves. */
export function realHelper(context: Context, name: Helper, x: Num | number): Num | number {
  const value = typeof x === 'number' ? context.constant(x) : x;
  switch (name) {
    case 'sigmoid': {
      const turned = combine(value, -1, undefined, 0, 0, false);
      return softmaxOf(context, [context.flatten(turned)], value.err);
    }
    case 'erf':
      return applied(context, 'erf', [value]);
    case 'roundHalfEven':
      return typeof x === 'number' ? roundHalfEven(x) : roundHalfEvenOf(context, x);
    case 'softmax':
    case 'dense':
      throw new Undecided(`${name} gives no value of one cell`);
  }
}
