/**
 * Formula → sum of products of atoms. Two formulas with the same sum are equal wherever both have a
 * value; what has different sums may still be equal.
 */
import { operatorOf } from '../operators/index.js';
import { isSlot } from '../operators/slots.js';
import type { Formula } from '../formula.js';
import {
  areSameSums,
  atomSum,
  factorTerm,
  internAtom,
  keyOfTerm,
  numberOf,
  numberSum,
} from './algebra.js';
import type { Algebra, Sum } from './algebra.js';
import { divideExactly } from './division.js';
import { applyFunction, compareSums } from './functions.js';
import { multiplySums, powerOfSum } from './products.js';
import { isNonNegative } from './signs.js';
import { addSums, scaleSum } from './sums.js';

/** The exponents of the operators that are powers. */
const POWERS: Readonly<Record<string, number>> = { square: 2, cube: 3, sqrt: 0.5 };

/**
 * The formula as a sum, in the atoms of `algebra`; `undefined` where a part of it has no value anywhere.
 * The work is bounded by the algebra's budget; a formula of n nodes costs at least n steps.
 */
export function normalFormOf(algebra: Algebra, formula: Formula): Sum | undefined {
  const sum = sumOf(algebra, formula);
  return algebra.isUndefined ? undefined : sum;
}

function sumOf(algebra: Algebra, formula: Formula): Sum {
  if (formula.kind === 'constant') return numberSum(algebra, formula.value);
  if (formula.kind === 'variable') {
    const { index } = formula;
    return [factorTerm(internAtom(algebra, { name: 'variable', index, arguments: [] }), 1)];
  }
  const parts = formula.arguments.map((part) => sumOf(algebra, part));
  return algebra.isUndefined ? [] : sumOfCall(algebra, formula.operator, parts);
}

function sumOfCall(algebra: Algebra, operator: string, parts: readonly Sum[]): Sum {
  const [a, b] = parts;
  switch (operator) {
    case '+':
      return addSums(algebra, a, b);
    case '-':
      return addSums(algebra, a, scaleSum(algebra, b, -1));
    case 'neg':
      return scaleSum(algebra, a, -1);
    case '*':
      return multiplySums(algebra, a, b);
    case '/':
      return divideSums(algebra, a, b);
    case 'pow':
      return powerOf(algebra, a, b);
    case 'min':
    case 'max':
      return extreme(algebra, operator, a, b);
    case 'cond':
      return conditional(algebra, parts);
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
      return compareSums(algebra, operator, a, b);
    default:
      return isSlot(operator) ? atomSum(algebra, operator, ...parts) : unary(algebra, operator, a);
  }
}

function unary(algebra: Algebra, name: string, sum: Sum): Sum {
  if (name in POWERS) return powerOfSum(algebra, sum, POWERS[name]);
  const number = numberOf(sum);
  if (number === undefined) return applyFunction(algebra, name, sum);
  const operator = operatorOf(name);
  return numberSum(algebra, operator.arity === 1 ? operator.value(number) : NaN);
}

/** The quotient; what divides the other without remainder is gone from both. */
function divideSums(algebra: Algebra, a: Sum, b: Sum): Sum {
  if (a.length > 0 && b.length > 1) {
    const quotient = divideExactly(algebra, a, b);
    if (quotient !== undefined) return quotient;
    const inverse = a.length > 1 ? divideExactly(algebra, b, a) : undefined;
    if (inverse !== undefined) return powerOfSum(algebra, inverse, -1);
  }
  return multiplySums(algebra, a, powerOfSum(algebra, b, -1));
}

/** The power of sums: c^y = exp(y·log c), and x^y likewise where x is known not to be negative. */
function powerOf(algebra: Algebra, base: Sum, exponent: Sum): Sum {
  const power = numberOf(exponent);
  if (power !== undefined) return powerOfSum(algebra, base, power);
  if (numberOf(base) === 1) return base;
  const isPositive = base.length > 0 && isNonNegative(algebra, base);
  if (!algebra.options.isCanonical || !isPositive) return atomSum(algebra, 'pow', base, exponent);
  const number = numberOf(base);
  const logarithm =
    number === undefined
      ? applyFunction(algebra, 'log', base)
      : numberSum(algebra, Math.log(number));
  return applyFunction(algebra, 'exp', multiplySums(algebra, exponent, logarithm));
}

function extreme(algebra: Algebra, name: 'min' | 'max', a: Sum, b: Sum): Sum {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return numberSum(algebra, Math[name](left, right));
  if (areSameSums(algebra, a, b)) return a;
  const [keyA, keyB] = [a, b].map(orderOf);
  return keyA <= keyB ? atomSum(algebra, name, a, b) : atomSum(algebra, name, b, a);
}

/** A text to order arguments that may change places. */
function orderOf(sum: Sum): string {
  return `${sum.map(keyOfTerm).join('+')} ${sum.map(({ coefficient }) => coefficient).join()}`;
}

function conditional(algebra: Algebra, [test, yes, no]: readonly Sum[]): Sum {
  const decided = isComparison(algebra, test) ? test : compareSums(algebra, '>', test, []);
  const number = numberOf(decided);
  if (number !== undefined) return number > 0 ? yes : no;
  return areSameSums(algebra, yes, no) ? yes : atomSum(algebra, 'cond', decided, yes, no);
}

/** Whether a sum is one comparison and nothing else. */
function isComparison(algebra: Algebra, sum: Sum): boolean {
  if (sum.length !== 1 || sum[0].coefficient !== 1 || sum[0].factors.length !== 1) return false;
  return ['>', '>=', '=='].includes(algebra.atoms[sum[0].factors[0].atom].name);
}
