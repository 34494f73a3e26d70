/**
 * Values computed cell by cell: what is no affine map becomes a stage, or is folded where all operands
 * are constants.
 *
 *   computeValue(context, [a, b], extent, (at, [a, b]) => multiply(a(at), b(at)))      a · b
 */
import { num } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { stageOf } from '../../ir/stage.js';
import type { Operand, Read } from '../../ir/stage.js';
import { createStageRunner } from '../../ir/stage-values.js';
import type { Extent } from './builder.js';
import { checkCost } from './builder.js';
import type { OperatorContext } from './context.js';
import { broadcastShape } from './shapes.js';
import type { Value } from './values.js';

/** A cell of the result at indices of its shape (the batch among them, always at 0). */
export type CellBody = (at: readonly Expression[], reads: readonly Read[]) => Expression;

/**
 * The value whose cell at indices `at` is `body(at, reads)`, one read for each operand, each under the
 * operand's own shape.
 */
export function computeValue(
  context: OperatorContext,
  operands: readonly Value[],
  extent: Extent,
  body: CellBody,
): Value {
  checkCost(extent.shape, 0, context.node.opType, context.place);
  const stored = operands.map((value): Operand => {
    if (value.kind === 'constant') {
      const { data, shape, name } = value;
      return { kind: 'constant', shape, data, hint: name };
    }
    const { ref } = context.layers.store(value, context.name).form;
    const hint = hintOf(value, context);
    return {
      kind: 'tensor',
      ref,
      stored: context.layers.storedShape(ref),
      shape: value.shape,
      hint,
    };
  });
  const shape = extent.batch ? extent.shape.slice(1) : extent.shape;
  const stage = stageOf({ name: context.name, shape, operands: stored }, (at, reads) =>
    body(extent.batch ? [num(0), ...at] : at, reads),
  );
  if (operands.every(({ kind }) => kind === 'constant')) {
    const data = createStageRunner(stage)([]);
    if (!data.every(Number.isFinite)) throw context.unsupported('of constants that overflow');
    return { kind: 'constant', name: context.node.output[0], type: 'double', shape, data };
  }
  for (const value of operands) if (value.kind === 'constant') context.useWeights(value);
  return context.layers.compute(stage, extent);
}

/** `operate` of the operands cell by cell, broadcast to their common shape. */
export function computeEach(
  context: OperatorContext,
  operands: readonly Value[],
  operate: (...cells: readonly Expression[]) => Expression,
): Value {
  const extent = commonExtent(context, operands);
  return computeValue(context, operands, extent, (at, reads) =>
    operate(...reads.map((read, index) => read(broadcastIndices(at, operands[index].shape)))),
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
 * @throws Diagnostic ONNX_SHAPE_MISMATCH.
 */
export function commonExtent(context: OperatorContext, values: readonly Value[]): Extent {
  const shape = values.reduce<readonly number[]>((common, value) => {
    const next = broadcastShape(common, value.shape);
    if (next === undefined) throw context.mismatch(common, value.shape);
    return next;
  }, []);
  const batched = values.filter((value) => value.kind === 'tensor' && value.batch);
  const kept = batched.every((value) => value.shape.length === shape.length && shape[0] === 1);
  if (!kept) throw context.mismatch(values[0].shape, shape);
  return { shape, batch: batched.length > 0 };
}

/** Words for a tensor: the name of what computes it. */
function hintOf(value: Value, context: OperatorContext): string {
  if (value.kind === 'constant') return value.name;
  const { form } = value;
  if (form.kind === 'stored' && form.ref.kind === 'layer') {
    return context.layers.layers[form.ref.index].name;
  }
  return 'input';
}
