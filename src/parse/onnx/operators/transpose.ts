/** Transpose: axis k of the result is axis perm[k] of the tensor; the other way round without `perm`. */
import type { Importer } from '../context.js';
import { permuteAxes } from '../permute.js';

export const TRANSPOSE: Importer = {
  operator: 'Transpose',
  attributes: ['perm'],
  read(context) {
    const value = context.argument(0);
    const axes = [...value.shape.keys()];
    const order = context.integers('perm') ?? [...axes].reverse();
    const isOrder = order.length === axes.length && axes.every((axis) => order.includes(axis));
    if (!isOrder) throw context.unsupportedAttribute('perm', order.join(', '));
    return permuteAxes(context, value, order);
  },
};
