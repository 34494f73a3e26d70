/** Writes safetensors files for tests, and ones whose header lies. */
import { bytesOfNumbers } from './number-bytes.js';
import type { NumberType } from './number-bytes.js';
import { concat } from './zip-writer.js';

export interface SafeTensor {
  readonly shape: readonly number[];
  /** For 16-bit floats their bits. */
  readonly data: ArrayLike<number | bigint>;
  /** Default `float32`. */
  readonly type?: NumberType;
}

const TYPE_NAMES: Readonly<Record<NumberType, string>> = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint8: 'U8',
  bool: 'BOOL',
};

/** The bytes of a file that holds the tensors by their names. */
export function writeSafetensors(tensors: Readonly<Record<string, SafeTensor>>): Uint8Array {
  const header: [string, unknown][] = [['__metadata__', { format: 'pt' }]];
  const data: Uint8Array[] = [];
  let begin = 0;
  for (const [name, { shape, data: numbers, type = 'float32' }] of Object.entries(tensors)) {
    const bytes = bytesOfNumbers(type, numbers);
    const end = begin + bytes.length;
    header.push([name, { dtype: TYPE_NAMES[type], shape, data_offsets: [begin, end] }]);
    data.push(bytes);
    begin = end;
  }
  return writeHeader(JSON.stringify(Object.fromEntries(header)), concat(data));
}

/** The bytes of a file with any header; `length` is what its first eight bytes say. */
export function writeHeader(header: string, data: Uint8Array, length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, length ?? BigInt(text.length), true);
  return concat([new Uint8Array(view.buffer), text, data]);
}
