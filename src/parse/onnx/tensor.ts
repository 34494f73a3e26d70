/**
 * The numbers of a tensor in the file, as doubles. Extents are only believed after they have been
 * compared with the data that are there: a hostile extent allocates nothing.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { countElements, readElements } from './elements.js';
import { elementTypeOf, nameOfDataType } from './element-type.js';
import type { TensorMessage } from './schema.js';
import type { ConstantValue } from './values.js';

/** More axes than any tensor of a network has; operators walk all of them. */
export const MOST_AXES = 64;

/**
 * Decodes a tensor that is called `name` in the graph; external data must have been joined.
 *
 * @throws Diagnostic as `readTensor`, and ONNX_NOT_FINITE.
 */
export function constantOf(tensor: TensorMessage, name: string, place: Place): ConstantValue {
  const constant = readTensor(tensor, name, place);
  const { data } = constant;
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    const value = String(data[index]);
    throw diagnose('ONNX_NOT_FINITE', place, { tensor: name, index, value });
  }
  return constant;
}

/**
 * As `constantOf`, with NaN and infinities as they are.
 *
 * @throws Diagnostic SHAPE_INVALID, ONNX_UNSUPPORTED_TYPE, ONNX_EXTERNAL_DATA, ONNX_TENSOR_SIZE,
 *   ONNX_TENSOR_RANGE, ONNX_TENSOR_AXES, ONNX_TENSOR_SEGMENT.
 */
export function readTensor(tensor: TensorMessage, name: string, place: Place): ConstantValue {
  const type = elementTypeOf(tensor.dataType);
  if (type === undefined) {
    const found = nameOfDataType(tensor.dataType);
    throw diagnose('ONNX_UNSUPPORTED_TYPE', place, { tensor: name, type: found });
  }
  if (tensor.segment !== undefined) throw diagnose('ONNX_TENSOR_SEGMENT', place, { tensor: name });
  if (tensor.dataLocation !== 0) {
    const problem = `location ${tensor.dataLocation} is not known`;
    throw diagnose('ONNX_EXTERNAL_DATA', place, { tensor: name, problem });
  }
  const expected = countCells(tensor.dims, name, place);
  const actual = countElements(tensor, type);
  if (actual !== expected) {
    const { dims } = tensor;
    throw diagnose('ONNX_TENSOR_SIZE', place, { tensor: name, dims, expected, actual });
  }
  const { data, rounded, outside } = readElements(tensor, type, actual);
  if (outside !== undefined) {
    const { index, text: value } = outside;
    throw diagnose('ONNX_TENSOR_RANGE', place, { tensor: name, index, value, type });
  }
  return {
    kind: 'constant',
    name,
    type,
    shape: tensor.dims,
    data,
    ...(rounded === undefined ? {} : { rounded }),
  };
}

/** The product of the extents, as a double. @throws Diagnostic SHAPE_INVALID, ONNX_TENSOR_AXES. */
export function countCells(dims: readonly number[], name: string, place: Place): number {
  if (dims.length > MOST_AXES) {
    const values = { tensor: name, axes: dims.length, most: MOST_AXES };
    throw diagnose('ONNX_TENSOR_AXES', place, values);
  }
  const negative = dims.find((extent) => extent < 0);
  if (negative !== undefined) throw diagnose('SHAPE_INVALID', place, { found: String(negative) });
  return dims.reduce((product, extent) => product * extent, 1);
}
