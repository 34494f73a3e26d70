/** The operators of any number of tensors, cell by cell: Min, Max, Sum and Mean. */
import { sizeOf } from '../../../ir/model-interface.js';
import { add, divide, math, num } from '../../../ir/program-builders.js';
import { addValues, scaleValue } from '../arithmetic.js';
import { commonExtent, computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { exactReciprocal } from '../exact.js';
import { staysLinear } from '../linearity.js';
import type { Value } from '../values.js';

function extreme(operator: string, name: 'min' | 'max'): Importer {
  return {
    operator,
    attributes: [],
    read(context) {
      const values = argumentsOf(context);
      if (values.length === 1) return values[0];
      return computeEach(context, values, (...cells) => math(name, ...cells));
    },
  };
}

export const MIN = extreme('Min', 'min');
export const MAX = extreme('Max', 'max');

export const SUM: Importer = {
  operator: 'Sum',
  attributes: [],
  read: (context) => sumOf(context, argumentsOf(context)),
};

export const MEAN: Importer = {
  operator: 'Mean',
  attributes: [],
  read(context) {
    const values = argumentsOf(context);
    const share = exactReciprocal(values.length);
    const { shape } = commonExtent(context, values);
    if (share !== undefined && staysLinear(context.layers, values, sizeOf(shape))) {
      return scaleValue(context, sumOf(context, values), share);
    }
    return computeEach(context, values, (...cells) => divide(cells.reduce(add), num(cells.length)));
  },
};

function sumOf(context: OperatorContext, values: readonly Value[]): Value {
  const { shape } = commonExtent(context, values);
  if (staysLinear(context.layers, values, sizeOf(shape))) {
    return addInPairs(context, values);
  }
  return computeEach(context, values, (...cells) => cells.reduce(add));
}

/** The sum, neighbours first: one after the other, thousands of values would be copied as often. */
function addInPairs(context: OperatorContext, values: readonly Value[]): Value {
  let sums = values;
  while (sums.length > 1) {
    const pairs: Value[] = [];
    for (let k = 0; k < sums.length; k += 2) {
      pairs.push(k + 1 < sums.length ? addValues(context, sums[k], sums[k + 1]) : sums[k]);
    }
    sums = pairs;
  }
  return sums[0];
}

/** All arguments; at least one. */
function argumentsOf(context: OperatorContext): readonly [Value, ...Value[]] {
  const others = context.node.input.slice(1).map((_, index) => context.argument(index + 1));
  return [context.argument(0), ...others];
}
