/**
 * Softmax and LogSoftmax. A result that is one row is a layer with the activation softmax, which runs
 * over all its neurons; anything else is a chain of stages. Up to operator set 12,
 * `axis` (default 1) splits the shape in two and everything behind it is one row; from 13 on it names one
 * axis (default the last).
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { divide, math, subtract } from '../../../ir/program-builders.js';
import { hasBatch } from '../axes.js';
import { computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { reduceValue } from '../reduce.js';
import type { ReduceFrame } from '../reduce.js';
import { normalAxis } from '../shapes.js';
import type { TensorValue, Value } from '../values.js';

export const SOFTMAX: Importer = {
  operator: 'Softmax',
  attributes: ['axis'],
  read(context) {
    const value = context.argument(0);
    const frame = frameOf(context, value);
    if (value.kind === 'tensor' && context.isResult && isOneRow(value, frame)) {
      return context.layers.activate(value, { kind: 'softmax' }, context.name);
    }
    const powers = computeEach(
      context,
      [value, largestOf(context, value, frame)],
      (cell, largest) => math('exp', subtract(cell, largest)),
      { part: 'powers' },
    );
    const totals = reduceValue(context, powers, frame, { operation: 'sum', part: 'totals' });
    return computeEach(context, [powers, totals], divide);
  },
};

export const LOG_SOFTMAX: Importer = {
  operator: 'LogSoftmax',
  attributes: ['axis'],
  read(context) {
    const value = context.argument(0);
    const frame = frameOf(context, value);
    const rests = computeEach(context, [value, largestOf(context, value, frame)], subtract, {
      part: 'rests',
    });
    const logs = reduceValue(context, rests, frame, {
      operation: 'sum',
      ofCell: (cell) => math('exp', cell),
      finish: (sum) => math('log', sum),
      part: 'logs',
    });
    return computeEach(context, [rests, logs], subtract);
  },
};

/** Whether the softmax runs over all cells, and these are one row for those who see the result. */
function isOneRow(value: TensorValue, { axes }: ReduceFrame): boolean {
  const others = value.shape.filter((_, axis) => !axes.includes(axis));
  return sizeOf(others) === 1 && value.shape.at(-1) === sizeOf(value.shape);
}

/** The largest cell of each row, which is taken out so that no power overflows. */
function largestOf(context: OperatorContext, value: Value, frame: ReduceFrame): Value {
  return reduceValue(context, value, frame, { operation: 'max', part: 'largest' });
}

/** The axes that the operator runs over. */
function frameOf(context: OperatorContext, value: Value): ReduceFrame {
  const { shape } = value;
  const named = context.opset >= 13;
  const given = context.integer('axis', named ? -1 : 1);
  // Before 13, the axis may also be the rank: then every cell is alone.
  const axis = !named && given === shape.length ? given : normalAxis(given, shape.length);
  if (axis === undefined) throw context.unsupportedAttribute('axis', String(given));
  if (axis === 0 && hasBatch(value)) throw context.unsupported('over the batch');
  const axes = named ? [axis] : [...shape.keys()].slice(axis);
  return { axes: axes.filter((own) => own < shape.length), keep: true };
}
