/** Shapes of ONNX tensors: broadcasting, axes, reshaping. All of it is arithmetic on extents. */
import { sizeOf } from '../../ir/model-interface.js';

/** The common shape of two tensors under broadcasting; `undefined` when they do not fit. */
export function broadcastShape(
  left: readonly number[],
  right: readonly number[],
): readonly number[] | undefined {
  const rank = Math.max(left.length, right.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a !== b && a !== 1 && b !== 1) return undefined;
    shape.push(a === 1 ? b : a);
  }
  return shape;
}

/** Whether two shapes have the same extents. */
export function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((extent, axis) => extent === right[axis]);
}

/** For each cell of `result`, the cell of a tensor of `shape` that broadcasting puts there. */
export function broadcastCells(shape: readonly number[], result: readonly number[]): Uint32Array {
  const strides = new Array<number>(result.length).fill(0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1) strides[axis + result.length - shape.length] = stride;
    stride *= shape[axis];
  }
  const cells = new Uint32Array(sizeOf(result));
  const position = new Array<number>(result.length).fill(0);
  let cell = 0;
  for (let index = 0; index < cells.length; index++) {
    cells[index] = cell;
    for (let axis = result.length - 1; axis >= 0; axis--) {
      position[axis]++;
      cell += strides[axis];
      if (position[axis] < result[axis]) break;
      cell -= strides[axis] * result[axis];
      position[axis] = 0;
    }
  }
  return cells;
}

/** An axis counted from 0, or from the end where negative; `undefined` when out of range. */
export function normalAxis(axis: number, rank: number): number | undefined {
  const normal = axis < 0 ? axis + rank : axis;
  return Number.isInteger(normal) && normal >= 0 && normal < Math.max(rank, 1) ? normal : undefined;
}

/**
 * The extents that a Reshape asks for: 0 copies the extent of the same axis, one −1 takes what is
 * left. `undefined` when the number of cells does not come out.
 */
export function reshaped(
  shape: readonly number[],
  target: readonly number[],
): readonly number[] | undefined {
  const size = sizeOf(shape);
  const copied = target.map((extent, axis) => (extent === 0 ? (shape[axis] ?? 0) : extent));
  const open = copied.indexOf(-1);
  if (open >= 0) copied[open] = size / sizeOf(copied.filter((_, axis) => axis !== open));
  const legal = copied.every((extent) => Number.isSafeInteger(extent) && extent > 0);
  return legal && sizeOf(copied) === size ? copied : undefined;
}
