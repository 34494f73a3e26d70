/**
 * Keeps the formulas of the scouts short while constants are set to 0, 1 and −1: constant folding and
 * the identities of these three numbers, nothing else. The student's algebra simplifies for reading.
 */
import { evaluateFormula } from '../../engine/evaluate-formula.js';
import { call, constant } from '../../formula.js';
import type { Call, Formula } from '../../formula.js';

/** The formula without operations on constants alone, sums with 0, products with 0, 1 and −1. */
export function foldFormula(formula: Formula, operators: ReadonlySet<string>): Formula {
  if (formula.kind !== 'call') return formula;
  const parts = formula.arguments.map((part) => foldFormula(part, operators));
  const whole: Call = { ...formula, arguments: parts };
  if (parts.every(({ kind }) => kind === 'constant')) {
    const value = evaluateFormula(whole, []);
    return Number.isFinite(value) ? constant(value) : whole;
  }
  const [a, b] = parts;
  switch (formula.operator) {
    case '+':
      return plus(a, b);
    case '-':
      return minus(a, b, operators);
    case '*':
      if (a.kind === 'constant') return times(a.value, b, operators);
      return b.kind === 'constant' ? times(b.value, a, operators) : multiply(a, b);
    case '/':
      return over(a, b, operators);
    case 'pow':
      return b.kind === 'constant' ? power(a, b.value, operators) : whole;
    case 'neg':
      return times(-1, a, operators);
    default:
      return whole;
  }
}

/** `factor` · formula, with the factor put into a constant that is there already. */
export function times(factor: number, formula: Formula, operators: ReadonlySet<string>): Formula {
  if (formula.kind === 'constant') return constant(factor * formula.value);
  if (factor === 0) return constant(0);
  if (factor === 1) return formula;
  if (formula.kind === 'call') {
    const [a, b] = formula.arguments;
    if (formula.operator === 'neg') return times(-factor, a, operators);
    if (formula.operator === '*' && a.kind === 'constant') {
      return times(factor * a.value, b, operators);
    }
    if (formula.operator === '/' && a.kind === 'constant') {
      return call('/', constant(factor * a.value), b);
    }
    if (factor === -1 && formula.operator === '-') return call('-', b, a);
  }
  if (factor === -1 && operators.has('neg')) return call('neg', formula);
  return call('*', constant(factor), formula);
}

function plus(a: Formula, b: Formula): Formula {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  if (isNegated(b)) return call('-', a, b.arguments[0]);
  if (isNegated(a)) return call('-', b, a.arguments[0]);
  return call('+', a, b);
}

function minus(a: Formula, b: Formula, operators: ReadonlySet<string>): Formula {
  if (isNumber(b, 0)) return a;
  if (isNumber(a, 0)) return times(-1, b, operators);
  return isNegated(b) ? plus(a, b.arguments[0]) : call('-', a, b);
}

/** a · b, as a quotient where one of them is an inverse. */
function multiply(a: Formula, b: Formula): Formula {
  if (isInverse(b)) return call('/', a, b.arguments[1]);
  return isInverse(a) ? call('/', b, a.arguments[1]) : call('*', a, b);
}

function isInverse(formula: Formula): formula is Call {
  return formula.kind === 'call' && formula.operator === '/' && isNumber(formula.arguments[0], 1);
}

function over(a: Formula, b: Formula, operators: ReadonlySet<string>): Formula {
  if (isNumber(a, 0)) return a;
  if (b.kind === 'constant' && b.value !== 0) return times(1 / b.value, a, operators);
  const below = coefficientOf(b);
  if (below.coefficient === 1) {
    const above = coefficientOf(a);
    if (above.coefficient === 1 || a.kind === 'constant') return call('/', a, b);
    return times(above.coefficient, call('/', above.rest, b), operators);
  }
  const above = coefficientOf(a);
  const factor = above.coefficient / below.coefficient;
  return times(factor, over(above.rest, below.rest, operators), operators);
}

function power(base: Formula, exponent: number, operators: ReadonlySet<string>): Formula {
  if (exponent === 0) return constant(1);
  if (exponent === 1) return base;
  if (exponent === 2 && operators.has('square')) return call('square', base);
  if (exponent === 3 && operators.has('cube')) return call('cube', base);
  if (exponent === 0.5 && operators.has('sqrt')) return call('sqrt', base);
  if (exponent === -1 && operators.has('/')) return call('/', constant(1), base);
  return call('pow', base, constant(exponent));
}

/** A product taken apart into its constant and the rest. */
export function coefficientOf(formula: Formula): {
  readonly coefficient: number;
  readonly rest: Formula;
} {
  if (formula.kind === 'constant') return { coefficient: formula.value, rest: constant(1) };
  if (formula.kind === 'call') {
    const [a, b] = formula.arguments;
    if (formula.operator === 'neg') {
      const inner = coefficientOf(a);
      return { coefficient: -inner.coefficient, rest: inner.rest };
    }
    if (formula.operator === '*' && a.kind === 'constant') {
      return { coefficient: a.value, rest: b };
    }
    if (formula.operator === '/' && a.kind === 'constant') {
      return { coefficient: a.value, rest: call('/', constant(1), b) };
    }
  }
  return { coefficient: 1, rest: formula };
}

export function isNumber(formula: Formula, value: number): boolean {
  return formula.kind === 'constant' && formula.value === value;
}

function isNegated(formula: Formula): formula is Call {
  return formula.kind === 'call' && formula.operator === 'neg';
}
