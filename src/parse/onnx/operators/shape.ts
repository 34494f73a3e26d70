/** Shape and Size: extents are known here, so both are constants. The symbolic batch counts 1. */
import { sizeOf } from '../../../ir/model-interface.js';
import { hasBatch } from '../axes.js';
import type { Importer } from '../context.js';

export const SHAPE: Importer = {
  operator: 'Shape',
  attributes: ['start', 'end'],
  read(context) {
    const value = context.argument(0);
    const rank = value.shape.length;
    const place = (axis: number): number =>
      Math.min(Math.max(axis < 0 ? axis + rank : axis, 0), rank);
    const start = place(context.integer('start', 0));
    const extents = value.shape.slice(start, Math.max(start, place(context.integer('end', rank))));
    return {
      kind: 'constant',
      name: context.node.output[0],
      type: 'int64',
      shape: [extents.length],
      data: Float64Array.from(extents),
      batchCells: hasBatch(value) && start === 0 && extents.length > 0 ? [0] : [],
    };
  },
};

export const SIZE: Importer = {
  operator: 'Size',
  attributes: [],
  read(context) {
    const data = Float64Array.of(sizeOf(context.argument(0).shape));
    return { kind: 'constant', name: context.node.output[0], type: 'int64', shape: [], data };
  },
};
