/**
 * The reductions along axes. They differ in their formulas: of every cell, of the reduced value, and
 * which operation is between the two. Sums are maps, and so layers where clustering has a use for them.
 *
 * Axes are an attribute up to operator set 17 (ReduceSum: 12), an argument from 18 on; without any, all
 * are reduced.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { add, divide, math, multiply, num, subtract } from '../../../ir/program-builders.js';
import type { Expression, ReductionOperation } from '../../../ir/program.js';
import { axesOf, hasBatch } from '../axes.js';
import { computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { isWhole } from '../element-type.js';
import { exactReciprocal } from '../exact.js';
import { sumCells } from '../linear-reduce.js';
import { reduceValue } from '../reduce.js';
import type { ReduceFrame } from '../reduce.js';
import { withoutAxes } from '../views.js';
import type { Value } from '../values.js';

/** The operator set from which on axes are an argument. */
const AXES_ARGUMENT = 18;

/** What a reduction is made of; `count` cells are reduced. */
interface Formula {
  readonly operation: ReductionOperation;
  readonly ofCell?: (cell: Expression) => Expression;
  readonly finish?: (reduced: Expression, count: number, value: Value) => Expression;
}

const SAME = (cell: Expression): Expression => cell;
const SQUARE = (cell: Expression): Expression => multiply(cell, cell);

/** `weight`: where the reduction is a sum with equal weights, the weight for so many cells. */
function reductionOf(
  operator: string,
  { operation, ofCell = SAME, finish = SAME }: Formula,
  weight: (count: number, value: Value) => number | undefined = () => undefined,
  since = AXES_ARGUMENT,
): Importer {
  return {
    operator,
    attributes: ['axes', 'keepdims', 'noop_with_empty_axes'],
    read(context) {
      const value = context.argument(0);
      const frame = frameOf(context, value, since);
      const end = (reduced: Expression, cells: number): Expression => finish(reduced, cells, value);
      if (frame === undefined) {
        return computeEach(context, [value], (cell) => end(ofCell(cell), 1));
      }
      const count = sizeOf(frame.axes.map((axis) => value.shape[axis]));
      const factor = weight(count, value);
      const sum = factor === undefined ? undefined : sumCells(context, value, frame, factor);
      return (
        sum ??
        reduceValue(context, value, frame, {
          operation,
          ofCell,
          finish: (reduced) => end(reduced, count),
        })
      );
    },
  };
}

/** The axes to reduce; `undefined` where none are and the operator does nothing but its formula. */
function frameOf(context: OperatorContext, value: Value, since: number): ReduceFrame | undefined {
  const rank = value.shape.length;
  const given = context.integersSince(since, 'axes', 1) ?? [];
  const isNoop = context.integer('noop_with_empty_axes', 0) !== 0;
  if (given.length === 0 && isNoop) return undefined;
  const axes = given.length === 0 ? [...value.shape.keys()] : axesOf(context, rank, given);
  const own = axes.filter((axis) => axis < rank);
  if (hasBatch(value) && own.includes(0)) throw context.unsupported('over the batch');
  return { axes: own, keep: context.integer('keepdims', 1) !== 0 };
}

export const REDUCE_SUM = reductionOf('ReduceSum', { operation: 'sum' }, () => 1, 13);
export const REDUCE_MEAN = reductionOf(
  'ReduceMean',
  {
    operation: 'sum',
    finish(sum, count, { type }) {
      const mean = divide(sum, num(count));
      return isWhole(type) ? math('trunc', mean) : mean;
    },
  },
  (count, { type }) => (isWhole(type) ? undefined : exactReciprocal(count)),
);
export const REDUCE_MAX = reductionOf('ReduceMax', { operation: 'max' });
export const REDUCE_MIN = reductionOf('ReduceMin', { operation: 'min' });
export const REDUCE_L1 = reductionOf('ReduceL1', {
  operation: 'sum',
  ofCell: (cell) => math('abs', cell),
});
export const REDUCE_L2 = reductionOf('ReduceL2', {
  operation: 'sum',
  ofCell: SQUARE,
  finish: (sum) => math('sqrt', sum),
});
export const REDUCE_SUM_SQUARE = reductionOf('ReduceSumSquare', {
  operation: 'sum',
  ofCell: SQUARE,
});
export const REDUCE_LOG_SUM = reductionOf('ReduceLogSum', {
  operation: 'sum',
  finish: (sum) => math('log', sum),
});

/** The largest cell is taken out, so that no power overflows. */
export const REDUCE_LOG_SUM_EXP: Importer = {
  operator: 'ReduceLogSumExp',
  attributes: ['axes', 'keepdims', 'noop_with_empty_axes'],
  read(context) {
    const value = context.argument(0);
    const frame = frameOf(context, value, AXES_ARGUMENT);
    if (frame === undefined) return value;
    const kept = reduceValue(
      context,
      value,
      { ...frame, keep: true },
      {
        operation: 'max',
        part: 'largest',
      },
    );
    const rests = computeEach(context, [value, kept], subtract, { part: 'rests' });
    const logs = reduceValue(context, rests, frame, {
      operation: 'sum',
      ofCell: (cell) => math('exp', cell),
      finish: (sum) => math('log', sum),
      part: 'logs',
    });
    const largest = frame.keep ? kept : withoutAxes(kept, frame.axes);
    return computeEach(context, [largest, logs], add);
  },
};
