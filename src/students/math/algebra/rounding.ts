/**
 * The value of a formula together with a bound on what rounding has done to it, to first order: each
 * operation adds half a unit in the last place of its result and passes on the errors of its arguments
 * by its slopes. So two forms of one function can be told from two functions even where terms cancel.
 */
import type { Formula } from '../formula.js';
import { operatorOf } from '../operators/index.js';
import type { Operator } from '../operators/operator.js';

export interface RoundedValue {
  readonly value: number;
  /** Largest distance to be expected from the exact value. */
  readonly error: number;
}

/** Math's functions are off by up to about two units in the last place. */
const UNIT = 2 * Number.EPSILON;

/** The value at a point, one number for each variable, and its rounding error. */
export function evaluateRounded(formula: Formula, point: ArrayLike<number>): RoundedValue {
  if (formula.kind === 'constant') return { value: formula.value, error: 0 };
  if (formula.kind === 'variable') return { value: point[formula.index], error: 0 };
  const parts = formula.arguments.map((part) => evaluateRounded(part, point));
  return applyRounded(operatorOf(formula.operator), parts);
}

function applyRounded(operator: Operator, [a, b, c]: readonly RoundedValue[]): RoundedValue {
  if (operator.arity === 3) {
    return { value: operator.value(a.value, b.value, c.value), error: Math.max(b.error, c.error) };
  }
  if (operator.arity === 1) {
    const value = operator.value(a.value);
    return withError(value, passedOn(a.error, operator.slope(a.value, value)));
  }
  const value = operator.value(a.value, b.value);
  const left = passedOn(a.error, operator.slopeLeft(a.value, b.value, value));
  const right = passedOn(b.error, operator.slopeRight(a.value, b.value, value));
  return withError(value, left + right);
}

function withError(value: number, passed: number): RoundedValue {
  return { value, error: passed + UNIT * Math.abs(value) };
}

/** An exact argument passes nothing on, however steep the function. */
function passedOn(error: number, slope: number): number {
  return error === 0 ? 0 : error * Math.abs(slope);
}
