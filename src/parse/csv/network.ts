/**
 * A chain of layers from weights CSVs: reads every file, checks that each layer takes what the one
 * before gives, and that the first takes the input's cells.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { DEFAULT_TIE_TOLERANCE } from '../../ir/builders.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Layer, Network, TensorRef } from '../../ir/network.js';
import type { InputDescription, LayerDescription, ModelDescription } from '../description.js';
import { bytesOf } from '../files.js';
import type { Files } from '../files.js';
import { buildInterface } from '../interface.js';
import type { ModelTensor } from '../interface.js';
import { sourceHash } from '../source-hash.js';
import { scanCsv } from './scan.js';
import { weightsOfTable } from './weights.js';
import type { CsvWeights } from './weights.js';

/** What the input and the output are called when the manifest gives no names. */
const INPUT_NAME = 'input';
const OUTPUT_NAME = 'scores';

/**
 * The network of `layers` over the description's inputs (joined in their order when several).
 *
 * @throws Diagnostic of the CSV area, FILE_NOT_FOUND, and those of `buildInterface`.
 */
export async function networkOfCsv(
  files: Files,
  layers: readonly LayerDescription[],
  description: ModelDescription,
  name: string,
): Promise<Network> {
  const contents = layers.map(({ weights }) => bytesOf(files, weights.value, weights.place));
  // The hash is taken by the platform, beside the scan.
  const source = sourceHash(contents);
  const scanned = scanLayers(contents, layers, description);
  const inputs = inputTensors(description.inputs, scanned[0].inputs);
  const last = scanned[scanned.length - 1];
  const outputs = [{ name: OUTPUT_NAME, shape: [last.outputs] }];
  const tieTolerance = description.tieTolerance ?? DEFAULT_TIE_TOLERANCE;
  return {
    ...buildInterface(description, { inputs, outputs }, name, await source),
    layers: scanned.map((weights, index): Layer => ({
      name: layers[index].weights.value,
      sources: index === 0 ? inputs.map(inputRef) : [{ kind: 'layer', index: index - 1 }],
      size: weights.outputs,
      shape: [weights.outputs],
      weights: weights.weights,
      bias: weights.bias,
      activation: layers[index].activation,
      tieTolerance,
    })),
    results: [{ kind: 'layer', index: layers.length - 1 }],
    parameters: scanned.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0),
    warnings: [],
  };
}

function inputRef(_: unknown, index: number): TensorRef {
  return { kind: 'input', index };
}

function scanLayers(
  contents: readonly Uint8Array[],
  layers: readonly LayerDescription[],
  description: ModelDescription,
): CsvWeights[] {
  const scanned: CsvWeights[] = [];
  contents.forEach((bytes, index) => {
    const file = layers[index].weights.value;
    const table = scanCsv(bytes, file);
    const inputs = table.rows - 1;
    if (inputs === 0) throw diagnose('CSV_ONLY_BIAS', { file }, {});
    if (index === 0) checkFirstLayer(inputs, file, description.inputs);
    else checkChain(inputs, file, scanned[index - 1].outputs, layers[index - 1].weights.value);
    scanned.push(weightsOfTable(table));
  });
  return scanned;
}

function checkChain(inputs: number, file: string, outputs: number, previous: string): void {
  if (inputs === outputs) return;
  throw diagnose('CSV_LAYERS_DO_NOT_CHAIN', { file }, { previous, outputs, inputs });
}

/** The declared shapes and the rows of the first file must agree where all shapes are declared. */
function checkFirstLayer(
  inputs: number,
  file: string,
  described: readonly InputDescription[],
): void {
  if (described.length > 1) {
    const open = described.find(({ shape }) => shape === undefined);
    if (open !== undefined) throw diagnose('MANIFEST_MISSING_KEY', open.place, { key: 'shape' });
  }
  const shapes = described.flatMap(({ shape }) => (shape === undefined ? [] : [shape.value]));
  if (shapes.length === 0) return;
  const cells = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  if (cells === inputs) return;
  throw diagnose('CSV_ROW_COUNT', { file }, { actual: inputs + 1, shapes, inputs: cells });
}

function inputTensors(described: readonly InputDescription[], inputs: number): ModelTensor[] {
  if (described.length <= 1) {
    return [{ name: INPUT_NAME, shape: described[0]?.shape?.value ?? [inputs] }];
  }
  return described.map(({ shape }, index) => ({
    name: `${INPUT_NAME}${index + 1}`,
    shape: shape?.value ?? [],
  }));
}
