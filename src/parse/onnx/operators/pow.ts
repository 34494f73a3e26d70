/** Pow: base to the power of exponent, cell by cell; a whole base gives a whole number. */
import { math, power } from '../../../ir/program-builders.js';
import { computeEach } from '../compute.js';
import type { Importer } from '../context.js';
import { isWhole } from '../element-type.js';
import type { Value } from '../values.js';

export const POW: Importer = {
  operator: 'Pow',
  attributes: [],
  read(context) {
    const [base, exponent] = [context.argument(0), context.argument(1)];
    const mayBreak = isWhole(base.type) && !isCount(exponent);
    return computeEach(context, [base, exponent], (a, b) =>
      mayBreak ? math('trunc', power(a, b)) : power(a, b),
    );
  },
};

/** Whether all cells are known to be whole numbers from 0 on. */
function isCount(value: Value): boolean {
  if (value.kind === 'constant') {
    return value.data.every((cell) => Number.isInteger(cell) && cell >= 0);
  }
  return value.type.startsWith('uint');
}
