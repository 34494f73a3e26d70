/**
 * Div: a scaling where the divisors are powers of two, which have exact reciprocals; a stage elsewhere.
 * Of whole numbers the quotient is cut off towards 0.
 */
import { divide, math } from '../../../ir/program-builders.js';
import { multiplyValues } from '../arithmetic.js';
import { computeEach } from '../compute.js';
import type { Importer } from '../context.js';
import { isWhole } from '../element-type.js';
import { exactReciprocal } from '../exact.js';
import type { ConstantValue, Value } from '../values.js';

export const DIV: Importer = {
  operator: 'Div',
  attributes: [],
  read(context) {
    const [left, right] = [context.argument(0), context.argument(1)];
    if (right.kind === 'constant' && right.data.includes(0)) throw context.unsupported('by 0');
    if (isWhole(left.type)) {
      return computeEach(context, [left, right], (a, b) => math('trunc', divide(a, b)));
    }
    const factors = reciprocals(left, right);
    if (factors !== undefined) return multiplyValues(context, left, factors);
    return computeEach(context, [left, right], divide);
  },
};

/** The reciprocals of a constant divisor of a tensor, where all of them are exact. */
function reciprocals(left: Value, right: Value): ConstantValue | undefined {
  if (left.kind === 'constant' || right.kind === 'tensor') return undefined;
  const data = right.data.map((value) => exactReciprocal(value) ?? NaN);
  return data.some(Number.isNaN) ? undefined : { ...right, data };
}
