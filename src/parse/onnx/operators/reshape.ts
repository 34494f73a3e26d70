/** Reshape: the same cells under another shape. A symbolic batch must stay an axis of its own. */
import type { Importer, OperatorContext } from '../context.js';
import { reshaped } from '../shapes.js';
import type { Value } from '../values.js';

export const RESHAPE: Importer = {
  operator: 'Reshape',
  attributes: ['allowzero'],
  read(context) {
    const target = context.argument(1);
    if (target.kind !== 'constant') {
      throw context.notConstant('its shape');
    }
    const wanted = Array.from(target.data);
    if (context.integer('allowzero', 0) !== 0 && wanted.includes(0)) {
      throw context.unsupportedAttribute('allowzero', '1');
    }
    return withShape(context, context.argument(0), wanted);
  },
};

/** The value under the shape that `wanted` asks for (0 copies an extent, −1 takes the rest). */
export function withShape(
  context: OperatorContext,
  value: Value,
  wanted: readonly number[],
): Value {
  const shape = reshaped(value.shape, wanted);
  if (shape === undefined) throw context.mismatch(value.shape, wanted);
  if (value.kind === 'constant') return { ...value, shape };
  if (!value.batch) return { ...value, shape };
  // The batch counts 1 cell here. Where a fixed 1 is asked for, the model is for one example.
  if (shape[0] !== 1) throw context.unsupported('that joins the batch with another axis');
  return { ...value, shape, batch: wanted[0] !== 1 };
}
