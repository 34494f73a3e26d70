/** Axes as nodes name them: counted from either end, one or several, the symbolic batch left alone. */
import type { OperatorContext } from './context.js';
import { normalAxis } from './shapes.js';
import type { Value } from './values.js';

/** An axis of the value, counted from 0. @throws Diagnostic ONNX_UNSUPPORTED_ATTRIBUTE. */
export function axisOf(context: OperatorContext, { shape }: Value, given: number): number {
  const axis = normalAxis(given, shape.length);
  if (axis === undefined) throw context.unsupportedAttribute('axis', String(given));
  return axis;
}

/** As `axisOf`, for operators that compute along the axis: examples of a batch do not know each other. */
export function ownAxisOf(context: OperatorContext, value: Value, given: number): number {
  const axis = axisOf(context, value, given);
  if (axis === 0 && hasBatch(value)) throw context.unsupported('over the batch');
  return axis;
}

/**
 * Axes of a shape with `rank` axes, counted from 0, ascending.
 *
 * @throws Diagnostic ONNX_UNSUPPORTED_ATTRIBUTE for an axis that there is not, or twice.
 */
export function axesOf(
  context: OperatorContext,
  rank: number,
  given: readonly number[],
): readonly number[] {
  const axes = given.map((axis) => {
    const normal = normalAxis(axis, rank);
    if (normal === undefined) throw context.unsupportedAttribute('axes', String(axis));
    return normal;
  });
  axes.sort((a, b) => a - b);
  const twice = axes.find((axis, index) => axes[index + 1] === axis);
  if (twice !== undefined) throw context.unsupportedAttribute('axes', given.join(', '));
  return axes;
}

/** Whether the first axis of a value is the symbolic batch. */
export function hasBatch(value: Value): boolean {
  return value.kind === 'tensor' && value.batch;
}
