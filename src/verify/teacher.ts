/**
 * The reference forward pass: what a network answers, from its stored weights under the tie rule.
 *
 * Plain loops over the sparse rows, in layer order, with nothing shared with clustering, inference or
 * emission, so that it can judge them. Sums that only rounding could decide are taken again in twofold
 * precision: a tie is a property of the weights, never of the order of summation. Real-valued neurons
 * are summed in twofold precision always and rounded once.
 */
import { decide } from '../ir/decision.js';
import { sizeOf } from '../ir/model-interface.js';
import type { Layer, Scan, Stage, StagedNetwork, Tap, TensorRef } from '../ir/network.js';
import { createStageRunner } from '../ir/stage-values.js';
import type { StageRunner } from '../ir/stage-values.js';
import { magnitudesOf, tieBounds } from '../ir/ties.js';
import { applyActivation } from './activation.js';
import { createProduct } from './sparse-product.js';
import { createScanRunner } from './scan-runner.js';
import type { ScanRunner } from './scan-runner.js';
import { dotTwofold } from './twofold.js';

export interface Teacher {
  /**
   * The network's outputs, one flat row-major array each, for one flat array per input.
   * The arrays are the teacher's own and hold until its next `forward`: copy what must last.
   *
   * @throws RangeError when the number or the length of the inputs is not the network's.
   */
  forward(inputs: readonly ArrayLike<number>[]): Float64Array[];
  /** The answer that the network's decision draws from its outputs; see `decide`. */
  decide(scores: readonly ArrayLike<number>[]): number;
  /**
   * The largest size of a value, or of a term of a sum, that the last forward pass came across, where an
   * input is unbounded: what rounding has to be judged by. 0 where every input is bounded.
   */
  scale(): number;
  /** Present where answers have to be the same to the last bit. */
  readonly exact?: true;
}

/** Unit roundoff of float64: half the distance from 1 to the next number. */
const UNIT_ROUNDOFF = 2 ** -53;

/** Integers up to here add without rounding. */
const LARGEST_EXACT = 2 ** 53;

/** What a layer needs beside its weights, computed once. */
interface PreparedLayer {
  readonly kind: 'layer';
  readonly layer: Layer;
  /** |z| at or below this is a tie; zeros for activations without ties. */
  readonly bounds: Float64Array;
  /** Σ|w| of each row. */
  readonly weightSums: Float64Array;
  /** 1 where weights and bias are integers. */
  readonly integers: Uint8Array;
  /** Where the joined sources go; the source's own buffer when there is only one. */
  readonly joined: Float64Array | undefined;
  /** Weights times source in plain sums, written into `sums`. */
  readonly multiply: (source: Float64Array, sums: Float64Array) => void;
  readonly sums: Float64Array;
  readonly result: Float64Array;
}

interface PreparedStage {
  readonly kind: 'stage';
  readonly stage: Stage;
  readonly runStage: StageRunner;
  readonly result: Float64Array;
}

function prepareStage(stage: Stage): PreparedStage {
  const result = new Float64Array(stage.size);
  return { kind: 'stage', stage, runStage: createStageRunner(stage), result };
}

interface PreparedScan {
  readonly kind: 'scan';
  readonly scan: Scan;
  readonly runner: ScanRunner;
  readonly result: Float64Array;
}

interface PreparedTap {
  readonly kind: 'tap';
  readonly tap: Tap;
  readonly result: Float64Array;
}

type Prepared = PreparedLayer | PreparedStage | PreparedScan | PreparedTap;

