/** Diagnostics of safetensors files: the header, and the data that it describes. */
import { entry } from '../entry.js';
import { quoteName } from '../show-names.js';

const INTERRUPTED = 'was the download or the export interrupted? fetch the file again';

export const SAFETENSORS_DIAGNOSTICS = {
  SAFETENSORS_TRUNCATED: entry<{ size: number; needed: number }>(
    ({ size, needed }) => `the file ends after ${size} bytes, its header speaks of ${needed}`,
    () => INTERRUPTED,
  ),
  SAFETENSORS_HEADER: entry<{ problem: string }>(
    ({ problem }) => `not a safetensors file: ${problem}`,
    () => 'is it another kind of file? a .pth file is a zip archive, and named .pth',
  ),
  SAFETENSORS_HEADER_SIZE: entry<{ size: number; limit: number }>(
    ({ size, limit }) => `the header has ${size} bytes, more than the ${limit} that are supported`,
    () => 'is it a safetensors file, and complete? keep the tensors of one model in a file',
  ),
  SAFETENSORS_TENSOR: entry<{ tensor: string; problem: string }>(
    ({ tensor, problem }) => `the tensor ${quoteName(tensor)} ${problem}`,
    () => 'the header of the file is damaged; write the file again',
  ),
  SAFETENSORS_LAYOUT: entry<{ tensor: string; begin: number; expected: number }>(
    ({ tensor, begin, expected }) =>
      `the tensor ${quoteName(tensor)} begins at byte ${begin} of the data, ` +
      `the one before it ends at ${expected}`,
    () => 'the tensors of a safetensors file follow each other without overlap and without gap',
  ),
  SAFETENSORS_SURPLUS: entry<{ end: number; size: number }>(
    ({ end, size }) => `the tensors end at byte ${end} of the data, which have ${size}`,
    () => 'the header of the file is damaged, or something was appended; write the file again',
  ),
  SAFETENSORS_TYPE: entry<{ tensor: string; type: string; known: readonly string[] }>(
    ({ tensor, type }) => `the tensor ${quoteName(tensor)} holds ${quoteName(type)}`,
    ({ known }) => `supported are ${known.join(', ')}`,
  ),
} as const;
