/**
 * A chain of layers from a state dict: the manifest gives the order, the activations and each layer's
 * prefix; the file gives `PREFIX.weight`, which PyTorch stores as [outputs, inputs], and `PREFIX.bias`,
 * whose absence means zeros.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { listNames } from '../../diagnostics/show-names.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Network, SparseRows } from '../../ir/network.js';
import { declaredShapes, networkOfChain } from '../chain.js';
import type { LayerDescription, ModelDescription, Placed } from '../description.js';
import { bytesOf as bytesOfFile } from '../files.js';
import type { Files } from '../files.js';
import { layerWord } from '../layer-words.js';
import { hasExtension } from '../paths.js';
import { sourceHash } from '../source-hash.js';
import { findDense, tensorsOf } from './dense.js';
import type { DenseTensors } from './dense.js';
import { bytesOf, countOf, rowsOf, vectorOf } from './tensor.js';
import type { StateDict } from './tensor.js';

/**
 * Tensors may be views that show one stored number many times, and layers may share tensors, so that
 * a small file could ask for any amount of memory. Up to this many numbers it may; beyond, the layers
 * together have at most one number for each byte of the file.
 */
const MOST_SHARED_NUMBERS = 2 ** 24;

/** Tensors that no layer uses are listed up to this many. */
const MOST_UNUSED_SHOWN = 6;

/** A layer as the manifest names it, and its tensors in the file. */
interface FoundLayer {
  readonly layer: LayerDescription;
  readonly dense: DenseTensors;
}

/**
 * The network of `layers`, whose `weights` are prefixes in the state dict of the file `weights`.
 *
 * The source hash is taken over the elements of each layer's weight and bias, in layer order.
 *
 * @throws Diagnostic of the areas of state dicts, torch and safetensors, FILE_NOT_FOUND, FILE_EMPTY, and
 *   those of `buildInterface`.
 */
export async function networkOfStateDict(
  files: Files,
  weights: Placed<string>,
  layers: readonly LayerDescription[],
  description: ModelDescription,
  name: string,
): Promise<Network> {
  const file = weights.value;
  const bytes = bytesOfFile(files, file, weights.place);
  if (bytes.length === 0) throw diagnose('FILE_EMPTY', { file }, {});
  const state = await readStateDict(bytes, file);
  const found = findLayers(state, layers);
  checkChain(found, description);
  checkAmount(found, bytes.length, file);
  // Before the numbers are read: the bytes joined for the hash are garbage by then.
  const source = await sourceHash(found.flatMap(({ dense }) => tensorsOf(dense).map(bytesOf)));
  const numbers = numbersOf(found, file);
  const chain = found.map(({ layer, dense }, index) => ({
    ...numbers[index],
    name: layer.weights.value,
    word: layerWord(`${layer.weights.value}.weight`),
    activation: layer.activation,
    inputs: dense.inputs,
    outputs: dense.outputs,
    parameters: parametersOf(dense),
  }));
  return networkOfChain(chain, description, name, source, unusedWarnings(state, found));
}

/** The readers of the formats are loaded when one is met: most models need neither. */
async function readStateDict(bytes: Uint8Array, file: string): Promise<StateDict> {
  if (hasExtension(file, 'safetensors')) {
    const { readSafetensors } = await import('../safetensors/read.js');
    return readSafetensors(bytes, file);
  }
  const { readTorch } = await import('../torch/read.js');
  return readTorch(bytes, file);
}

/** Layers of the same prefix share their tensors. */
function findLayers(state: StateDict, layers: readonly LayerDescription[]): FoundLayer[] {
  const known = new Map<string, DenseTensors>();
  return layers.map((layer) => {
    const dense = known.get(layer.weights.value) ?? findDense(state, layer.weights);
    known.set(layer.weights.value, dense);
    return { layer, dense };
  });
}

function checkChain(found: readonly FoundLayer[], description: ModelDescription): void {
  const shapes = declaredShapes(description.inputs);
  const cells = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  found.forEach(({ layer, dense }, index) => {
    const { inputs, weight } = dense;
    const { place } = layer.weights;
    const at = { tensor: weight.name, shape: weight.shape, inputs };
    if (index > 0) {
      const previous = found[index - 1].dense;
      if (inputs === previous.outputs) return;
      const { outputs } = previous;
      throw diagnose('STATE_DICT_CHAIN', place, { ...at, previous: previous.weight.name, outputs });
    }
    if (shapes.length === 0 || cells === inputs) return;
    throw diagnose('STATE_DICT_INPUT', place, { ...at, shapes, cells });
  });
}

function checkAmount(found: readonly FoundLayer[], fileSize: number, file: string): void {
  const actual = found.reduce((sum, { dense }) => sum + parametersOf(dense), 0);
  const limit = Math.max(fileSize, MOST_SHARED_NUMBERS);
  if (actual > limit) throw diagnose('STATE_DICT_TOO_LARGE', { file }, { actual, limit });
}

/** The numbers of each layer; layers that share tensors share them too. */
function numbersOf(
  found: readonly FoundLayer[],
  file: string,
): { readonly weights: SparseRows; readonly bias: Float64Array }[] {
  const known = new Map<DenseTensors, { weights: SparseRows; bias: Float64Array }>();
  return found.map(({ dense }) => {
    const { weight, bias, outputs } = dense;
    const numbers = known.get(dense) ?? {
      weights: rowsOf(weight, file),
      bias: bias === undefined ? new Float64Array(outputs) : vectorOf(bias, file),
    };
    known.set(dense, numbers);
    return numbers;
  });
}

function parametersOf(dense: DenseTensors): number {
  return tensorsOf(dense).reduce((sum, tensor) => sum + countOf(tensor), 0);
}

/** A tensor that the manifest forgot may be a layer that the network then lacks. */
function unusedWarnings(state: StateDict, found: readonly FoundLayer[]): string[] {
  const used = new Set(found.flatMap(({ dense }) => tensorsOf(dense).map((tensor) => tensor.name)));
  const unused = state.names.filter((name) => !used.has(name));
  if (unused.length === 0) return [];
  return [`${state.file}: no layer uses ${listNames(unused, MOST_UNUSED_SHOWN)}`];
}