/** Prepares a network for many forward passes; its buffers are made once. */
export function createTeacher(network: StagedNetwork): Teacher {
  const magnitudes = magnitudesOf(network);
  const isUnbounded = magnitudes.inputs.some((cells) => cells.some((size) => size === Infinity));
  const inputs = network.inputs.map((input) => new Float64Array(sizeOf(input.shape)));
  const prepared: Prepared[] = [];
  const tensor = (ref: TensorRef): Float64Array =>
    ref.kind === 'input' ? inputs[ref.index] : prepared[ref.index].result;
  for (const layer of network.layers) {
    if (layer.kind === 'stage') {
      prepared.push(prepareStage(layer));
      continue;
    }
    if (layer.kind === 'scan') {
      const runner = createScanRunner(layer, createTeacher(layer.body));
      prepared.push({ kind: 'scan', scan: layer, runner, result: runner.results[0] });
      continue;
    }
    if (layer.kind === 'tap') {
      const { result } = tapped(prepared, layer);
      prepared.push({ kind: 'tap', tap: layer, result });
      continue;
    }
    const width = layer.sources.reduce((sum, ref) => sum + tensor(ref).length, 0);
    prepared.push({
      kind: 'layer',
      layer,
      bounds: tieBounds(layer, magnitudes),
      ...rowProperties(layer),
      joined: layer.sources.length === 1 ? undefined : new Float64Array(width),
      multiply: createProduct(layer.weights, width),
      sums: new Float64Array(layer.size),
      result: new Float64Array(layer.size),
    });
  }
  return {
    forward(given) {
      copyInputs(given, inputs);
      for (const item of prepared) {
        if (item.kind === 'stage') item.result.set(item.runStage(item.stage.sources.map(tensor)));
        else if (item.kind === 'scan') item.runner.run(item.scan.sources.map(tensor));
        else if (item.kind === 'layer') runLayer(item, tensor);
      }
      return network.results.map(tensor);
    },
    decide: (scores) => decide(network.decision, scores[0]),
    scale: () => {
      if (!isUnbounded) return 0;
      const own = inputs.reduce((most, cells) => Math.max(most, largestSize(cells)), 0);
      return prepared.reduce((most, item) => Math.max(most, sizeOfTerms(item, tensor)), own);
    },
  };
}

/** The array that holds what a tap gives. */
function tapped(
  prepared: readonly Prepared[],
  { sources: [source], output }: Tap,
): { result: Float64Array } {
  const scan = source.kind === 'layer' ? prepared[source.index] : undefined;
  if (scan?.kind !== 'scan') throw new TypeError('a tap reads a scan');
  return { result: scan.runner.results[output] };
}

/** The largest finite |value|. */
function largestSize(values: Float64Array): number {
  let most = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/** How large a result of a layer, or a term that it is summed up from, may have been. */
function sizeOfTerms(item: Prepared, tensor: (ref: TensorRef) => Float64Array): number {
  if (item.kind === 'tap') return 0;
  if (item.kind === 'scan') return item.runner.scale();
  if (item.kind === 'stage') {
    const { sources, tables } = item.stage;
    const read = [...sources.map(tensor), ...tables.map(({ values }) => values)];
    const product = read.reduce((size, cells) => size * Math.max(1, largestSize(cells)), 1);
    return Math.max(largestSize(item.result), product);
  }
  const { layer, weightSums } = item;
  const source = layer.sources.reduce((most, ref) => Math.max(most, largestSize(tensor(ref))), 0);
  return Math.max(largestSize(weightSums) * source, largestSize(layer.bias));
}

/** One forward pass; `createTeacher` is the way to many. The arrays returned are new. */
export function forward(
  network: StagedNetwork,
  inputs: readonly ArrayLike<number>[],
): Float64Array[] {
  return createTeacher(network).forward(inputs);
}

function rowProperties(layer: Layer): { weightSums: Float64Array; integers: Uint8Array } {
  const { rowStart, values } = layer.weights;
  const weightSums = new Float64Array(layer.size);
  const integers = new Uint8Array(layer.size);
  for (let neuron = 0; neuron < layer.size; neuron++) {
    let sum = 0;
    let whole = Number.isInteger(layer.bias[neuron]);
    for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
      sum += Math.abs(values[k]);
      whole = whole && Number.isInteger(values[k]);
    }
    weightSums[neuron] = sum;
    integers[neuron] = whole ? 1 : 0;
  }
  return { weightSums, integers };
}

