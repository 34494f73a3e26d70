/**
 * Models as training scripts export them, with seeded float32 weights: the forms of torch (Gemm with
 * transB, weights [out, in]) and of scikit-learn (MatMul and Add), networks of controllers, a small
 * convolutional network, a binarised one.
 */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { writeOnnx } from './onnx-writer.js';
import type { NodeSpec, TensorSpec } from './onnx-writer.js';

export interface ExportedModel {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Name and extents of the one input, the batch left out. */
  readonly input: { readonly name: string; readonly shape: readonly number[] };
}

/** Weights of a layer with `inputs` inputs as a trained one has them, rounded to float32. */
function weights(
  random: Random,
  name: string,
  dims: readonly number[],
  inputs: number,
): TensorSpec {
  const size = dims.reduce((product, extent) => product * extent, 1);
  const scale = Math.sqrt(2 / inputs);
  const data = Float32Array.from({ length: size }, () => random.normal() * scale);
  return { name, dims, data, type: 'float' };
}

function finish(
  name: string,
  shape: readonly number[],
  outputs: number,
  nodes: readonly NodeSpec[],
  initializers: readonly TensorSpec[],
): ExportedModel {
  const bytes = writeOnnx({
    inputs: [{ name: 'input', shape: ['batch', ...shape], type: 'float' }],
    outputs: [{ name: 'output', shape: ['batch', outputs], type: 'float' }],
    nodes,
    initializers,
    opset: 17,
  });
  return { name, bytes, input: { name: 'input', shape } };
}

/** torch's nn.Sequential of Linear layers with an activation between them: Gemm, transB = 1. */
export function torchMlp(
  name: string,
  sizes: readonly number[],
  activation: 'Relu' | 'Tanh' | 'Sigmoid' | 'Sign',
  seed: number,
): ExportedModel {
  const random = createRandom(seed);
  const nodes: NodeSpec[] = [];
  const initializers: TensorSpec[] = [];
  let value = 'input';
  for (let layer = 1; layer < sizes.length; layer++) {
    const [inputs, outputs] = [sizes[layer - 1], sizes[layer]];
    const prefix = `${2 * (layer - 1)}`;
    initializers.push(
      weights(random, `${prefix}.weight`, [outputs, inputs], inputs),
      weights(random, `${prefix}.bias`, [outputs], inputs),
    );
    const isLast = layer === sizes.length - 1;
    const result = isLast ? 'output' : `/${prefix}/Gemm_output_0`;
    nodes.push({
      op: 'Gemm',
      name: `/${prefix}/Gemm`,
      inputs: [value, `${prefix}.weight`, `${prefix}.bias`],
      outputs: [result],
      attributes: { alpha: { float: 1 }, beta: { float: 1 }, transB: 1 },
    });
    if (isLast) break;
    value = `/${2 * layer - 1}/${activation}_output_0`;
    nodes.push({
      op: activation,
      name: `/${2 * layer - 1}/${activation}`,
      inputs: [result],
      outputs: [value],
    });
  }
  return finish(name, [sizes[0]], sizes[sizes.length - 1], nodes, initializers);
}

/** scikit-learn's MLPClassifier: MatMul and Add, weights [in, out], a softmax at the end. */
export function sklearnMlp(name: string, sizes: readonly number[], seed: number): ExportedModel {
  const random = createRandom(seed);
  const nodes: NodeSpec[] = [];
  const initializers: TensorSpec[] = [];
  let value = 'input';
  for (let layer = 1; layer < sizes.length; layer++) {
    const [inputs, outputs] = [sizes[layer - 1], sizes[layer]];
    const isLast = layer === sizes.length - 1;
    initializers.push(
      weights(random, `coefficient${layer}`, [inputs, outputs], inputs),
      weights(random, `intercepts${layer}`, [1, outputs], inputs),
    );
    nodes.push(
      { op: 'MatMul', inputs: [value, `coefficient${layer}`], outputs: [`mul_result${layer}`] },
      {
        op: 'Add',
        inputs: [`mul_result${layer}`, `intercepts${layer}`],
        outputs: [`add_result${layer}`],
      },
    );
    value = isLast ? 'output' : `next_activations${layer}`;
    nodes.push({
      op: isLast ? 'Softmax' : 'Relu',
      inputs: [`add_result${layer}`],
      outputs: [value],
    });
  }
  return finish(name, [sizes[0]], sizes[sizes.length - 1], nodes, initializers);
}

/** A convolution, a maximum over windows, a second convolution with stride, and a dense layer. */
export function smallCnn(name: string, side: number, seed: number): ExportedModel {
  const random = createRandom(seed);
  const half = Math.floor(side / 2);
  const quarter = Math.ceil(half / 2);
  const nodes: NodeSpec[] = [
    {
      op: 'Conv',
      name: '/conv1/Conv',
      inputs: ['input', 'conv1.weight', 'conv1.bias'],
      outputs: ['/conv1/Conv_output_0'],
      attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1] },
    },
    { op: 'Relu', name: '/relu1/Relu', inputs: ['/conv1/Conv_output_0'], outputs: ['/relu1/Relu_output_0'] }, // prettier-ignore
    {
      op: 'MaxPool',
      name: '/pool/MaxPool',
      inputs: ['/relu1/Relu_output_0'],
      outputs: ['/pool/MaxPool_output_0'],
      attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    },
    {
      op: 'Conv',
      name: '/conv2/Conv',
      inputs: ['/pool/MaxPool_output_0', 'conv2.weight', 'conv2.bias'],
      outputs: ['/conv2/Conv_output_0'],
      attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2] },
    },
    { op: 'Relu', name: '/relu2/Relu', inputs: ['/conv2/Conv_output_0'], outputs: ['/relu2/Relu_output_0'] }, // prettier-ignore
    { op: 'Flatten', name: '/Flatten', inputs: ['/relu2/Relu_output_0'], outputs: ['/Flatten_output_0'], attributes: { axis: 1 } }, // prettier-ignore
    {
      op: 'Gemm',
      name: '/fc/Gemm',
      inputs: ['/Flatten_output_0', 'fc.weight', 'fc.bias'],
      outputs: ['output'],
      attributes: { transB: 1 },
    },
  ];
  const flat = 6 * quarter * quarter;
  const initializers = [
    weights(random, 'conv1.weight', [4, 1, 3, 3], 9),
    weights(random, 'conv1.bias', [4], 9),
    weights(random, 'conv2.weight', [6, 4, 3, 3], 36),
    weights(random, 'conv2.bias', [6], 36),
    weights(random, 'fc.weight', [5, flat], flat),
    weights(random, 'fc.bias', [5], flat),
  ];
  return finish(name, [1, side, side], 5, nodes, initializers);
}
