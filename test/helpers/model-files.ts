/**
 * The same chain network as a manifest with CSV files, as an ONNX file with a manifest, and as a manifest
 * with a state dict in either format.
 */
import { denseRows } from '../../src/ir/builders.js';
import type { CellDomain } from '../../src/ir/model-interface.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { writeOnnx } from './onnx-writer.js';
import type { NodeSpec, TensorSpec } from './onnx-writer.js';
import { writeSafetensors } from './safetensors-writer.js';
import { writeTorch } from './torch-writer.js';

const OPERATORS: Readonly<Record<string, string>> = {
  sign: 'Sign',
  relu: 'Relu',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  softmax: 'Softmax',
};

function widthsOf(network: Network): readonly number[] {
  return [sizeOf(network.inputs[0].shape), ...network.layers.map(({ size }) => size)];
}

function domainOf(domain: CellDomain): unknown {
  switch (domain.kind) {
    case 'values':
      return domain.values;
    case 'interval':
      return { min: domain.min, max: domain.max };
    case 'real':
      return 'real';
  }
}

function manifestOf(network: Network): Record<string, unknown> {
  const [{ name, shape, axes, domain }] = network.inputs;
  if (domain.kind === 'per-cell') throw new Error('one domain for all cells is written');
  const { labels } = network.outputs[0];
  return {
    name: network.name,
    input: { name, shape, ...(axes === undefined ? {} : { axes }), domain: domainOf(domain) },
    output: { ...(labels === undefined ? {} : { labels }), decision: network.decision.kind },
  };
}

/** `network.json` and one CSV per layer: last row biases, `%.18e`. */
export function csvFiles(network: Network): Record<string, string> {
  const widths = widthsOf(network);
  const files: Record<string, string> = {};
  const layers = network.layers.map((layer, index) => {
    const rows = denseRows(layer.weights, widths[index]);
    const lines = Array.from({ length: widths[index] }, (_, cell) => rows.map((row) => row[cell]));
    const file = `layer_${index + 1}.csv`;
    files[file] = [...lines, Array.from(layer.bias)]
      .map((line) => `${line.map((value) => value.toExponential(18)).join(',')}\n`)
      .join('');
    return { weights: file, activation: layer.activation.kind };
  });
  files['network.json'] = JSON.stringify({ ...manifestOf(network), layers });
  return files;
}

/** `network.onnx` (Flatten, then one Gemm and activation per layer) and its manifest. */
export function onnxFiles(network: Network): Record<string, Uint8Array | string> {
  const widths = widthsOf(network);
  const nodes: NodeSpec[] = [{ op: 'Flatten', inputs: ['x'], outputs: ['h0'] }];
  const initializers: TensorSpec[] = [];
  network.layers.forEach((layer, index) => {
    const [weights, bias, sum] = [`w${index}`, `b${index}`, `z${index}`];
    const rows = denseRows(layer.weights, widths[index]);
    const data = rows.flatMap((row) => Array.from(row));
    initializers.push({ name: weights, dims: [layer.size, widths[index]], data });
    initializers.push({ name: bias, dims: [layer.size], data: Array.from(layer.bias) });
    nodes.push({
      op: 'Gemm',
      inputs: [`h${index}`, weights, bias],
      outputs: [sum],
      attributes: { transB: 1 },
    });
    nodes.push({
      op: OPERATORS[layer.activation.kind] ?? 'Identity',
      inputs: [sum],
      outputs: [`h${index + 1}`],
    });
  });
  const model = writeOnnx({
    nodes,
    initializers,
    inputs: [{ name: 'x', shape: ['batch', ...network.inputs[0].shape] }],
    outputs: [{ name: `h${network.layers.length}`, shape: ['batch', widths[widths.length - 1]] }],
  });
  return { 'network.onnx': model, 'network.json': JSON.stringify(manifestOf(network)) };
}

/** `network.json` and `network.pth`, the weights as doubles under `net.0`, `net.2`, ... */
export function torchFiles(network: Network): Record<string, Uint8Array | string> {
  return stateDictFiles(network, 'network.pth', writeTorch);
}

/** `network.json` and `network.safetensors`, the weights as doubles under `net.0`, `net.2`, ... */
export function safetensorsFiles(network: Network): Record<string, Uint8Array | string> {
  return stateDictFiles(network, 'network.safetensors', writeSafetensors);
}

interface DoubleTensor {
  readonly type: 'float64';
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

function stateDictFiles(
  network: Network,
  file: string,
  write: (tensors: Record<string, DoubleTensor>) => Uint8Array,
): Record<string, Uint8Array | string> {
  const widths = widthsOf(network);
  const tensors: Record<string, DoubleTensor> = {};
  // Activations have places of their own in a Sequential, so that layers have every second number.
  const layers = network.layers.map((layer, index) => {
    const prefix = `net.${2 * index}`;
    const data = denseRows(layer.weights, widths[index]).flatMap((row) => Array.from(row));
    const bias = Array.from(layer.bias);
    tensors[`${prefix}.weight`] = { type: 'float64', shape: [layer.size, widths[index]], data };
    tensors[`${prefix}.bias`] = { type: 'float64', shape: [layer.size], data: bias };
    return { weights: prefix, activation: layer.activation.kind };
  });
  const manifest = JSON.stringify({ ...manifestOf(network), weights: file, layers });
  return { [file]: write(tensors), 'network.json': manifest };
}
