/** The axes of a value in another order. */
import { hasBatch } from './axes.js';
import type { OperatorContext } from './context.js';
import { selectCells } from './selection.js';
import type { Value } from './values.js';

/**
 * The value whose axis k is axis order[k] of `value`. Where only axes of one cell move, nothing is copied.
 * A batch that moves away from the front is one example; `batch` says what the first axis is then.
 */
export function permuteAxes(
  context: OperatorContext,
  value: Value,
  order: readonly number[],
  batch = hasBatch(value) && order[0] === 0,
): Value {
  if (order.every((axis, own) => axis === own) && batch === hasBatch(value)) return value;
  const shape = order.map((axis) => value.shape[axis]);
  const moved = order.filter((axis) => value.shape[axis] !== 1);
  if (value.kind === 'tensor' && moved.every((axis, k) => k === 0 || moved[k - 1] < axis)) {
    return { ...value, shape, batch };
  }
  return selectCells(context, value, {
    extent: { shape, batch },
    source: (at) => order.map((_, axis) => at[order.indexOf(axis)]),
  });
}
