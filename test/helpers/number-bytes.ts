/** Bytes of numbers in the types of state dicts, for the writers of tests; nothing of the reader's. */

export type NumberType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool';

/** Numbers of 16 bits are given as their bits. */
const WRITERS: Readonly<
  Record<
    NumberType,
    readonly [number, (view: DataView, at: number, x: number | bigint, little: boolean) => void]
  >
> = {
  float64: [8, (view, at, x, little) => view.setFloat64(at, Number(x), little)],
  float32: [4, (view, at, x, little) => view.setFloat32(at, Number(x), little)],
  float16: [2, (view, at, x, little) => view.setUint16(at, Number(x), little)],
  bfloat16: [2, (view, at, x, little) => view.setUint16(at, Number(x), little)],
  int64: [8, (view, at, x, little) => view.setBigInt64(at, BigInt(x), little)],
  int32: [4, (view, at, x, little) => view.setInt32(at, Number(x), little)],
  int16: [2, (view, at, x, little) => view.setInt16(at, Number(x), little)],
  int8: [1, (view, at, x) => view.setInt8(at, Number(x))],
  uint8: [1, (view, at, x) => view.setUint8(at, Number(x))],
  bool: [1, (view, at, x) => view.setUint8(at, Number(x))],
};

/** The bytes of `numbers`, one after the other. */
export function bytesOfNumbers(
  type: NumberType,
  numbers: ArrayLike<number | bigint>,
  little = true,
): Uint8Array {
  const [bytes, write] = WRITERS[type];
  const view = new DataView(new ArrayBuffer(bytes * numbers.length));
  for (let index = 0; index < numbers.length; index++) {
    write(view, index * bytes, numbers[index], little);
  }
  return new Uint8Array(view.buffer);
}
