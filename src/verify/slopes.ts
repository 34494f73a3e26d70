/**
 * How a number that a network computes moves with its inputs: one pass forward that keeps every
 * pre-activation, one backward that hands adjoints down to the inputs (reverse mode; Griewank and Walther,
 * Evaluating Derivatives, section 3.2). Exact where all that leads there are layers; through stages and scans
 * nothing is handed down, `canDifferentiate` tells. Plain float64: nothing is proved with it.
 */
import { sizeOf } from '../ir/model-interface.js';
import type { Activation, Layer, StagedNetwork, TensorRef } from '../ir/network.js';

/**
 * A number made of the last layer's pre-activations: its value, and its slopes by them, written into
 * `slopes`, which comes filled with zeros.
 */
export type Readout = (z: Float64Array, slopes: Float64Array) => number;

export interface Slopes {
  readonly values: Float64Array;
  /** One column for each flattened input cell. */
  readonly byInput: readonly Float64Array[];
}

/** Whether all that a tensor depends on are layers of neurons with slopes almost everywhere. */
export function canDifferentiate({ layers }: StagedNetwork, ref: TensorRef): boolean {
  const open = [ref];
  const seen = new Set<number>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'input' || seen.has(next.index)) continue;
    seen.add(next.index);
    const node = layers[next.index];
    if (node.kind !== undefined || !isSloped(node.activation)) return false;
    open.push(...node.sources);
  }
  return true;
}

/** Steps are flat: they say nothing of what lies before them. */
function isSloped({ kind }: Activation): boolean {
  return kind !== 'sign' && kind !== 'step' && kind !== 'max' && kind !== 'min';
}

/**
 * Values and slopes of a readout at many points, given as columns, one for each flattened input cell.
 *
 * @param last position of the layer whose pre-activations are read.
 * @throws TypeError for a network with a node on the way that is no layer, see `canDifferentiate`.
 */
export function createSlopes(
  network: StagedNetwork,
  last: number,
  readout: Readout,
): (columns: readonly Float64Array[]) => Slopes {
  const inputs = network.inputs.map(({ shape }) => new Float64Array(sizeOf(shape)));
  const inputSlopes = inputs.map(({ length }) => new Float64Array(length));
  const layers = network.layers.slice(0, last + 1).map(prepare);
  const valuesOf = (ref: TensorRef): Float64Array =>
    ref.kind === 'input' ? inputs[ref.index] : layers[ref.index].result;
  const slopesOf = (ref: TensorRef): Float64Array =>
    ref.kind === 'input' ? inputSlopes[ref.index] : layers[ref.index].slopes;
  return (columns) => {
    const rows = columns[0].length;
    const values = new Float64Array(rows);
    const byInput = columns.map(() => new Float64Array(rows));
    for (let row = 0; row < rows; row++) {
      eachCell(inputs, (input, cell, column) => (input[cell] = columns[column][row]));
      for (const layer of layers) runForward(layer, valuesOf);
      for (const slopes of inputSlopes) slopes.fill(0);
      for (const { slopes, before } of layers) {
        slopes.fill(0);
        before.fill(0);
      }
      values[row] = readout(layers[last].z, layers[last].before);
      for (let at = last; at >= 0; at--) runBackward(layers[at], at === last, slopesOf);
      eachCell(inputSlopes, (slopes, cell, column) => (byInput[column][row] = slopes[cell]));
    }
    return { values, byInput };
  };
}

interface Prepared {
  readonly layer: Layer;
  readonly z: Float64Array;
  readonly result: Float64Array;
  /** By the results, and by the pre-activations. */
  readonly slopes: Float64Array;
  readonly before: Float64Array;
}

function prepare(layer: StagedNetwork['layers'][number]): Prepared {
  if (layer.kind !== undefined) throw new TypeError(`a ${layer.kind} has no slopes`);
  const make = (): Float64Array => new Float64Array(layer.size);
  return { layer, z: make(), result: make(), slopes: make(), before: make() };
}

