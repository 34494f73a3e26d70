/**
 * From the paths on the command line to a Network: which files belong to the model, where they may
 * come from, and their bytes. What the bytes mean is the parser's business.
 */
import { printable } from '../diagnostics/printable.js';
import { extname } from 'node:path';
import { diagnose } from '../diagnostics/diagnostic.js';
import type { StagedNetwork } from '../ir/network.js';
import { isStateDict } from '../parse/paths.js';
import { textOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import { confine } from './confine.js';
import type { CliIo } from './io.js';
import { readModelOptions } from './model-options.js';
import { createProgress } from './progress.js';
import { isPresent, readBytes } from './read-file.js';

export interface Model {
  readonly network: StagedNetwork;
  /** Every file that was read, as paths relative to the working directory or absolute. */
  readonly files: readonly string[];
}

/**
 * Reads and parses the model that `paths` name: one `.onnx`, one manifest `.json`, or CSV files in
 * layer order, described by options. Warnings of the parser go to stderr.
 *
 * @throws Diagnostic of the parser, `MODEL_NOT_FOUND`, `STATE_DICT_ALONE`, `CLI_FILE_REPEATED`, `FILE_…`.
 */
export async function readModel(
  parsed: Arguments,
  paths: readonly string[],
  io: CliIo,
): Promise<Model> {
  const options = readModelOptions(parsed);
  const { parse, listManifestFiles, listOnnxFiles } = await import('../parse/index.js');
  const bytes = new Map<string, Uint8Array>();
  const add = (file: string): Uint8Array => {
    const content = bytes.get(file) ?? readBytes(file, io.cwd);
    if (content.length === 0) throw diagnose('FILE_EMPTY', { file }, {});
    bytes.set(file, content);
    return content;
  };
  const kind = modelKind(paths);
  for (const path of paths) {
    if (bytes.has(path)) throw diagnose('CLI_FILE_REPEATED', { file: path }, {});
    add(path);
  }
  const [main] = paths;
  if (kind === 'onnx') {
    const manifest = `${main.slice(0, -extname(main).length)}.json`;
    const files = [manifest].filter((file) => isPresent(file, io.cwd));
    confine(main, files, undefined, io.cwd);
    files.forEach(add);
  }
  if (kind === 'manifest') {
    const text = new TextDecoder().decode(add(main));
    const files = listManifestFiles(main, text);
    confine(main, files, textOption(parsed, 'root'), io.cwd);
    files.forEach(add);
  }
  const model = [...bytes.keys()].find((file) => extname(file).toLowerCase() === '.onnx');
  if (model !== undefined) {
    // The parser refuses names outside of the model's folder, and says which tensor lacks its data.
    const named = await listOnnxFiles(model, add(model));
    const files = named.filter((file) => isPresent(file, io.cwd));
    confine(model, files, undefined, io.cwd);
    files.forEach(add);
  }
  const progress = createProgress(io);
  const network = await parse(Object.fromEntries(bytes), {
    ...options,
    ...(kind === 'csv' ? {} : { main }),
    onProgress: (done, total) => progress.report('parse', done, total),
  }).finally(progress.end);
  for (const warning of network.warnings) io.stderr.write(`warning: ${printable(warning)}\n`);
  return { network, files: [...bytes.keys()] };
}

/**
 * Reads every model that `paths` name, for one module of all their sizes: several manifests or `.onnx`
 * files are one model each, CSV files are the layers of one.
 *
 * @throws Diagnostic as `readModel`.
 */
export async function readModels(
  parsed: Arguments,
  paths: readonly string[],
  io: CliIo,
): Promise<readonly Model[]> {
  const endings = paths.map((path) => extname(path).toLowerCase());
  if (!endings.every((ending) => ending === '.json' || ending === '.onnx')) {
    return [await readModel(parsed, paths, io)];
  }
  const models: Model[] = [];
  for (const path of paths) models.push(await readModel(parsed, [path], io));
  return models;
}

function modelKind(paths: readonly string[]): 'csv' | 'onnx' | 'manifest' {
  const endings = paths.map((path) => extname(path).toLowerCase());
  if (endings.length > 0 && endings.every((ending) => ending === '.csv')) return 'csv';
  if (endings.length === 1 && endings[0] === '.onnx') return 'onnx';
  if (endings.length === 1 && endings[0] === '.json') return 'manifest';
  if (paths.length === 1 && isStateDict(paths[0])) {
    throw diagnose('STATE_DICT_ALONE', {}, { file: paths[0] });
  }
  throw diagnose('MODEL_NOT_FOUND', {}, { files: paths });
}
