/** The files handed to `parse`: which is the model, and their bytes. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/diagnostic.js';
import { hasExtension, isStateDict } from './paths.js';

/** Contents by key: a relative path with `/`. */
export type Files = Readonly<Record<string, Uint8Array | string>>;

export type MainFile =
  | { readonly kind: 'onnx'; readonly file: string }
  | { readonly kind: 'manifest'; readonly file: string }
  /** Weights in layer order, described by options. */
  | { readonly kind: 'csv'; readonly files: readonly string[] };

/**
 * The model among the files: `main` where given; else the only `.onnx`, the only `.json`, or all
 * `.csv` in their order.
 *
 * @throws Diagnostic MODEL_NOT_FOUND, STATE_DICT_ALONE, or FILE_NOT_FOUND when `main` is not among the
 *   files.
 */
export function findMain(files: Files, main: string | undefined): MainFile {
  const names = Object.keys(files);
  if (main !== undefined) {
    if (!Object.hasOwn(files, main)) throw diagnose('FILE_NOT_FOUND', { file: main }, {});
    if (isStateDict(main)) throw diagnose('STATE_DICT_ALONE', {}, { file: main });
    if (hasExtension(main, 'csv')) return { kind: 'csv', files: [main] };
    return { kind: hasExtension(main, 'onnx') ? 'onnx' : 'manifest', file: main };
  }
  const models = names.filter((name) => hasExtension(name, 'onnx'));
  if (models.length === 1) return { kind: 'onnx', file: models[0] };
  const manifests = names.filter((name) => hasExtension(name, 'json'));
  if (models.length === 0 && manifests.length === 1)
    return { kind: 'manifest', file: manifests[0] };
  const weights = names.filter((name) => hasExtension(name, 'csv'));
  if (models.length === 0 && manifests.length === 0 && weights.length > 0) {
    return { kind: 'csv', files: weights };
  }
  if (names.length === 1 && isStateDict(names[0])) {
    throw diagnose('STATE_DICT_ALONE', {}, { file: names[0] });
  }
  throw diagnose('MODEL_NOT_FOUND', {}, { files: names });
}

/** The bytes of a file; `place` is where its name was written. @throws Diagnostic FILE_NOT_FOUND. */
export function bytesOf(files: Files, name: string, place?: Place): Uint8Array {
  if (!Object.hasOwn(files, name)) {
    throw diagnose('FILE_NOT_FOUND', { file: name, ...mentionedAt(place) }, {});
  }
  const content = files[name];
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** The text of a file. @throws Diagnostic FILE_NOT_FOUND, FILE_EMPTY, FILE_NOT_UTF8. */
export function textOf(files: Files, name: string): string {
  const bytes = bytesOf(files, name);
  if (bytes.length === 0) throw diagnose('FILE_EMPTY', { file: name }, {});
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw diagnose('FILE_NOT_UTF8', { file: name }, {});
  }
}

function mentionedAt(place: Place | undefined): Place {
  if (place?.file === undefined || place.key === undefined) return {};
  return { key: `named in ${place.file}, ${place.key}` };
}
