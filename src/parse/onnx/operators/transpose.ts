/** Transpose: axis k of the result is axis perm[k] of the tensor; the other way round without `perm`. */
import { hasBatch } from '../axes.js';
import type { Importer } from '../context.js';
import { selectCells } from '../selection.js';

export const TRANSPOSE: Importer = {
  operator: 'Transpose',
  attributes: ['perm'],
  read(context) {
    const value = context.argument(0);
    const axes = [...value.shape.keys()];
    const order = context.integers('perm') ?? [...axes].reverse();
    const isOrder = order.length === axes.length && axes.every((axis) => order.includes(axis));
    if (!isOrder) throw context.unsupportedAttribute('perm', order.join(', '));
    if (order.every((axis, own) => axis === own)) return value;
    const shape = order.map((axis) => value.shape[axis]);
    // A batch that moves away from the front is one example.
    const extent = { shape, batch: hasBatch(value) && order[0] === 0 };
    return selectCells(context, value, {
      extent,
      source: (at) => axes.map((axis) => at[order.indexOf(axis)]),
    });
  },
};
