/**
 * The parser: file contents in, a Network out. Pure; runs in Node and in browsers.
 *
 * Decides which file is the model, reads the manifest or the options that stand in for it, and leaves
 * the weights to `csv/`, `onnx/` and `state-dict/`.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { StagedNetwork } from '../ir/network.js';
import { networkOfCsv } from './csv/network.js';
import type { LayerDescription, ModelDescription } from './description.js';
import { findMain, textOf } from './files.js';
import type { Files } from './files.js';
import { readManifest } from './manifest/manifest.js';
import { activationsOf, overrule } from './options.js';
import type { ParseOptions } from './options.js';
import { stemOf, withoutExtension } from './paths.js';
import { networkOfStateDict } from './state-dict/network.js';

export type { ParseOptions } from './options.js';

/**
 * Parses a model from the contents of its files: an ONNX file (with a manifest of the same name beside
 * it, if there is one), a manifest with its weights (CSVs, or one state dict), or weights CSVs in layer
 * order with options.
 * Keys of `files` are paths from one root; the paths in a manifest are relative to the manifest.
 *
 * @throws Diagnostic (as a rejection) with code, place and hint for whatever is wrong with the files.
 */
export async function parse(
  files: Record<string, Uint8Array | string>,
  options: ParseOptions = {},
): Promise<StagedNetwork> {
  const main = findMain(files, options.main);
  switch (main.kind) {
    case 'onnx':
      return parseOnnx(files, main.file, siblingManifest(files, main.file), options);
    case 'manifest': {
      const description = readManifest(textOf(files, main.file), main.file);
      const { layers } = description;
      if (layers !== undefined) return parseLayers(files, layers, description, main.file, options);
      const model = `${withoutExtension(main.file)}.onnx`;
      if (Object.hasOwn(files, model)) return parseOnnx(files, model, description, options);
      throw diagnose('MANIFEST_MISSING_KEY', { file: main.file }, { key: 'layers' });
    }
    case 'csv': {
      const layers = main.files.map((file): LayerDescription => ({
        weights: { value: file, place: {} },
        activation: { kind: 'identity' },
      }));
      const description: ModelDescription = { place: {}, inputs: [] };
      return parseLayers(files, layers, description, sharedStem(main.files), options);
    }
  }
}

/**
 * The files that a manifest needs beside itself, as keys relative to the same root as `manifestName`,
 * in layer order without repeats; the state dict if it names one; for a manifest without layers the
 * `.onnx` file of its name.
 *
 * @throws Diagnostic of the manifest's area.
 */
export function listManifestFiles(manifestName: string, text: string): string[] {
  const { layers, stateDict } = readManifest(text, manifestName);
  if (stateDict !== undefined) return [stateDict.value];
  if (layers === undefined) return [`${withoutExtension(manifestName)}.onnx`];
  return [...new Set(layers.map(({ weights }) => weights.value))];
}

/**
 * The files beside itself that the ONNX model in `file` needs, as keys relative to the same root.
 *
 * @throws Diagnostic (as a rejection) of the ONNX area.
 */
export async function listOnnxFiles(file: string, bytes: Uint8Array): Promise<string[]> {
  const { filesOfOnnx } = await importOnnx();
  return filesOfOnnx(file, bytes);
}

/** The importer brings its decoder along, which no other model needs. */
function importOnnx() {
  return import('./onnx/network.js');
}

async function parseLayers(
  files: Files,
  layers: readonly LayerDescription[],
  described: ModelDescription,
  file: string,
  options: ParseOptions,
): Promise<StagedNetwork> {
  const description = overrule(described, options);
  const activations =
    options.activation === undefined ? undefined : activationsOf(options.activation, layers.length);
  const activated = layers.map((layer, index) =>
    activations === undefined ? layer : { ...layer, activation: activations[index] },
  );
  const name = description.name ?? stemOf(file);
  const { stateDict } = description;
  if (stateDict === undefined) return networkOfCsv(files, activated, description, name);
  const network = await networkOfStateDict(files, stateDict, activated, description, name);
  for (const warning of network.warnings) options.onWarning?.(warning);
  return network;
}

async function parseOnnx(
  files: Files,
  file: string,
  described: ModelDescription,
  options: ParseOptions,
): Promise<StagedNetwork> {
  const description = overrule(described, options);
  const name = description.name ?? stemOf(file);
  const { networkOfOnnx } = await importOnnx();
  const network = await networkOfOnnx(files, file, description, name, options.onProgress);
  for (const warning of network.warnings) options.onWarning?.(warning);
  return network;
}

/** What the manifest beside an ONNX file says; nothing where there is none. */
function siblingManifest(files: Files, model: string): ModelDescription {
  const file = `${withoutExtension(model)}.json`;
  if (!Object.hasOwn(files, file)) return { place: { file: model }, inputs: [] };
  return readManifest(textOf(files, file), file);
}

/** `a_1.csv`, `a_2.csv` → `a`: what the names share, without number and separator at its end. */
function sharedStem(names: readonly string[]): string {
  const stems = names.map(stemOf);
  let shared = stems[0];
  while (!stems.every((stem) => stem.startsWith(shared))) shared = shared.slice(0, -1);
  const trimmed = shared.replace(/[-_. ]*\d*$/, '').replace(/[-_. ]+$/, '');
  return trimmed === '' ? 'network' : trimmed;
}
