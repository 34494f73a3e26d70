/**
 * Reads what `torch.save` writes for a state dict: a zip archive of one folder, in it `data.pkl`, a
 * pickle that names the tensors, and `data/0`, `data/1`, ... with their numbers.
 *
 * The pickle is read, not run: only what a state dict consists of is known (`pickle/globals.ts`).
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { StateDict, StoredTensor } from '../state-dict/tensor.js';
import { isKind } from './pickle/globals.js';
import { readPickle } from './pickle/run.js';
import { describeValue } from './pickle/values.js';
import type { PickleDict, PickleTensor, PickleValue } from './pickle/values.js';
import { checkInflatedSize, contentOf } from './zip/content.js';
import { readZip } from './zip/entries.js';
import type { ZipEntry } from './zip/entries.js';

/** The pickle, in the archive's only folder. */
const PICKLE = /^[^/]+\/data\.pkl$/;

/** Longest pickle; it holds the names and shapes of tensors, not their numbers. */
const LONGEST_PICKLE = 2 ** 26;

/** Keys under which training scripts wrap a state dict, the first that is there counts. */
const WRAPPERS = ['state_dict', 'model_state_dict'];

/** `PK` and the signature of an entry: how an archive begins. */
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

/** How a file of before 1.6 begins: protocol 2, and a pickle of the number 0x1950a86a20f9469cfc6c. */
const LEGACY_START = [
  0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19,
];

/** Where the still older form, a tar archive, says so. */
const TAR_OFFSET = 257;
const TAR_MARK = [0x75, 0x73, 0x74, 0x61, 0x72];

/** The archive of a state dict: its entries without the name of the folder. */
interface TorchArchive {
  readonly file: string;
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly pickle: ZipEntry;
  readonly littleEndian: boolean;
}

/**
 * The tensors of a PyTorch file. The numbers of a tensor are looked at when it is asked for.
 *
 * @throws Diagnostic of the torch area.
 */
export function readTorch(bytes: Uint8Array, file: string): StateDict {
  checkStart(bytes, file);
  const archive = openArchive(bytes, file);
  const dict = findStateDict(readDataPickle(archive), file);
  const tensors = new Map<string, PickleTensor>();
  for (const [name, value] of dict.entries) if (isKind(value, 'tensor')) tensors.set(name, value);
  const contents = new Map<string, Uint8Array>();
  return {
    file,
    names: [...tensors.keys()],
    tensor: (name) => {
      const tensor = tensors.get(name);
      return tensor === undefined ? undefined : storedTensor(archive, name, tensor, contents);
    },
  };
}

function checkStart(bytes: Uint8Array, file: string): void {
  if (startsWith(bytes, ZIP_START, 0)) return;
  const isLegacy = startsWith(bytes, LEGACY_START, 0) || startsWith(bytes, TAR_MARK, TAR_OFFSET);
  throw diagnose(isLegacy ? 'TORCH_LEGACY' : 'TORCH_NOT_A_ZIP', { file }, {});
}

function startsWith(bytes: Uint8Array, start: readonly number[], offset: number): boolean {
  return start.every((byte, index) => bytes[offset + index] === byte);
}

function openArchive(bytes: Uint8Array, file: string): TorchArchive {
  const all = readZip(bytes, file);
  checkInflatedSize(all.values(), file);
  const pickles = [...all.values()].filter(({ name }) => PICKLE.test(name));
  if (pickles.length !== 1) {
    throw diagnose('TORCH_NO_PICKLE', { file }, { entries: [...all.keys()] });
  }
  const [pickle] = pickles;
  const folder = pickle.name.slice(0, pickle.name.indexOf('/') + 1);
  const entries = new Map<string, ZipEntry>();
  for (const [name, entry] of all) {
    if (name.startsWith(folder)) entries.set(name.slice(folder.length), entry);
  }
  return { file, entries, pickle, littleEndian: isLittleEndian(entries.get('byteorder'), file) };
}

/** Which byte of a number stands first; files of before 2.1 do not say, and were little-endian. */
function isLittleEndian(entry: ZipEntry | undefined, file: string): boolean {
  if (entry === undefined) return true;
  const text = String.fromCharCode(...contentOf(entry, file).subarray(0, 'little'.length + 1));
  if (text === 'little' || text === 'big') return text === 'little';
  const problem = 'the byte order is neither "little" nor "big"';
  throw diagnose('TORCH_ZIP_DAMAGED', { file }, { problem, entry: entry.name });
}

function readDataPickle({ pickle, file }: TorchArchive): PickleValue {
  if (pickle.size > LONGEST_PICKLE) {
    throw diagnose('TORCH_PICKLE_TOO_LARGE', { file }, { unit: 'bytes', limit: LONGEST_PICKLE });
  }
  const outcome = readPickle(contentOf(pickle, file));
  switch (outcome.kind) {
    case 'value':
      return outcome.value;
    case 'foreign':
      throw diagnose('TORCH_FOREIGN_GLOBAL', { file }, outcome);
    case 'operation':
      throw diagnose('TORCH_PICKLE_OPERATION', { file }, outcome);
    case 'too-long':
      throw diagnose('TORCH_PICKLE_TOO_LARGE', { file }, { unit: 'operations', ...outcome });
    case 'malformed':
      throw diagnose('TORCH_PICKLE_MALFORMED', { file }, outcome);
  }
}

/** The dict of tensors: the whole, or what is wrapped in it one level deep. */
function findStateDict(value: PickleValue, file: string): PickleDict {
  if (!isKind(value, 'dict')) {
    throw diagnose('TORCH_NO_STATE_DICT', { file }, { found: describeValue(value), keys: [] });
  }
  const wrapped = WRAPPERS.map((key) => value.entries.get(key)).find((inner) =>
    isKind(inner, 'dict'),
  );
  const dict = isKind(wrapped, 'dict') ? wrapped : value;
  const hasTensors = [...dict.entries.values()].some((inner) => isKind(inner, 'tensor'));
  if (hasTensors) return dict;
  const found = dict.entries.size === 0 ? 'an empty dict' : 'a dict';
  throw diagnose('TORCH_NO_STATE_DICT', { file }, { found, keys: [...dict.entries.keys()] });
}

/** The tensor with its storage, after all that the pickle says of it has been checked against that. */
function storedTensor(
  archive: TorchArchive,
  name: string,
  tensor: PickleTensor,
  contents: Map<string, Uint8Array>,
): StoredTensor {
  const { file, entries, littleEndian } = archive;
  const { storage, offset, shape, strides } = tensor;
  const { type, key, count } = storage;
  const refuse = (problem: string): Error =>
    diagnose('TORCH_STORAGE', { file }, { tensor: name, problem });
  const entry = entries.get(`data/${key}`);
  if (entry === undefined) throw refuse('has no data in the archive');
  if (entry.size !== count * type.bytes) {
    const needed = `${count} numbers of ${type.bytes} bytes`;
    throw refuse(`is a view of ${needed}, but its data have ${entry.size} bytes`);
  }
  const last = shape.reduce((sum, extent, axis) => sum + (extent - 1) * strides[axis], offset);
  if (shape.every((extent) => extent > 0) && last >= count) {
    throw refuse(`reaches to number ${last + 1} of its data, which have ${count}`);
  }
  const content = contents.get(key) ?? contentOf(entry, file);
  contents.set(key, content);
  return { name, type, shape, strides, offset, storage: content, littleEndian };
}