function copyInputs(given: readonly ArrayLike<number>[], inputs: readonly Float64Array[]): void {
  if (given.length !== inputs.length) {
    throw new RangeError(`expected ${inputs.length} inputs, got ${given.length}`);
  }
  inputs.forEach((buffer, index) => {
    if (given[index].length !== buffer.length) {
      throw new RangeError(
        `expected ${buffer.length} values for input ${index}, got ${given[index].length}`,
      );
    }
    buffer.set(given[index]);
  });
}

function runLayer(item: PreparedLayer, tensor: (ref: TensorRef) => Float64Array): void {
  const { layer, joined, result } = item;
  let source: Float64Array;
  if (joined === undefined) {
    source = tensor(layer.sources[0]);
  } else {
    let offset = 0;
    for (const ref of layer.sources) {
      const part = tensor(ref);
      joined.set(part, offset);
      offset += part.length;
    }
    source = joined;
  }
  const { kind } = layer.activation;
  if (kind === 'sign' || kind === 'step') {
    runThresholds(item, source, kind === 'sign' ? -1 : 0);
    return;
  }
  if (kind === 'max' || kind === 'min') {
    compareParts(layer, source, result, kind === 'max' ? 1 : -1);
    return;
  }
  // Twofold sums, so that scores which are equal in real arithmetic are equal here (argmax ties).
  for (let neuron = 0; neuron < layer.size; neuron++) {
    const [head, tail] = dotTwofold(layer.weights, neuron, source, layer.bias[neuron]);
    result[neuron] = head + tail;
  }
  applyActivation(layer.activation, result);
}

/** The largest (smallest, with −1) of the weighted reads and the bias, for each neuron, into `result`. */
export function compareParts(
  { weights: { rowStart, columns, values }, bias }: Layer,
  source: Float64Array,
  result: Float64Array,
  direction: 1 | -1,
): void {
  for (let neuron = 0; neuron < result.length; neuron++) {
    let best = direction * bias[neuron];
    for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
      best = Math.max(best, direction * values[k] * source[columns[k]]);
    }
    result[neuron] = direction * best + 0;
  }
}

/** Sign and step: 1 above the tie band, `below` under it, 0 within. */
function runThresholds(item: PreparedLayer, source: Float64Array, below: -1 | 0): void {
  const { layer, bounds, weightSums, integers, sums, result } = item;
  const { rowStart } = layer.weights;
  item.multiply(source, sums);
  let largest = 0;
  let whole = true;
  for (const value of source) {
    if (Math.abs(value) > largest) largest = Math.abs(value);
    if (whole && !Number.isInteger(value)) whole = false;
  }
  for (let neuron = 0; neuron < layer.size; neuron++) {
    const z = sums[neuron] + layer.bias[neuron];
    const bound = bounds[neuron];
    const size = weightSums[neuron] * largest + Math.abs(layer.bias[neuron]);
    let side = z > bound ? 1 : z < -bound ? -1 : 0;
    const exact = integers[neuron] === 1 && whole && size < LARGEST_EXACT;
    // A dot product of n terms and a bias is off by at most (n + 1)·u·size (Higham, section 3.1);
    // twice that also covers the roundings of the comparison itself.
    const terms = rowStart[neuron + 1] - rowStart[neuron];
    const doubt = 2 * (terms + 2) * UNIT_ROUNDOFF * size;
    if (!exact && Math.abs(Math.abs(z) - bound) <= doubt) {
      const [head, tail] = dotTwofold(layer.weights, neuron, source, layer.bias[neuron]);
      side = head - bound + tail > 0 ? 1 : head + bound + tail < 0 ? -1 : 0;
    }
    result[neuron] = side < 0 ? below : side;
  }
}
