/** Diagnostics of PyTorch files: the zip archive, the pickle in it, the tensors. */
import { entry } from '../entry.js';
import { listNames, quoteName } from '../show-names.js';

const INTERRUPTED = 'was the download or the export interrupted? fetch the file again';
const SAVE_STATE = 'write the file with torch.save(model.state_dict(), PATH)';

/** Keys of a file without tensors are listed up to this many. */
const MOST_KEYS = 12;

export const TORCH_DIAGNOSTICS = {
  TORCH_LEGACY: entry(
    () => 'the file has the form that PyTorch wrote before version 1.6',
    () =>
      'save it again in PyTorch: torch.save(torch.load(PATH, weights_only=True), PATH), ' +
      'or export it as .safetensors',
  ),
  TORCH_NOT_A_ZIP: entry(
    () => 'not a PyTorch file: it is no zip archive',
    () => `is it another kind of file? ${SAVE_STATE}`,
  ),
  TORCH_ZIP_TRUNCATED: entry<{ size: number }>(
    ({ size }) => `the file ends after ${size} bytes, without the directory of the zip archive`,
    () => INTERRUPTED,
  ),
  TORCH_ZIP_DAMAGED: entry<{ problem: string; entry: string | undefined }>(
    ({ problem, entry: name }) => `the zip archive is damaged: ${problem}${named(name)}`,
    () => 'was the download interrupted, or the archive changed by hand? write the file again',
  ),
  TORCH_ZIP_UNSUPPORTED: entry<{ property: string; entry: string | undefined }>(
    ({ property, entry: name }) =>
      `${name === undefined ? 'the zip archive' : `the entry ${quoteName(name)}`} ${property}, ` +
      'which is not supported',
    () => 'leave the file as torch.save wrote it, neither packed again nor encrypted',
  ),
  TORCH_ZIP_BOMB: entry<{ entry: string; problem: string }>(
    ({ entry: name, problem }) => `the compressed entry ${quoteName(name)} ${problem}`,
    () => 'torch.save compresses nothing; leave the file as it wrote it',
  ),
  TORCH_NO_PICKLE: entry<{ entries: readonly string[] }>(
    () => 'the zip archive is none that torch.save writes: it has no data.pkl in its folder',
    ({ entries }) => `${SAVE_STATE}; the archive holds ${listNames(entries, MOST_KEYS)}`,
  ),
  TORCH_PICKLE_MALFORMED: entry<{ problem: string; offset: number }>(
    ({ problem, offset }) => `data.pkl is damaged at byte ${offset}: ${problem}`,
    () => INTERRUPTED,
  ),
  TORCH_PICKLE_OPERATION: entry<{ code: number; offset: number }>(
    ({ code, offset }) =>
      `data.pkl has the operation 0x${code.toString(16).padStart(2, '0')} at byte ${offset}, ` +
      'which no state dict needs',
    () => SAVE_STATE,
  ),
  TORCH_FOREIGN_GLOBAL: entry<{ name: string }>(
    ({ name }) =>
      `the file refers to the Python name ${quoteName(name)}, which is no part of a state dict`,
    () => `nothing in a file is ever run, so such objects cannot be read: ${SAVE_STATE}`,
  ),
  TORCH_PICKLE_TOO_LARGE: entry<{ unit: string; limit: number }>(
    ({ unit, limit }) => `data.pkl has more than the ${limit} ${unit} that are supported`,
    () => `${SAVE_STATE}, without the state of an optimizer`,
  ),
  TORCH_NO_STATE_DICT: entry<{ found: string; keys: readonly string[] }>(
    ({ found, keys }) =>
      `the file holds ${found}${keys.length === 0 ? '' : ` of ${listNames(keys, MOST_KEYS)}`}, ` +
      'and no tensors by name',
    () => `${SAVE_STATE}; as "state_dict" or "model_state_dict" in a dict it is found, too`,
  ),
  TORCH_STORAGE: entry<{ tensor: string; problem: string }>(
    ({ tensor, problem }) => `the tensor ${quoteName(tensor)} ${problem}`,
    () => 'the file is damaged; write it again',
  ),
} as const;

function named(entry: string | undefined): string {
  return entry === undefined ? '' : ` (${quoteName(entry)})`;
}
