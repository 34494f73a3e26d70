/** A network from the bytes of an ONNX model: decodes it, prepares its graph, imports that. */
import type { StagedNetwork } from '../../ir/network.js';
import type { ModelDescription } from '../description.js';
import { bytesOf } from '../files.js';
import type { Files } from '../files.js';
import { buildInterface } from '../interface.js';
import { sourceHash } from '../source-hash.js';
import { externalFiles } from './external.js';
import { importGraph } from './graph.js';
import { decodeModel } from './model.js';
import { prepareGraph } from './prepare.js';
import { WorkBudget } from './work.js';

/**
 * The network of the ONNX file `file` among `files`, which hold its external data too; the description
 * is that of the manifest beside it.
 *
 * @throws Diagnostic of the ONNX area, FILE_EMPTY, FILE_NOT_FOUND, and those of `buildInterface`.
 */
export async function networkOfOnnx(
  files: Files,
  file: string,
  description: ModelDescription,
  name: string,
  onProgress?: (done: number, total: number) => void,
): Promise<StagedNetwork> {
  const bytes = bytesOf(files, file);
  const model = decodeModel(bytes, file);
  const data = externalFiles(model.graph, file).filter((key) => Object.hasOwn(files, key));
  const parts = [bytes, ...data.map((key) => bytesOf(files, key))];
  // Before anything is built, since the platform hashes a copy.
  const source = await sourceHash(parts);
  const work = new WorkBudget(parts.reduce((sum, { length }) => sum + length, 0));
  const graph = prepareGraph(model, files, file);
  const imported = importGraph(graph, model.opset, description, work, file, onProgress);
  return {
    ...buildInterface(description, imported.tensors, name, source),
    layers: imported.layers,
    results: imported.results,
    parameters: imported.parameters,
    warnings: [...model.warnings, ...imported.warnings],
  };
}

/**
 * The files beside itself that the model in `file` needs, as keys relative to the same root.
 *
 * @throws Diagnostic of the ONNX area.
 */
export function filesOfOnnx(file: string, bytes: Uint8Array): string[] {
  return externalFiles(decodeModel(bytes, file).graph, file);
}
