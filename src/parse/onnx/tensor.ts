/**
 * The numbers of a tensor in the file, as doubles. Extents are only believed after they have been
 * compared with the data that are there: a hostile extent allocates nothing.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { nameOfDataType } from './element-type.js';
import { EXTERNAL_LOCATION } from './schema.js';
import type { TensorMessage } from './schema.js';
import type { ConstantValue } from './values.js';

interface ElementType {
  readonly name: 'float' | 'double' | 'int32' | 'int64';
  readonly bytes: number;
  /** Reads one little-endian element. */
  readonly read: (view: DataView, offset: number) => number;
  /** The typed list that holds the elements where there are no raw data. */
  readonly list: (tensor: TensorMessage) => readonly number[];
}

const ELEMENT_TYPES: readonly ElementType[] = [
  {
    name: 'float',
    bytes: 4,
    read: (view, offset) => view.getFloat32(offset, true),
    list: (tensor) => tensor.floatData,
  },
  {
    name: 'double',
    bytes: 8,
    read: (view, offset) => view.getFloat64(offset, true),
    list: (tensor) => tensor.doubleData,
  },
  {
    name: 'int32',
    bytes: 4,
    read: (view, offset) => view.getInt32(offset, true),
    list: (tensor) => tensor.int32Data,
  },
  {
    name: 'int64',
    bytes: 8,
    read: (view, offset) => Number(view.getBigInt64(offset, true)),
    list: (tensor) => tensor.int64Data,
  },
];

/**
 * Decodes a tensor that is called `name` in the graph.
 *
 * @throws Diagnostic SHAPE_INVALID, ONNX_UNSUPPORTED_TYPE, ONNX_EXTERNAL_DATA, ONNX_TENSOR_SIZE, ONNX_NOT_FINITE.
 */
export function constantOf(tensor: TensorMessage, name: string, place: Place): ConstantValue {
  const typeName = nameOfDataType(tensor.dataType);
  const type = ELEMENT_TYPES.find((known) => known.name === typeName);
  if (type === undefined) {
    throw diagnose('ONNX_UNSUPPORTED_TYPE', place, { tensor: name, type: typeName });
  }
  if (tensor.dataLocation === EXTERNAL_LOCATION) {
    throw diagnose('ONNX_EXTERNAL_DATA', place, { tensor: name });
  }
  const { dims } = tensor;
  const negative = dims.find((extent) => extent < 0);
  if (negative !== undefined) throw diagnose('SHAPE_INVALID', place, { found: String(negative) });
  const expected = dims.reduce((product, extent) => product * extent, 1);
  const actual = countElements(tensor, type);
  if (actual !== expected) {
    throw diagnose('ONNX_TENSOR_SIZE', place, { tensor: name, dims, expected, actual });
  }
  const data = readElements(tensor, type, actual);
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const value = String(data[wrong]);
    throw diagnose('ONNX_NOT_FINITE', place, { tensor: name, index: wrong, value });
  }
  return { kind: 'constant', name, type: type.name, shape: dims, data };
}

function countElements(tensor: TensorMessage, type: ElementType): number {
  return tensor.rawData === undefined
    ? type.list(tensor).length
    : tensor.rawData.length / type.bytes;
}

function readElements(tensor: TensorMessage, type: ElementType, count: number): Float64Array {
  if (tensor.rawData === undefined) return Float64Array.from(type.list(tensor), (x) => x + 0);
  // A DataView reads unaligned data, which raw data often are.
  const { buffer, byteOffset, byteLength } = tensor.rawData;
  const view = new DataView(buffer, byteOffset, byteLength);
  const data = new Float64Array(count);
  for (let index = 0; index < count; index++) data[index] = type.read(view, index * type.bytes) + 0;
  return data;
}
