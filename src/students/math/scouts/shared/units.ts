/**
 * Between data and the numbers a scout works with stand powers of ten, so that masses of 1e30 and
 * charges of 1e-19 are searched alike. Here a formula over scaled columns becomes one over the columns
 * as they are: factors wander outwards through products and powers, and stay as constants where they
 * meet a sum or a function.
 *
 *     x' = 1e-3 x:   sqrt(x' / 2)  →  0.0316 sqrt(x / 2)       exp(x')  →  exp(1e-3 x)
 */
import { call } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { isNumber, times } from './fold.js';

interface Scaled {
  /** Positive. */
  readonly factor: number;
  readonly formula: Formula;
}

/** Operators of one argument f with f(k a) = k^p f(a) for positive k. */
const DEGREES: Readonly<Record<string, number>> = {
  neg: 1, abs: 1, square: 2, cube: 3, sqrt: 1 / 2, cbrt: 1 / 3,
}; // prettier-ignore

/** The formula that takes x where `formula` takes `factors[i]` · x, times `outer`. */
export function withUnits(
  formula: Formula,
  factors: readonly number[],
  outer: number,
  operators: ReadonlySet<string>,
): Formula {
  const { factor, formula: inner } = pullOut(formula, factors, operators);
  return spread(outer * factor, inner, operators);
}

function pullOut(
  formula: Formula,
  factors: readonly number[],
  operators: ReadonlySet<string>,
): Scaled {
  if (formula.kind === 'constant') return { factor: 1, formula };
  if (formula.kind === 'variable') return { factor: factors[formula.index], formula };
  const { operator } = formula;
  const parts = formula.arguments.map((part) => pullOut(part, factors, operators));
  const bare = call(operator, ...parts.map((part) => part.formula));
  const [a, b] = parts;
  if (operator === '*') return { factor: a.factor * b.factor, formula: bare };
  if (operator === '/') return { factor: a.factor / b.factor, formula: bare };
  if (operator === '+' || operator === '-' || operator === 'min' || operator === 'max') {
    return pullOutOfSum(operator, a, b, operators);
  }
  if (Object.hasOwn(DEGREES, operator)) {
    return { factor: a.factor ** DEGREES[operator], formula: bare };
  }
  if (operator === 'pow' && b.formula.kind === 'constant' && b.factor === 1) {
    return { factor: a.factor ** b.formula.value, formula: bare };
  }
  const kept = parts.map((part) => spread(part.factor, part.formula, operators));
  return { factor: 1, formula: call(operator, ...kept) };
}

function pullOutOfSum(
  operator: string,
  a: Scaled,
  b: Scaled,
  operators: ReadonlySet<string>,
): Scaled {
  const outer = a.formula.kind === 'constant' ? b.factor : a.factor;
  const inside = (part: Scaled): Formula =>
    part.factor === outer ? part.formula : times(part.factor / outer, part.formula, operators);
  return { factor: outer, formula: call(operator, inside(a), inside(b)) };
}

/** `factor` · formula, with the factor in the terms of a sum where each of them has a constant. */
function spread(factor: number, formula: Formula, operators: ReadonlySet<string>): Formula {
  if (factor === 1) return formula;
  if (formula.kind === 'call' && (formula.operator === '+' || formula.operator === '-')) {
    const [a, b] = formula.arguments;
    if (takesFactor(a) || takesFactor(b)) {
      return call(formula.operator, spread(factor, a, operators), spread(factor, b, operators));
    }
  }
  return times(factor, formula, operators);
}

function takesFactor(formula: Formula): boolean {
  if (formula.kind === 'constant') return true;
  if (formula.kind === 'variable') return false;
  const [a, b] = formula.arguments;
  if (formula.operator === '+' || formula.operator === '-') return takesFactor(a) || takesFactor(b);
  if (formula.operator === '*' || formula.operator === '/') {
    return a.kind === 'constant' && !isNumber(a, 1);
  }
  return false;
}

/** The power of ten that brings a column's typical size to between 0.3 and 3; 1 where it is near. */
export function unitOf(column: ArrayLike<number>): number {
  const sizes = Array.from(column, Math.abs).filter((size) => size > 0);
  if (sizes.length === 0) return 1;
  sizes.sort((a, b) => a - b);
  const decade = Math.round(Math.log10(sizes[Math.floor(sizes.length / 2)]));
  return Math.abs(decade) < NEAR_DECADES ? 1 : 10 ** decade;
}

/** Columns within this many decades of 1 are worked with as they are. */
const NEAR_DECADES = 3;
