/** Diagnostics of files as such: missing, empty, not a model. */
import { entry } from '../entry.js';

export const FILE_DIAGNOSTICS = {
  FILE_NOT_FOUND: entry(
    () => 'the file does not exist',
    () => 'check the path; paths in a manifest are relative to the manifest',
  ),
  FILE_EMPTY: entry(
    () => 'the file is empty',
    () => 'was the export interrupted? write the file again',
  ),
  FILE_NOT_UTF8: entry(
    () => 'the file is not UTF-8 text',
    () => 'save it as UTF-8; a byte order mark is allowed',
  ),
  MODEL_NOT_FOUND: entry<{ files: readonly string[] }>(
    ({ files }) =>
      files.length === 0
        ? 'no file is given'
        : `none of the files is a model, or more than one is: ${files.join(', ')}`,
    ({ files }) =>
      files.length > 1 && files.every((file) => /\.(json|onnx)$/i.test(file))
        ? 'several models compile into a folder: -o FOLDER/; sizes of one problem into one module: --generic'
        : 'name one .onnx file, one manifest .json, or the weights .csv files in layer order',
  ),
} as const;
