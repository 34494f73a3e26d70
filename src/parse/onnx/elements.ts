/**
 * The elements of a tensor as doubles, from the bytes in which the file holds them: raw data, which are
 * numbers of one width side by side, or one of the typed lists. Floats have the same form in both;
 * integers, and numbers told by their bits, stand in a list as varints.
 */
import protobuf from 'protobufjs/minimal.js';
import { exactSum } from './exact.js';
import type { ElementType } from './element-type.js';
import type { TensorMessage } from './schema.js';
import type { Rounded } from './values.js';
import { WIRE } from './wire.js';

interface Storage {
  /** Bytes of an element in raw data. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** The typed list that holds the elements where there are no raw data. */
  readonly list: 'floatData' | 'doubleData' | 'int32Data' | 'int64Data' | 'uint64Data';
  /** Whether the elements are floats of their width; all others are stored as integers. */
  readonly floats?: true;
  readonly signed?: true;
  /** What a stored integer stands for, where that is not the integer itself. */
  readonly meaning?: (stored: number) => number;
  /** Whether a list may store integers of more bytes than raw data do. */
  readonly anyInteger?: true;
}

const STORAGE: Readonly<Record<ElementType, Storage>> = {
  float: { bytes: 4, list: 'floatData', floats: true },
  double: { bytes: 8, list: 'doubleData', floats: true },
  float16: { bytes: 2, list: 'int32Data', meaning: numberOfFloat16 },
  bfloat16: { bytes: 2, list: 'int32Data', meaning: numberOfBfloat16 },
  int8: { bytes: 1, list: 'int32Data', signed: true },
  int16: { bytes: 2, list: 'int32Data', signed: true },
  int32: { bytes: 4, list: 'int32Data', signed: true },
  int64: { bytes: 8, list: 'int64Data', signed: true },
  uint8: { bytes: 1, list: 'int32Data' },
  uint16: { bytes: 2, list: 'int32Data' },
  uint32: { bytes: 4, list: 'uint64Data' },
  uint64: { bytes: 8, list: 'uint64Data' },
  bool: { bytes: 1, list: 'int32Data', meaning: (x) => (x === 0 ? 0 : 1), anyInteger: true },
};

export interface Elements {
  /** −0 counts as 0. */
  readonly data: Float64Array;
  /** The first integer that is not quite the double in `data`. */
  readonly rounded?: Rounded;
  /** The first integer that the element type does not have, though the list holds it. */
  readonly outside?: Rounded;
}

/** How many elements of the type the tensor's data hold; not whole where the last one is cut. */
export function countElements(tensor: TensorMessage, type: ElementType): number {
  const { bytes, list } = STORAGE[type];
  if (tensor.rawData !== undefined) return tensor.rawData.length / bytes;
  return tensor[list]?.count() ?? 0;
}

/** The elements of a tensor whose `countElements` is `count`. */
export function readElements(tensor: TensorMessage, type: ElementType, count: number): Elements {
  const storage = STORAGE[type];
  const list = tensor[storage.list];
  const fixed = tensor.rawData ?? (list?.wireType === WIRE.varint ? undefined : list?.bytes);
  if (storage.floats === true) return { data: readFloats(fixed, storage.bytes, count) };
  const gatherer = new Gatherer(storage, count);
  if (fixed !== undefined) visitFixed(fixed, storage, gatherer);
  else if (list !== undefined) visitVarints(list.bytes, storage.list, gatherer);
  const { data, rounded, outside } = gatherer;
  return {
    data,
    ...(rounded === undefined ? {} : { rounded }),
    ...(outside === undefined ? {} : { outside }),
  };
}

function readFloats(bytes: Uint8Array | undefined, width: number, count: number): Float64Array {
  const data = new Float64Array(count);
  if (bytes === undefined) return data;
  // A DataView reads unaligned data, which those in a message often are.
  const view = viewOf(bytes);
  if (width === 4) {
    for (let index = 0; index < count; index++) data[index] = view.getFloat32(4 * index, true) + 0;
  } else {
    for (let index = 0; index < count; index++) data[index] = view.getFloat64(8 * index, true) + 0;
  }
  return data;
}

