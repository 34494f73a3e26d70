/** Functions of one number, cell by cell: they differ in nothing but their names and formulas. */
import { divide, helper, math, num } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { scaleValue } from '../arithmetic.js';
import { computeEach } from '../compute.js';
import type { Importer } from '../context.js';
import { isWhole } from '../element-type.js';

function pointwise(operator: string, operate: (cell: Expression) => Expression): Importer {
  return {
    operator,
    attributes: [],
    read: (context) => computeEach(context, [context.argument(0)], operate),
  };
}

/** As `pointwise`, for functions that leave whole numbers as they are. */
function rounding(operator: string, operate: (cell: Expression) => Expression): Importer {
  return {
    operator,
    attributes: [],
    read(context) {
      const value = context.argument(0);
      return isWhole(value.type) ? value : computeEach(context, [value], operate);
    },
  };
}

export const ABS = pointwise('Abs', (cell) => math('abs', cell));
export const SQRT = pointwise('Sqrt', (cell) => math('sqrt', cell));
export const EXP = pointwise('Exp', (cell) => math('exp', cell));
export const LOG = pointwise('Log', (cell) => math('log', cell));
export const SIN = pointwise('Sin', (cell) => math('sin', cell));
export const COS = pointwise('Cos', (cell) => math('cos', cell));
export const TAN = pointwise('Tan', (cell) => math('tan', cell));
export const ASIN = pointwise('Asin', (cell) => math('asin', cell));
export const ACOS = pointwise('Acos', (cell) => math('acos', cell));
export const ATAN = pointwise('Atan', (cell) => math('atan', cell));
export const SINH = pointwise('Sinh', (cell) => math('sinh', cell));
export const COSH = pointwise('Cosh', (cell) => math('cosh', cell));
export const ERF = pointwise('Erf', (cell) => helper('erf', cell));
export const RECIPROCAL = pointwise('Reciprocal', (cell) => divide(num(1), cell));
export const FLOOR = rounding('Floor', (cell) => math('floor', cell));
export const CEIL = rounding('Ceil', (cell) => math('ceil', cell));
export const ROUND = rounding('Round', (cell) => helper('roundHalfEven', cell));

export const NEG: Importer = {
  operator: 'Neg',
  attributes: [],
  read: (context) => scaleValue(context, context.argument(0), -1),
};
