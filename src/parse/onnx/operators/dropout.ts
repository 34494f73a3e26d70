/**
 * Dropout: in inference the tensor as it is, and a mask of nothing but ones. Training is refused: what it
 * drops is random.
 */
import { num } from '../../../ir/program-builders.js';
import { hasBatch } from '../axes.js';
import { recipeOf } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import type { Value } from '../values.js';

export const DROPOUT: Importer = {
  operator: 'Dropout',
  attributes: ['ratio', 'seed'],
  read(context) {
    const value = context.argument(0);
    const training = context.opset < 12 ? undefined : context.optionalConstant(2, 'its mode');
    if (training?.data[0] === 1) {
      const ratio = context.optionalConstant(1, 'its ratio');
      if (ratio?.data[0] !== 0) throw context.unsupported('in training');
    }
    return [value, context.wants(1) ? maskOf(context, value) : undefined];
  },
};

function maskOf(context: OperatorContext, value: Value): Value {
  const { shape } = value;
  const batch = hasBatch(value);
  const recipe = recipeOf(context, [], { shape, batch }, () => num(1), { part: 'mask' });
  return context.layers.compute(recipe, { shape, batch }, 'bool');
}
