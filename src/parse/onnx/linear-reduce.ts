/** Sums along axes as linear maps. */
import { sizeOf } from '../../ir/model-interface.js';
import type { OperatorContext } from './context.js';
import { isStaged, LARGE_MAP } from './linearity.js';
import { reducedExtent } from './reduce.js';
import type { ReduceFrame } from './reduce.js';
import { broadcastCells } from './shapes.js';
import type { TensorValue, Value } from './values.js';

/**
 * The sums along axes, times a factor, as a map; `undefined` for a value that is better summed by a
 * stage.
 */
export function sumCells(
  context: OperatorContext,
  value: Value,
  frame: ReduceFrame,
  factor: number,
): TensorValue | undefined {
  if (value.kind === 'constant' || isStaged(context.layers, value)) return undefined;
  const size = sizeOf(value.shape);
  if (size > LARGE_MAP) return undefined;
  const extent = reducedExtent(context, value, frame);
  const kept = value.shape.map((cells, axis) => (frame.axes.includes(axis) ? 1 : cells));
  // For each cell of the value, the sum that it goes into.
  const sums = broadcastCells(kept, value.shape);
  const count = sizeOf(extent.shape);
  const rowStart = new Uint32Array(count + 1);
  for (const sum of sums) rowStart[sum + 1]++;
  for (let row = 0; row < count; row++) rowStart[row + 1] += rowStart[row];
  const next = rowStart.slice();
  const columns = new Uint32Array(size);
  sums.forEach((sum, cell) => {
    columns[next[sum]++] = cell;
  });
  const rows = { rowStart, columns, values: new Float64Array(size).fill(factor) };
  const map = { rows, bias: new Float64Array(count) };
  return context.layers.apply(value, map, extent, context.name);
}
