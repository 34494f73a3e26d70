/**
 * Short names to write the true formulas of the suites with, as trees of the student. Nothing here
 * rewrites or rounds: what stands in a suite is what is compared with.
 */
import { call, constant, variable } from '../../src/students/math/formula.js';
import type { Formula } from '../../src/students/math/formula.js';

/** A part of a formula; a number is a constant. */
export type Part = Formula | number;

function formulaOf(part: Part): Formula {
  return typeof part === 'number' ? constant(part) : part;
}

/** The variables 0 .. count − 1. */
export function variables(count: number): readonly Formula[] {
  return Array.from({ length: count }, (_, index) => variable(index));
}

/** An operator by its name. */
export function apply(operator: string, ...parts: readonly Part[]): Formula {
  return call(operator, ...parts.map(formulaOf));
}

/** The sum of one or more parts, from the left. */
export function sum(...parts: readonly Part[]): Formula {
  return parts.map(formulaOf).reduce((left, right) => call('+', left, right));
}

/** The product of one or more parts, from the left. */
export function product(...parts: readonly Part[]): Formula {
  return parts.map(formulaOf).reduce((left, right) => call('*', left, right));
}

export function minus(left: Part, right: Part): Formula {
  return apply('-', left, right);
}

export function quotient(left: Part, right: Part): Formula {
  return apply('/', left, right);
}

export function power(base: Part, exponent: Part): Formula {
  return apply('pow', base, exponent);
}

/** x^degree + … + x² + x, lowest degree first. */
export function powerSum(base: Formula, degree: number): Formula {
  return sum(...Array.from({ length: degree }, (_, k) => (k === 0 ? base : power(base, k + 1))));
}
