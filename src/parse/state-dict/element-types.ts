/** The types of numbers that state dicts hold, and how one number is read as a double. */

export interface ElementType {
  /** As PyTorch calls it. */
  readonly name: string;
  readonly bytes: number;
  /** The number at a byte offset, exact, or the nearest double where there is no exact one. */
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number;
}

/** Every type that is read; what PyTorch's storages and safetensors call them is their own business. */
export const ELEMENT_TYPES = {
  float64: type('float64', 8, (view, offset, little) => view.getFloat64(offset, little)),
  float32: type('float32', 4, (view, offset, little) => view.getFloat32(offset, little)),
  float16: type('float16', 2, (view, offset, little) => halfOf(view.getUint16(offset, little))),
  bfloat16: type('bfloat16', 2, (view, offset, little) => brainOf(view.getUint16(offset, little))),
  int64: type('int64', 8, (view, offset, little) => Number(view.getBigInt64(offset, little))),
  int32: type('int32', 4, (view, offset, little) => view.getInt32(offset, little)),
  int16: type('int16', 2, (view, offset, little) => view.getInt16(offset, little)),
  int8: type('int8', 1, (view, offset) => view.getInt8(offset)),
  uint8: type('uint8', 1, (view, offset) => view.getUint8(offset)),
  bool: type('bool', 1, (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1)),
} as const satisfies Readonly<Record<string, ElementType>>;

function type(name: string, bytes: number, read: ElementType['read']): ElementType {
  return { name, bytes, read };
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function halfOf(bits: number): number {
  const sign = bits < 0x8000 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (0x400 + fraction) * 2 ** (exponent - 25);
}

/** bfloat16, the upper half of a binary32: 1 sign, 8 exponent and 7 fraction bits. */
function brainOf(bits: number): number {
  const sign = bits < 0x8000 ? 1 : -1;
  const exponent = (bits >> 7) & 0xff;
  const fraction = bits & 0x7f;
  if (exponent === 0xff) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -133;
  return sign * (0x80 + fraction) * 2 ** (exponent - 134);
}
