/**
 * Values computed cell by cell: what is no affine map becomes a stage, or is folded where all operands
 * are constants.
 *
 *   computeValue(context, [a, b], extent, (at, [a, b]) => multiply(a(at), b(at)))      a · b
 */
import { sizeOf } from '../../ir/model-interface.js';
import { num } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { stageOf } from '../../ir/stage.js';
import type { Operand, Read } from '../../ir/stage.js';
import { createStageRunner } from '../../ir/stage-values.js';
import type { Extent } from './builder.js';
import { checkCost } from './builder.js';
import type { OperatorContext } from './context.js';
import type { ElementType } from './element-type.js';
import { broadcastShape, sameShape } from './shapes.js';
import { shapeWithoutBatch } from './values.js';
import type { Value } from './values.js';

/** A cell of the result at indices of its shape (the batch among them, always at 0). */
export type CellBody = (at: readonly Expression[], reads: readonly Read[]) => Expression;

export interface ComputeOptions {
  /** Type of the result; that of the first operand unless given. */
  readonly type?: ElementType;
  /** Words for the axes of the result, the batch's among them. */
  readonly axes?: readonly string[];
  /** What this stage is for, where a node takes several. */
  readonly part?: string;
  /** Most terms that one cell reduces; default 1. Bounds the time that folding takes. */
  readonly terms?: number;
  /** Whether cells of constants are copied, so that nothing can be rounded. */
  readonly copies?: boolean;
}

/**
 * The value whose cell at indices `at` is `body(at, reads)`, one read for each operand, each under the
 * operand's own shape.
 */
export function computeValue(
  context: OperatorContext,
  operands: readonly Value[],
  extent: Extent,
  body: CellBody,
  options: ComputeOptions = {},
): Value {
  const constants = operands.filter((value) => value.kind === 'constant');
  const isFolded = constants.length === operands.length;
  const work = isFolded ? sizeOf(extent.shape) * (options.terms ?? 1) : 0;
  checkCost(extent.shape, work, context.node.opType, context.place);
  if (!isFolded || options.copies !== true)
    constants.forEach((value) => context.refuseRounded(value));
  if (!isFolded) constants.forEach((value) => context.useWeights(value));
  const skipped = extent.batch ? 1 : 0;
  const axes = options.axes ?? inheritedWords(context, operands, extent);
  const stage = stageOf(
    {
      name: partName(context.name, options),
      shape: extent.shape.slice(skipped),
      operands: operands.map((value) => operandOf(context, value)),
      axes: axes.slice(skipped),
    },
    (at, reads) => body(extent.batch ? [num(0), ...at] : at, reads),
  );
  const type = options.type ?? operands[0].type;
  if (!isFolded) return context.layers.compute(stage, extent, type);
  const data = createStageRunner(stage)([]);
  if (!data.every(Number.isFinite)) throw context.unsupported('of constants that overflow');
  if (options.copies !== true && !data.every(Number.isInteger)) context.noteRounding();
  const rounded = constants.find((value) => value.rounded !== undefined)?.rounded;
  return {
    kind: 'constant',
    name: partName(context.node.output[0], options),
    type,
    shape: extent.shape,
    data,
    ...(rounded === undefined ? {} : { rounded }),
  };
}

function partName(name: string, { part }: ComputeOptions): string {
  return part === undefined ? name : `${name}/${part}`;
}

/** The words of the first operand of the same shape that has any. */
function inheritedWords(
  context: OperatorContext,
  operands: readonly Value[],
  { shape }: Extent,
): readonly string[] {
  for (const operand of operands) {
    const words = sameShape(operand.shape, shape) ? axisWords(context, operand) : undefined;
    if (words !== undefined) return words;
  }
  return [];
}

/** What the stage that computes a value calls its axes (the batch among them), if one does. */
export function axisWords(context: OperatorContext, value: Value): readonly string[] | undefined {
  if (value.kind === 'constant' || value.form.kind !== 'stored') return undefined;
  const words = context.layers.wordsOf(value.form.ref);
  const { ref } = value.form;
  const isSeen = sameShape(context.layers.storedShape(ref), shapeWithoutBatch(value));
  return isSeen && words !== undefined ? [...(value.batch ? ['batch'] : []), ...words] : undefined;
}

function operandOf(context: OperatorContext, value: Value): Operand {
  if (value.kind === 'constant') {
    const { data, shape, name } = value;
    return { kind: 'constant', shape, data, hint: name };
  }
  const { ref } = context.layers.store(value, context.name).form;
  const stored = context.layers.storedShape(ref);
  return { kind: 'tensor', ref, stored, shape: value.shape, hint: 'tensor' };
}

/** `operate` of the operands cell by cell, broadcast to their common shape. */
export function computeEach(
  context: OperatorContext,
  operands: readonly Value[],
  operate: (...cells: readonly Expression[]) => Expression,
  options: ComputeOptions = {},
): Value {
  const extent = commonExtent(context, operands);
  return computeValue(
    context,
    operands,
    extent,
    (at, reads) =>
      operate(...reads.map((read, index) => read(broadcastIndices(at, operands[index].shape)))),
    options,
  );
}

/** Indices into a shape for indices of what it is broadcast to: the last axes, 0 along extents of 1. */
export function broadcastIndices(
  at: readonly Expression[],
  shape: readonly number[],
): readonly Expression[] {
  const offset = at.length - shape.length;
  return shape.map((extent, axis) => (extent === 1 ? num(0) : at[axis + offset]));
}

/**
 * The shape that values are broadcast to; a symbolic batch must stay the first axis.
 *
 * @throws Diagnostic ONNX_SHAPE_MISMATCH, SHAPE_INVALID, SHAPE_TOO_LARGE.
 */
export function commonExtent(context: OperatorContext, values: readonly Value[]): Extent {
  const shape = values.reduce<readonly number[]>((common, value) => {
    const next = broadcastShape(common, value.shape);
    if (next === undefined) throw context.mismatch(common, value.shape);
    return next;
  }, []);
  const batched = values.filter((value) => value.kind === 'tensor' && value.batch);
  const kept = batched.every((value) => value.shape.length === shape.length && shape[0] === 1);
  if (!kept) throw context.mismatch(values[0].shape, values[values.length - 1].shape);
  checkCost(shape, 0, context.node.opType, context.place);
  return { shape, batch: batched.length > 0 };
}
