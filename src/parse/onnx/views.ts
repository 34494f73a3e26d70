/** The same cells under another shape: nothing is computed. */
import type { OperatorContext } from './context.js';
import { reshaped } from './shapes.js';
import type { Value } from './values.js';

/**
 * The value under the shape that `wanted` asks for (0 copies an extent, −1 takes the rest). `hasBatch`:
 * whether the first extent wanted is known to be the symbolic batch's.
 *
 * @throws Diagnostic ONNX_SHAPE_MISMATCH, ONNX_UNSUPPORTED_FORM.
 */
export function withShape(
  context: OperatorContext,
  value: Value,
  wanted: readonly number[],
  hasBatch = false,
): Value {
  const shape = reshaped(value.shape, wanted);
  if (shape === undefined) throw context.mismatch(value.shape, wanted);
  if (value.kind === 'constant') return { ...value, shape };
  if (!value.batch) return { ...value, shape };
  // The batch counts 1 cell here. Where a fixed 1 is asked for, the model is for one example.
  if (shape[0] !== 1) throw context.unsupported('that joins the batch with another axis');
  return { ...value, shape, batch: hasBatch || wanted[0] !== 1 };
}

/** The value without the axes, each of which has the extent 1; a batch among them is one example. */
export function withoutAxes(value: Value, axes: readonly number[]): Value {
  const shape = value.shape.filter((_, axis) => !axes.includes(axis));
  if (value.kind === 'constant') return { ...value, shape };
  return { ...value, shape, batch: value.batch && !axes.includes(0) };
}

/** The value with axes of extent 1 at positions of the result, ascending. */
export function withAxes(value: Value, axes: readonly number[]): Value {
  const shape = [...value.shape];
  for (const axis of axes) shape.splice(axis, 0, 1);
  if (value.kind === 'constant') return { ...value, shape };
  return { ...value, shape, batch: value.batch && !axes.includes(0) };
}
