/**
 * A tensor of a state dict as it stands in its file, and what a layer needs of it: its numbers as
 * sparse rows, without a copy in between, and its bytes for the hash.
 *
 * Tensors are views: they may begin anywhere in their storage, and neighbours along an axis may be any
 * number of elements apart. Whoever makes a `StoredTensor` has checked that all of it lies inside.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { SparseRows } from '../../ir/network.js';
import type { ElementType } from './element-types.js';

export interface StoredTensor {
  /** Name in the state dict. */
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** For each axis, how many elements of the storage lie between neighbours. */
  readonly strides: readonly number[];
  /** Element of the storage at which the tensor begins. */
  readonly offset: number;
  /** All bytes of the storage. */
  readonly storage: Uint8Array;
  readonly littleEndian: boolean;
}

/** What a file of weights holds, whatever its format. */
export interface StateDict {
  readonly file: string;
  /** Names of the tensors, in the order of the file. */
  readonly names: readonly string[];
  /** The tensor of that name, checked against the bytes that are there. @throws Diagnostic. */
  readonly tensor: (name: string) => StoredTensor | undefined;
}

/** Strides of a tensor whose elements stand row-major, without gaps. */
export function rowMajorStrides(shape: readonly number[]): readonly number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  }
  return strides;
}

/** Number of elements; 1 for a scalar. */
export function countOf(tensor: Pick<StoredTensor, 'shape'>): number {
  return tensor.shape.reduce((product, extent) => product * extent, 1);
}

/**
 * The nonzero numbers of a matrix of shape [outputs, inputs], row by row.
 *
 * @throws Diagnostic STATE_DICT_NOT_FINITE, STATE_DICT_NOT_EXACT.
 */
export function rowsOf(tensor: StoredTensor, file: string): SparseRows {
  const [outputs, inputs] = tensor.shape;
  const read = readerOf(tensor);
  const rowStart = new Uint32Array(outputs + 1);
  let count = 0;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const value = read(output, input);
      if (value !== 0) {
        if (!(Math.abs(value) < LARGEST_SURE)) checkNumber(tensor, [output, input], value, file);
        count++;
      }
    }
    rowStart[output + 1] = count;
  }
  const columns = new Uint32Array(count);
  const values = new Float64Array(count);
  let next = 0;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const value = read(output, input);
      if (value === 0) continue;
      columns[next] = input;
      values[next] = value;
      next++;
    }
  }
  return { rowStart, columns, values };
}

/** The numbers of a tensor with one axis. @throws Diagnostic as `rowsOf`. */
export function vectorOf(tensor: StoredTensor, file: string): Float64Array {
  const read = readerOf(tensor);
  return Float64Array.from({ length: tensor.shape[0] }, (_, index) => {
    const value = read(index, 0);
    if (!(Math.abs(value) < LARGEST_SURE)) checkNumber(tensor, [index], value, file);
    return value + 0; // −0 + 0 is 0
  });
}

/** Numbers below this are finite, and whole ones are exact. */
const LARGEST_SURE = Number.MAX_SAFE_INTEGER;

/** Reads by the positions along the first two axes. */
function readerOf(tensor: StoredTensor): (first: number, second: number) => number {
  const { type, storage, littleEndian, offset } = tensor;
  const view = new DataView(storage.buffer, storage.byteOffset, storage.byteLength);
  const [firstStride = 0, secondStride = 0] = tensor.strides;
  const { bytes, read } = type;
  return (first, second) =>
    read(view, (offset + first * firstStride + second * secondStride) * bytes, littleEndian);
}

function checkNumber(
  tensor: StoredTensor,
  position: readonly number[],
  value: number,
  file: string,
): void {
  const at = { tensor: tensor.name, position };
  if (!Number.isFinite(value)) {
    throw diagnose('STATE_DICT_NOT_FINITE', { file }, { ...at, value: String(value) });
  }
  if (tensor.type.name !== 'int64') return;
  const exact = storedInteger(tensor, position);
  if (BigInt(value) === exact) return;
  throw diagnose('STATE_DICT_NOT_EXACT', { file }, { ...at, value: String(exact) });
}

function storedInteger(tensor: StoredTensor, position: readonly number[]): bigint {
  const { storage, strides, offset, littleEndian } = tensor;
  const view = new DataView(storage.buffer, storage.byteOffset, storage.byteLength);
  const element = position.reduce((sum, index, axis) => sum + index * strides[axis], offset);
  return view.getBigInt64(element * tensor.type.bytes, littleEndian);
}

/**
 * The bytes of a tensor's elements, row-major and little-endian, so that the same numbers of the same
 * type have the same bytes in every file. A part of the storage, not a copy, where they stand so.
 */
export function bytesOf(tensor: StoredTensor): Uint8Array {
  const { type, storage, shape, strides, offset, littleEndian } = tensor;
  const size = type.bytes;
  const count = countOf(tensor);
  const plain = rowMajorStrides(shape);
  const isPlain = strides.every((stride, axis) => stride === plain[axis]);
  if (isPlain && (littleEndian || size === 1)) {
    return storage.subarray(offset * size, (offset + count) * size);
  }
  const bytes = new Uint8Array(count * size);
  for (let index = 0; index < count; index++) {
    let element = offset;
    let rest = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      element += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    for (let byte = 0; byte < size; byte++) {
      const from = littleEndian ? byte : size - 1 - byte;
      bytes[index * size + byte] = storage[element * size + from];
    }
  }
  return bytes;
}
