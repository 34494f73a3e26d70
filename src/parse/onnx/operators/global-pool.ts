/** GlobalAveragePool and GlobalMaxPool: one number for every channel, over all axes behind it. */
import { sizeOf } from '../../../ir/model-interface.js';
import { divide, num } from '../../../ir/program-builders.js';
import type { Importer, OperatorContext } from '../context.js';
import { exactReciprocal } from '../exact.js';
import { sumCells } from '../linear-reduce.js';
import { reduceValue } from '../reduce.js';
import type { ReduceFrame } from '../reduce.js';
import type { Value } from '../values.js';
import { imageWords } from '../windows.js';

export const GLOBAL_MAX_POOL: Importer = {
  operator: 'GlobalMaxPool',
  attributes: [],
  read(context) {
    const value = context.argument(0);
    return reduceValue(context, value, frameOf(context, value), {
      operation: 'max',
      words: wordsOf(value),
    });
  },
};

export const GLOBAL_AVERAGE_POOL: Importer = {
  operator: 'GlobalAveragePool',
  attributes: [],
  read(context) {
    const value = context.argument(0);
    const frame = frameOf(context, value);
    const count = sizeOf(frame.axes.map((axis) => value.shape[axis]));
    const share = exactReciprocal(count);
    const map = share === undefined ? undefined : sumCells(context, value, frame, share);
    return (
      map ??
      reduceValue(context, value, frame, {
        operation: 'sum',
        finish: (sum) => divide(sum, num(count)),
        words: wordsOf(value),
      })
    );
  },
};

function frameOf(context: OperatorContext, { shape }: Value): ReduceFrame {
  if (shape.length < 3) throw context.unsupported(`of a tensor with ${shape.length} axes`);
  return { axes: [...shape.keys()].slice(2), keep: true };
}

function wordsOf({ shape }: Value): readonly string[] {
  return imageWords(shape.length);
}
