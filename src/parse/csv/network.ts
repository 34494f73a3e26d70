/**
 * A chain of layers from weights CSVs: reads every file, checks that each layer takes what the one
 * before gives, and that the first takes the input's cells.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Network } from '../../ir/network.js';
import { declaredShapes, networkOfChain } from '../chain.js';
import type { InputDescription, LayerDescription, ModelDescription } from '../description.js';
import { bytesOf } from '../files.js';
import type { Files } from '../files.js';
import { sourceHash } from '../source-hash.js';
import { scanCsv } from './scan.js';
import { weightsOfTable } from './weights.js';
import type { CsvWeights } from './weights.js';

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
  const chain = scanLayers(contents, layers, description).map((weights, index) => ({
    ...weights,
    name: layers[index].weights.value,
    activation: layers[index].activation,
    parameters: (weights.inputs + 1) * weights.outputs,
  }));
  return networkOfChain(chain, description, name, await source, []);
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
  const shapes = declaredShapes(described);
  if (shapes.length === 0) return;
  const cells = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  if (cells === inputs) return;
  throw diagnose('CSV_ROW_COUNT', { file }, { actual: inputs + 1, shapes, inputs: cells });
}
