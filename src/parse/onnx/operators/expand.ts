/** Expand and Tile: cells again and again, along axes of one cell or in whole copies. */
import { num, remainder } from '../../../ir/program-builders.js';
import { hasBatch } from '../axes.js';
import { broadcastIndices } from '../compute.js';
import type { Importer } from '../context.js';
import { selectCells } from '../selection.js';
import { broadcastShape, sameShape } from '../shapes.js';

export const EXPAND: Importer = {
  operator: 'Expand',
  attributes: [],
  read(context) {
    const value = context.argument(0);
    const wanted = Array.from(context.constant(1, 'its shape').data);
    const shape = broadcastShape(value.shape, wanted);
    if (shape === undefined) throw context.mismatch(value.shape, wanted);
    if (sameShape(shape, value.shape)) return value;
    const batch = hasBatch(value);
    if (batch && (shape.length !== value.shape.length || shape[0] !== 1)) {
      throw context.unsupported('over the batch');
    }
    return selectCells(context, value, {
      extent: { shape, batch },
      source: (at) => broadcastIndices(at, value.shape),
    });
  },
};

export const TILE: Importer = {
  operator: 'Tile',
  attributes: [],
  read(context) {
    const value = context.argument(0);
    const repeats = Array.from(context.constant(1, 'its repeats').data);
    if (repeats.length !== value.shape.length) throw context.mismatch(value.shape, repeats);
    if (hasBatch(value) && repeats[0] !== 1) throw context.unsupported('over the batch');
    if (repeats.every((count) => count === 1)) return value;
    const shape = value.shape.map((extent, axis) => extent * repeats[axis]);
    return selectCells(context, value, {
      extent: { shape, batch: hasBatch(value) },
      source: (at) =>
        value.shape.map((extent, axis) => {
          if (extent === 1) return num(0);
          return repeats[axis] === 1 ? at[axis] : remainder(at[axis], num(extent));
        }),
    });
  },
};
