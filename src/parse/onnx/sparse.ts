/**
 * Sparse tensors: the values that are not 0 and their places, as one index into the flattened tensor or
 * one index for each axis. They become dense, up to a size that does not depend on the file.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic, Place } from '../../diagnostics/diagnostic.js';
import { MOST_CELLS } from '../shape.js';
import type { SparseTensorMessage } from './schema.js';
import { constantOf, countCells } from './tensor.js';
import type { ConstantValue } from './values.js';

/**
 * Decodes a sparse tensor that is called `name` in the graph.
 *
 * @throws Diagnostic ONNX_SPARSE_TENSOR, and as `constantOf` of its two parts.
 */
export function sparseConstantOf(
  sparse: SparseTensorMessage,
  name: string,
  place: Place,
): ConstantValue {
  const refuse = (problem: string): Diagnostic =>
    diagnose('ONNX_SPARSE_TENSOR', place, { tensor: name, problem });
  if (sparse.values === undefined || sparse.indices === undefined) {
    throw refuse('lacks its values or their indices');
  }
  const { dims } = sparse;
  const cells = countCells(dims, name, place);
  if (cells > MOST_CELLS) throw refuse(`has ${cells} cells, more than ${MOST_CELLS}`);
  const values = constantOf(sparse.values, name, place);
  const indices = constantOf(sparse.indices, `${name} (indices)`, place);
  if (indices.type !== 'int64') throw refuse(`has indices of type ${indices.type}, not int64`);
  const places = placesOf(indices, values.data.length, dims);
  if (places === undefined) {
    const shape = `${indices.shape.join('x')} for ${values.data.length} values`;
    throw refuse(`has indices of shape ${shape}`);
  }
  const data = new Float64Array(cells);
  let previous = -1;
  for (const [index, cell] of places.entries()) {
    if (!(cell > previous && cell < cells)) {
      throw refuse(`has index ${index + 1} out of range, or not above the one before`);
    }
    data[cell] = values.data[index];
    previous = cell;
  }
  const { rounded } = values;
  return {
    ...values,
    shape: dims,
    data,
    ...(rounded === undefined ? {} : { rounded: { ...rounded, index: places[rounded.index] } }),
  };
}

/** The cell of each value, −1 where an index is out of range; `undefined` for a wrong shape. */
function placesOf(
  { shape, data }: ConstantValue,
  count: number,
  dims: readonly number[],
): Float64Array | undefined {
  if (shape.length === 1) return shape[0] === count ? data : undefined;
  const rank = dims.length;
  if (shape.length !== 2 || shape[0] !== count || shape[1] !== rank) return undefined;
  const places = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    let cell = 0;
    for (let axis = 0; axis < rank; axis++) {
      const position = data[index * rank + axis];
      cell = position >= 0 && position < dims[axis] ? cell * dims[axis] + position : NaN;
    }
    places[index] = cell;
  }
  return places;
}
