/**
 * Reductions along axes: a value over the same axes with the extent 1, or without them. The body of a
 * sum over two axes is a sum of sums, which prints as one accumulator.
 */
import { sizeOf } from '../../ir/model-interface.js';
import { num, reduction, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, ReductionOperation } from '../../ir/program.js';
import { letterOf } from '../../ir/stage.js';
import type { Extent } from './builder.js';
import { axisWords, computeValue } from './compute.js';
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
  return axisWords(context.layers, value) ?? value.shape.map((_, axis) => letterOf(axis - skipped));
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

/** What is done along the axes. */
export interface Reduction {
  readonly operation: ReductionOperation;
  /** What is reduced, of every cell; the cell itself unless given. */
  readonly ofCell?: (cell: Expression) => Expression;
  /** What is made of the reduced value; itself unless given. */
  readonly finish?: (reduced: Expression) => Expression;
  /** Words for the value's axes, where no stage has any. */
  readonly words?: readonly string[];
  /** What the stage is for, where a node takes several. */
  readonly part?: string;
}

/** The value reduced along the axes of the frame. */
export function reduceValue(
  context: OperatorContext,
  value: Value,
  frame: ReduceFrame,
  { operation, ofCell = same, finish = same, words: absent, part }: Reduction,
): Value {
  const words = axisWords(context.layers, value) ?? absent ?? wordsFor(context, value);
  return computeValue(
    context,
    [value],
    reducedExtent(context, value, frame),
    (at, [read]) => {
      const indices = reducedIndices(value.shape, frame, at, words);
      const body = ofCell(read(indices.map(({ index }) => index)));
      const reduced = indices.reduceRight<Expression>(
        (inner, { iterator, extent }) =>
          iterator === undefined ? inner : reduction(operation, iterator, 0, extent, inner),
        body,
      );
      return finish(reduced);
    },
    {
      terms: sizeOf(frame.axes.map((axis) => value.shape[axis])),
      axes: resultWords(words, frame),
      ...(part === undefined ? {} : { part }),
    },
  );
}

function same(cell: Expression): Expression {
  return cell;
}

/** An index of the value, and the iterator where its axis is reduced. */
interface ReducedIndex {
  readonly index: Expression;
  readonly extent: number;
  readonly iterator?: ProgramSymbol;
}

/** The indices that lie behind the cell `at` of the result. */
function reducedIndices(
  shape: readonly number[],
  { axes, keep }: ReduceFrame,
  at: readonly Expression[],
  words: readonly string[],
): readonly ReducedIndex[] {
  let own = 0;
  return shape.map((extent, axis) => {
    const isReduced = axes.includes(axis);
    const outer = isReduced && !keep ? undefined : at[own++];
    if (!isReduced) return { index: outer ?? num(0), extent };
    if (extent === 1) return { index: num(0), extent };
    const iterator = symbol(words[axis]);
    return { index: ref(iterator), extent, iterator };
  });
}