/** Takes stored integers, by the halves of their 64 bits, in the order of the elements. */
class Gatherer {
  readonly data: Float64Array;
  rounded: Rounded | undefined;
  outside: Rounded | undefined;
  private index = 0;
  private readonly least: number;
  private readonly most: number;

  constructor(
    private readonly storage: Storage,
    count: number,
  ) {
    const { bytes, signed, anyInteger } = storage;
    const most = signed === true ? 2 ** (8 * bytes - 1) - 1 : 2 ** (8 * bytes) - 1;
    // Of 64-bit integers the varint itself is the bound.
    const bounded = bytes < 8 && anyInteger !== true;
    this.most = bounded ? most : Infinity;
    this.least = bounded ? (signed === true ? -most - 1 : 0) : -Infinity;
    this.data = new Float64Array(count);
  }

  /** Takes 32 bits, extended by their sign. */
  takeWord(word: number): void {
    this.take(word >>> 0, word < 0 ? 2 ** 32 - 1 : 0);
  }

  take(low: number, high: number): void {
    const { meaning, bytes } = this.storage;
    const signed = this.storage.signed === true;
    const upper = (signed ? high | 0 : high) * 2 ** 32;
    const stored = upper + low;
    if (stored < this.least || stored > this.most) {
      this.outside ??= { index: this.index, text: textOf(low, high, true) };
    }
    if (bytes === 8 && this.rounded === undefined && exactSum(upper, low) === undefined) {
      this.rounded = { index: this.index, text: textOf(low, high, signed) };
    }
    this.data[this.index++] = meaning === undefined ? stored : meaning(stored);
  }
}

/** The digits of 64 bits. */
function textOf(low: number, high: number, signed: boolean): string {
  const bits = (BigInt(high) << 32n) | BigInt(low);
  return String(signed ? BigInt.asIntN(64, bits) : bits);
}

function visitFixed(bytes: Uint8Array, { bytes: width, signed }: Storage, into: Gatherer): void {
  const view = viewOf(bytes);
  const extended = (word: number): void => into.take(word >>> 0, signed === true && word < 0 ? 2 ** 32 - 1 : 0); // prettier-ignore
  for (let at = 0; at < bytes.length; at += width) {
    if (width === 1) extended(signed === true ? view.getInt8(at) : view.getUint8(at));
    else if (width === 2)
      extended(signed === true ? view.getInt16(at, true) : view.getUint16(at, true)); // prettier-ignore
    else if (width === 4)
      extended(signed === true ? view.getInt32(at, true) : view.getUint32(at, true)); // prettier-ignore
    else into.take(view.getUint32(at, true), view.getUint32(at + 4, true));
  }
}

function visitVarints(bytes: Uint8Array, list: Storage['list'], into: Gatherer): void {
  const reader = new protobuf.Reader(bytes);
  if (list === 'int32Data') {
    while (reader.pos < reader.len) into.takeWord(reader.int32());
    return;
  }
  while (reader.pos < reader.len) {
    const { low, high } = reader.int64();
    into.take(low >>> 0, high >>> 0);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
function numberOfFloat16(bits: number): number {
  return numberOfBits(bits, 10, 5);
}

/** The upper half of a binary32: 8 bits of exponent, 7 of fraction. */
function numberOfBfloat16(bits: number): number {
  return numberOfBits(bits, 7, 8);
}

/** The number of 16 bits of the IEEE 754 layout. */
function numberOfBits(bits: number, fractionBits: number, exponentBits: number): number {
  const fraction = bits & (2 ** fractionBits - 1);
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const sign = bits >= 0x8000 ? -1 : 1;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  // Subnormal numbers have the exponent of the smallest normal ones, and no leading 1.
  const leading = exponent === 0 ? 0 : 2 ** fractionBits;
  return sign * (leading + fraction) * 2 ** (Math.max(exponent, 1) - bias - fractionBits) + 0;
}
