/** A network from the bytes of an ONNX model: decodes it, prepares its graph, imports that. */
import { sizeOf } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { ModelDescription } from '../description.js';
import { bytesOf } from '../files.js';
import type { Files } from '../files.js';
import { buildInterface } from '../interface.js';
import { sourceHash } from '../source-hash.js';
import { splitClassifier } from './classifier.js';
import type { Classifier } from './classifier.js';
import { externalFiles } from './external.js';
import { importGraph } from './graph.js';
import type { ImportedGraph } from './graph.js';
import { withMetadataNames } from './metadata-names.js';
import { decodeModel } from './model.js';
import { prepareGraph } from './prepare.js';
import type { GraphMessage } from './schema.js';
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
  const read = (graph: GraphMessage): ImportedGraph => {
    const prepared = prepareGraph({ ...model, graph }, files, file);
    return importGraph(prepared, model.opset, description, work, file, onProgress);
  };
  const classifier = splitClassifier(model.graph, { file });
  let imported = read(classifier?.graph ?? model.graph);
  let described = description;
  if (classifier !== undefined) {
    if (isOfClasses(imported, classifier)) described = withDecision(description, classifier, file);
    else if (classifier.graph !== model.graph) imported = read(model.graph);
  }
  const named = withMetadataNames(described, model.metadata, imported.tensors, file);
  return {
    ...buildInterface(named.description, imported.tensors, name, source),
    layers: imported.layers,
    results: imported.results,
    parameters: imported.parameters,
    warnings: [...model.warnings, ...named.warnings, ...imported.warnings],
  };
}

/** Whether the first output is one row of scores, one for each class. */
function isOfClasses({ tensors }: ImportedGraph, { labels }: Classifier): boolean {
  const { shape } = tensors.outputs[0];
  const count = shape.at(-1) ?? 1;
  return sizeOf(shape) === count && (labels === undefined || labels.length === count);
}

/** What the user says about decision and labels comes before what the model says. */
function withDecision(
  description: ModelDescription,
  { isArgmax, labels }: Classifier,
  file: string,
): ModelDescription {
  const place = { file };
  return {
    ...(isArgmax ? { decision: { value: { kind: 'argmax' }, place } } : {}),
    ...(labels === undefined ? {} : { labels: { value: labels, place } }),
    ...description,
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
