/**
 * Constants as they are best read: multiples of π, e and roots by name, fractions that no short decimal
 * tells as fractions. The float that JavaScript computes from the expression is the constant itself, to
 * the last bit.
 */
import { divide, math, multiply, negate, num } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';

/** Numerators and denominators of multiples that are told as such. */
const LARGEST_NUMERATOR = 200;
const LARGEST_DENOMINATOR = 16;

/** A decimal of so many characters is no worse than a fraction. */
const SHORT = 6;

/** What constants may be multiples of. The emitter has names for numbers such as π. */
const UNITS: readonly (readonly [value: number, expression: Expression])[] = [
  [Math.PI, num(Math.PI)],
  [Math.E, num(Math.E)],
  [Math.SQRT2, num(Math.SQRT2)],
  [Math.sqrt(3), math('sqrt', num(3))],
];

/** A number as an expression that gives exactly it: `2 * Math.PI`, `1 / 3`, `0.25`. */
export function numberExpression(value: number): Expression {
  if (value < 0) return negate(numberExpression(-value));
  if (String(value).length <= SHORT) return num(value);
  for (const [unit, expression] of [[1, num(1)] as const, ...UNITS]) {
    const multiple = multipleOf(value, unit);
    if (multiple === undefined) continue;
    return divide(times(multiple.above, expression), num(multiple.below));
  }
  return num(value);
}

/** factor · unit, not folded into one number. */
function times(factor: number, unit: Expression): Expression {
  if (unit.kind !== 'number' || unit.value === 1) return multiply(num(factor), unit);
  if (factor === 1) return unit;
  return { kind: 'binary', operator: '*', left: num(factor), right: unit };
}

/** above · unit / below, as JavaScript computes it, is the value. */
function multipleOf(
  value: number,
  unit: number,
): { readonly above: number; readonly below: number } | undefined {
  for (let below = 1; below <= LARGEST_DENOMINATOR; below++) {
    const above = Math.round((value * below) / unit);
    if (above < 1 || above > LARGEST_NUMERATOR) continue;
    if ((above * unit) / below === value) return { above, below };
  }
  return undefined;
}
