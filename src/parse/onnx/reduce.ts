/**
 * Reductions along axes: a value over the same axes with the extent 1, or without them. The body of a
 * sum over two axes is a sum of sums, which prints as one accumulator.
 */
import { sizeOf } from '../../ir/model-interface.js';
import { num, reduction, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, ReductionOperation } from '../../ir/program.js';
import { letterOf } from '../../ir/stage.js';
import type { Extent } from './builder.js';
import { axisWords, computeValue } from './compute.js';
import type { ComputeOptions } from './compute.js';
import type { OperatorContext } from './context.js';
import { hasBatch } from './axes.js';
import type { Value } from './values.js';

export interface ReduceFrame {
  /** Axes to reduce, ascending; not the batch. */
  readonly axes: readonly number[];
  /** Whether the axes stay, with the extent 1. */
  readonly keep: boolean;
}

/** Words for the axes of a value: those of the stage that computes it, else letters. */
export function wordsFor(context: OperatorContext, value: Value): readonly string[] {
  const skipped = hasBatch(value) ? 1 : 0;
  return axisWords(context, value) ?? value.shape.map((_, axis) => letterOf(axis - skipped));
}

/** The words that are left where axes are reduced. */
export function resultWords(words: readonly string[], frame: ReduceFrame): readonly string[] {
  return frame.keep ? words : words.filter((_, axis) => !frame.axes.includes(axis));
}

/** The shape of a reduced value. @throws Diagnostic ONNX_UNSUPPORTED_FORM for a reduced batch. */
export function reducedExtent(context: OperatorContext, value: Value, frame: ReduceFrame): Extent {
  const { axes, keep } = frame;
  const batch = hasBatch(value);
  if (batch && axes.includes(0)) throw context.unsupported('over the batch');
  const shape = keep
    ? value.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
    : value.shape.filter((_, axis) => !axes.includes(axis));
  return { shape, batch };
}

/** `finish` of the reduction of `ofCell(cell)` along the axes. */
export function reduceValue(
  context: OperatorContext,
  value: Value,
  frame: ReduceFrame,
  operation: ReductionOperation,
  ofCell: (cell: Expression) => Expression,
  finish: (reduced: Expression) => Expression = (reduced) => reduced,
  options: ComputeOptions = {},
): Value {
  const extent = reducedExtent(context, value, frame);
  const words = wordsFor(context, value);
  const terms = sizeOf(frame.axes.map((axis) => value.shape[axis]));
  return computeValue(
    context,
    [value],
    extent,
    (at, [read]) =>
      finish(reduceCells(value, frame, at, operation, (from) => ofCell(read(from)), words)),
    { terms, axes: resultWords(words, frame), ...options },
  );
}

/**
 * The reduction of `body` at all indices of a value that lie behind the cell `at` of the result; `words`
 * name the value's axes.
 */
export function reduceCells(
  value: Value,
  { axes, keep }: ReduceFrame,
  at: readonly Expression[],
  operation: ReductionOperation,
  body: (indices: readonly Expression[]) => Expression,
  words: readonly string[],
): Expression {
  const { shape } = value;
  const iterators = new Map(axes.map((axis) => [axis, symbol(words[axis])]));
  let own = 0;
  const indices = shape.map((_, axis) => {
    const iterator = iterators.get(axis);
    if (iterator === undefined) return at[keep ? axis : own++];
    return ref(iterator);
  });
  return axes.reduceRight<Expression>((inner, axis) => {
    const iterator = iterators.get(axis);
    return iterator === undefined
      ? inner
      : reduction(operation, iterator, num(0), num(shape[axis]), inner);
  }, body(indices));
}
