/** Formulas from their parts: sums of terms with coefficients, products of powers, in few nodes. */
import { complexityOf } from '../../complexity.js';
import { call, constant, variable } from '../../formula.js';
import type { Formula } from '../../formula.js';
import type { Settings } from '../../problem.js';
import { foldFormula, times } from './fold.js';

export interface Term {
  readonly coefficient: number;
  readonly formula: Formula;
}

/** offset + Σ coefficient · formula, terms with coefficient 0 left out. */
export function sumOf(terms: readonly Term[], offset: number, settings: Settings): Formula {
  const operators = new Set(settings.operators);
  const parts = terms
    .filter(({ coefficient }) => coefficient !== 0)
    .map(({ coefficient, formula }) => times(coefficient, formula, operators));
  if (offset !== 0) parts.push(constant(offset));
  if (parts.length === 0) return constant(0);
  return foldFormula(
    parts.reduce((sum, part) => call('+', sum, part)),
    operators,
  );
}

export interface Power {
  readonly base: Formula;
  /** A constant exponent; integers, halves and thirds are written with roots where that is shorter. */
  readonly exponent: number;
}

/** coefficient · Π base^exponent, the shortest of the ways to write it that the operators allow. */
export function productOf(
  powers: readonly Power[],
  coefficient: number,
  settings: Settings,
): Formula {
  const used = powers.filter(({ exponent }) => exponent !== 0);
  const ways = [quotientOf(used, settings)];
  if (used.some(({ exponent }) => isHalf(exponent))) {
    const root = settings.operators.includes('sqrt') ? 'sqrt' : undefined;
    if (root !== undefined && used.every(({ exponent }) => Number.isInteger(2 * exponent))) {
      const doubled = used.map(({ base, exponent }) => ({ base, exponent: 2 * exponent }));
      ways.push(call(root, quotientOf(doubled, settings)));
      const halves = used.filter(({ exponent }) => isHalf(exponent));
      const whole = used.filter(({ exponent }) => !isHalf(exponent));
      const inner = halves.map(({ base, exponent }) => ({ base, exponent: 2 * exponent }));
      ways.push(call('*', call(root, quotientOf(inner, settings)), quotientOf(whole, settings)));
    }
  }
  const operators = new Set(settings.operators);
  const written = ways.map((way) => foldFormula(times(coefficient, way, operators), operators));
  return shortest(written, settings);
}

/** The first of the formulas of least complexity. */
export function shortest(formulas: readonly Formula[], settings: Settings): Formula {
  return formulas.reduce((best, formula) =>
    complexityOf(formula, settings) < complexityOf(best, settings) ? formula : best,
  );
}

function isHalf(exponent: number): boolean {
  return Number.isInteger(2 * exponent) && !Number.isInteger(exponent);
}

function quotientOf(powers: readonly Power[], settings: Settings): Formula {
  const divides = settings.operators.includes('/');
  const isBelow = ({ exponent }: Power): boolean => divides && exponent < 0;
  const above = powers.filter((power) => !isBelow(power));
  const below = powers.filter(isBelow).map(({ base, exponent }) => ({ base, exponent: -exponent }));
  const numerator = multiply(above, settings);
  if (below.length === 0) return numerator ?? constant(1);
  return call('/', numerator ?? constant(1), multiply(below, settings) ?? constant(1));
}

function multiply(powers: readonly Power[], settings: Settings): Formula | undefined {
  // Inverses of products become products of inverses, never a nest.
  const factors = powers.map(({ base, exponent }) => powerOf(base, exponent, settings));
  return factors.length === 0 ? undefined : factors.reduce((a, b) => call('*', a, b));
}

/** base^exponent with the operators there are; `pow` where nothing shorter does. */
export function powerOf(base: Formula, exponent: number, settings: Settings): Formula {
  const has = (name: string): boolean => settings.operators.includes(name);
  if (exponent === 1) return base;
  if (exponent === 2) return has('square') ? call('square', base) : call('*', base, base);
  if (exponent === 3 && has('cube')) return call('cube', base);
  if (exponent === 0.5 && has('sqrt')) return call('sqrt', base);
  if (Math.abs(exponent - 1 / 3) < 1e-12 && has('cbrt')) return call('cbrt', base);
  if (exponent === 1.5 && has('sqrt') && has('cube')) return call('sqrt', call('cube', base));
  const whole =
    Number.isInteger(exponent) && exponent > 3 ? wholePower(base, exponent, has) : undefined;
  if (whole !== undefined) return whole;
  if (has('pow')) return call('pow', base, constant(exponent));
  return call('pow', base, constant(exponent));
}

/** Exponents above this are left to `pow`, where that is allowed. */
const MOST_WHOLE = 9;

/** Squares and cubes of each other: an exponent that is no constant cannot drift while others are fitted. */
function wholePower(
  base: Formula,
  exponent: number,
  has: (name: string) => boolean,
): Formula | undefined {
  // Without `pow` there is no such power: fits may ask for the millionth, which nobody can write out.
  if (exponent > MOST_WHOLE) return undefined;
  if (exponent === 1) return base;
  if (exponent === 2) return has('square') ? call('square', base) : call('*', base, base);
  if (exponent === 3 && has('cube')) return call('cube', base);
  const part = exponent % 2 === 0 ? 2 : exponent % 3 === 0 && has('cube') ? 3 : 1;
  const inner = wholePower(base, part === 1 ? exponent - 1 : exponent / part, has);
  if (inner === undefined) return undefined;
  return part === 1 ? call('*', base, inner) : wholePower(inner, part, has);
}

/** The monomial Π x_i^exponents[i]. */
export function monomialOf(exponents: ArrayLike<number>, settings: Settings): Formula {
  const powers = Array.from(exponents, (exponent, index) => ({ base: variable(index), exponent }));
  return productOf(powers, 1, settings);
}
