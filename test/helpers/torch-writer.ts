/** Writes files for tests as `torch.save(state_dict, PATH)` does: a zip archive with a pickle in it. */
import { bytesOfNumbers } from './number-bytes.js';
import type { NumberType } from './number-bytes.js';
import { writePickle } from './pickle-writer.js';
import type { PickleSpec } from './pickle-writer.js';
import { writeZip } from './zip-writer.js';
import type { ZipEntrySpec, ZipOptions } from './zip-writer.js';

export interface TorchTensor {
  readonly shape: readonly number[];
  /** The numbers of the storage, for 16-bit floats their bits; none where it is shared. */
  readonly data: ArrayLike<number | bigint>;
  /** Default `float32`. */
  readonly type?: NumberType;
  /** Default: row-major. */
  readonly strides?: readonly number[];
  readonly offset?: number;
  /** Number of elements that the pickle claims the storage to have. */
  readonly claimed?: number;
  /** The storage of the tensor of that name, in place of one of its own. */
  readonly shares?: string;
}

export interface TorchOptions {
  readonly protocol?: 2 | 4;
  readonly bigEndian?: boolean;
  readonly deflate?: boolean;
  /** Leaves the checksums out, as `set_crc32_options(False)` does. */
  readonly withoutCrc?: boolean;
  /** What is pickled around the state dict. */
  readonly wrap?: (dict: PickleSpec) => PickleSpec;
  readonly zip?: ZipOptions;
  /** The last word on the entries. */
  readonly entries?: (entries: readonly ZipEntrySpec[]) => readonly ZipEntrySpec[];
}

const STORAGES: Readonly<Record<NumberType, string>> = {
  float64: 'DoubleStorage',
  float32: 'FloatStorage',
  float16: 'HalfStorage',
  bfloat16: 'BFloat16Storage',
  int64: 'LongStorage',
  int32: 'IntStorage',
  int16: 'ShortStorage',
  int8: 'CharStorage',
  uint8: 'ByteStorage',
  bool: 'BoolStorage',
};

/** The bytes of a file that holds the tensors by their names. */
export function writeTorch(
  tensors: Readonly<Record<string, TorchTensor>>,
  options: TorchOptions = {},
): Uint8Array {
  const names = Object.keys(tensors).filter((name) => tensors[name].shares === undefined);
  const items = Object.entries(tensors).map(([name, tensor]) => {
    const key = String(names.indexOf(tensor.shares ?? name));
    const { data } = tensors[tensor.shares ?? name];
    return [name, tensorSpec({ claimed: data.length, ...tensor }, key)] as const;
  });
  const versions = { ordered: [['', { dict: [['version', 1]] }]] } as const;
  const dict: PickleSpec = { ordered: items, state: { dict: [['_metadata', versions]] } };
  return writeTorchPickle(options.wrap === undefined ? dict : options.wrap(dict), {
    ...options,
    storages: names.map((name) => {
      const { type = 'float32', data } = tensors[name];
      return bytesOfNumbers(type, data, options.bigEndian !== true);
    }),
  });
}

/** The bytes of a file with any pickle and any storages. */
export function writeTorchPickle(
  pickle: PickleSpec | Uint8Array,
  options: TorchOptions & { readonly storages?: readonly Uint8Array[] } = {},
): Uint8Array {
  const { deflate, withoutCrc, protocol, bigEndian, storages = [] } = options;
  const data = pickle instanceof Uint8Array ? pickle : writePickle(pickle, protocol);
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const files: readonly (readonly [string, Uint8Array])[] = [
    ['data.pkl', data],
    ['byteorder', text(bigEndian === true ? 'big' : 'little')],
    ...storages.map((bytes, index) => [`data/${index}`, bytes] as const),
    ['version', text('3\n')],
  ];
  const entries = files.map(([name, bytes]): ZipEntrySpec => ({
    name: `model/${name}`,
    data: bytes,
    ...(deflate === true ? { deflate } : {}),
    ...(withoutCrc === true ? { claim: { crc: 0 } } : {}),
  }));
  return writeZip(options.entries?.(entries) ?? entries, options.zip);
}

/** A tensor as `torch.save` pickles it, over the storage of that key. */
export function tensorSpec(tensor: TorchTensor, key: string): PickleSpec {
  const { shape, type = 'float32', offset = 0, strides = rowMajor(shape) } = tensor;
  const storage: PickleSpec = {
    tuple: [
      'storage',
      { global: ['torch', STORAGES[type]] },
      key,
      'cpu',
      tensor.claimed ?? tensor.data.length,
    ],
  };
  return {
    global: ['torch._utils', '_rebuild_tensor_v2'],
    args: [
      { persistent: storage },
      offset,
      { tuple: shape },
      { tuple: strides },
      false,
      { ordered: [] },
    ],
  };
}

function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, extent) => product * extent, 1),
  );
}