function eachCell(
  tensors: readonly Float64Array[],
  visit: (tensor: Float64Array, cell: number, column: number) => void,
): void {
  let column = 0;
  for (const tensor of tensors) {
    for (let cell = 0; cell < tensor.length; cell++) visit(tensor, cell, column++);
  }
}

/** Source and cell of a column of a layer's weights. */
function eachWeight(
  { sources, weights: { rowStart, columns, values } }: Layer,
  neuron: number,
  tensorOf: (ref: TensorRef) => Float64Array,
  visit: (weight: number, tensor: Float64Array, cell: number) => void,
): void {
  let source = 0;
  let start = 0;
  let tensor = tensorOf(sources[0]);
  for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
    while (columns[k] - start >= tensor.length) {
      start += tensor.length;
      tensor = tensorOf(sources[++source]);
    }
    visit(values[k], tensor, columns[k] - start);
  }
}

function runForward(
  { layer, z, result }: Prepared,
  valuesOf: (ref: TensorRef) => Float64Array,
): void {
  for (let neuron = 0; neuron < layer.size; neuron++) {
    let sum = layer.bias[neuron];
    eachWeight(layer, neuron, valuesOf, (weight, tensor, cell) => (sum += weight * tensor[cell]));
    z[neuron] = sum;
    result[neuron] = valueAt(layer.activation, sum);
  }
  if (layer.activation.kind === 'softmax') softmax(z, result);
}

function runBackward(
  { layer, z, result, slopes, before }: Prepared,
  isLast: boolean,
  slopesOf: (ref: TensorRef) => Float64Array,
): void {
  if (!isLast) {
    if (layer.activation.kind === 'softmax') {
      const mean = result.reduce((sum, share, k) => sum + share * slopes[k], 0);
      for (let k = 0; k < z.length; k++) before[k] = result[k] * (slopes[k] - mean);
    } else {
      for (let k = 0; k < z.length; k++) {
        before[k] = slopes[k] * slopeAt(layer.activation, z[k], result[k]);
      }
    }
  }
  for (let neuron = 0; neuron < layer.size; neuron++) {
    const slope = before[neuron];
    if (slope === 0) continue;
    eachWeight(layer, neuron, slopesOf, (weight, tensor, cell) => {
      tensor[cell] += slope * weight;
    });
  }
}

function softmax(z: Float64Array, result: Float64Array): void {
  const most = z.reduce((largest, value) => Math.max(largest, value), -Infinity);
  z.forEach((value, k) => (result[k] = Math.exp(value - most)));
  const total = result.reduce((sum, value) => sum + value, 0);
  for (let k = 0; k < result.length; k++) result[k] /= total;
}

/** The activation of one pre-activation; of softmax the pre-activation itself. */
function valueAt(activation: Activation, z: number): number {
  switch (activation.kind) {
    case 'relu':
      return z > 0 ? z : 0;
    case 'leaky-relu':
      return z > 0 ? z : activation.slope * z;
    case 'abs':
      return Math.abs(z);
    case 'clamp':
      return Math.min(Math.max(z, activation.low), activation.high);
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    case 'identity':
    case 'softmax':
      return z;
    case 'sign':
    case 'step':
    case 'max':
    case 'min':
      throw new TypeError(`${activation.kind} has no slope`);
  }
}

/** Its slope; at a kink that of the left. */
function slopeAt(activation: Activation, z: number, result: number): number {
  switch (activation.kind) {
    case 'relu':
      return z > 0 ? 1 : 0;
    case 'leaky-relu':
      return z > 0 ? 1 : activation.slope;
    case 'abs':
      return z > 0 ? 1 : -1;
    case 'clamp':
      return z > activation.low && z < activation.high ? 1 : 0;
    case 'tanh':
      return 1 - result * result;
    case 'sigmoid':
      return result * (1 - result);
    default:
      return 1;
  }
}
