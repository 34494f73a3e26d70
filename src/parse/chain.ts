/**
 * A network that is a chain of dense layers, as manifests describe them: each layer reads the one
 * before, the first reads the inputs, joined in their order when there are several. Where the weights
 * come from, and what is said when they do not fit, is the business of each format.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { DEFAULT_TIE_TOLERANCE } from '../ir/builders.js';
import type { Activation, Layer, Network, SparseRows, TensorRef } from '../ir/network.js';
import type { InputDescription, ModelDescription } from './description.js';
import { buildInterface } from './interface.js';
import type { ModelTensor } from './interface.js';

/** What the input and the output are called when the manifest gives no names. */
const INPUT_NAME = 'input';
const OUTPUT_NAME = 'scores';

export interface ChainLayer {
  readonly name: string;
  /** See `Layer.word`. */
  readonly word?: string | undefined;
  readonly activation: Activation;
  /** Cells that a neuron reads. */
  readonly inputs: number;
  /** Number of neurons. */
  readonly outputs: number;
  readonly weights: SparseRows;
  readonly bias: Float64Array;
  /** Number of weights and biases as stored, zeros included. */
  readonly parameters: number;
}

/**
 * The network of at least one layer, each of which takes as many cells as the one before gives.
 *
 * @throws Diagnostic of `buildInterface`.
 */
export function networkOfChain(
  layers: readonly ChainLayer[],
  description: ModelDescription,
  name: string,
  source: string,
  warnings: readonly string[],
): Network {
  const inputs = inputTensors(description.inputs, layers[0].inputs);
  const outputs = [{ name: OUTPUT_NAME, shape: [layers[layers.length - 1].outputs] }];
  const tieTolerance = description.tieTolerance ?? DEFAULT_TIE_TOLERANCE;
  return {
    ...buildInterface(description, { inputs, outputs }, name, source),
    layers: layers.map((layer, index): Layer => ({
      name: layer.name,
      ...(layer.word === undefined ? {} : { word: layer.word }),
      sources: index === 0 ? inputs.map(inputRef) : [{ kind: 'layer', index: index - 1 }],
      size: layer.outputs,
      shape: [layer.outputs],
      weights: layer.weights,
      bias: layer.bias,
      activation: layer.activation,
      tieTolerance,
    })),
    results: [{ kind: 'layer', index: layers.length - 1 }],
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    warnings,
  };
}

/**
 * The shapes of all inputs, or none where the only input has no declared shape.
 *
 * @throws Diagnostic MANIFEST_MISSING_KEY when one of several inputs has no shape.
 */
export function declaredShapes(described: readonly InputDescription[]): (readonly number[])[] {
  if (described.length > 1) {
    const open = described.find(({ shape }) => shape === undefined);
    if (open !== undefined) throw diagnose('MANIFEST_MISSING_KEY', open.place, { key: 'shape' });
  }
  return described.flatMap(({ shape }) => (shape === undefined ? [] : [shape.value]));
}

function inputRef(_: unknown, index: number): TensorRef {
  return { kind: 'input', index };
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
