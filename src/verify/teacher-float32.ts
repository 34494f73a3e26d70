/**
 * The reference forward pass in float32: every result rounded, in the order that `ir/float32.ts` states.
 * What a module made with `--precision float32` has to answer to the last bit.
 */
import { decide } from '../ir/decision.js';
import { sizeOf } from '../ir/model-interface.js';
import { roundToFloat32 } from '../ir/float32.js';
import type { Activation, Layer, Node, StagedNetwork, TensorRef } from '../ir/network.js';
import { createStageRunner } from '../ir/stage-values.js';
import { createScanRunner } from './scan-runner.js';
import type { ScanRunner } from './scan-runner.js';
import { compareParts } from './teacher.js';
import type { Teacher } from './teacher.js';

const { fround } = Math;

/** Prepares a network for many forward passes; its weights are rounded first. */
export function createFloat32Teacher(network: StagedNetwork): Teacher {
  const rounded = roundToFloat32(network);
  const runners: Runner[] = [];
  for (const node of rounded.layers) runners.push(runnerOf(node, runners));
  return {
    forward(inputs) {
      checkInputs(network, inputs);
      const cells = inputs.map((input) => Float64Array.from(input, (cell) => fround(cell)));
      const results: Float64Array[] = [];
      const tensor = ({ kind, index }: TensorRef): Float64Array =>
        kind === 'input' ? cells[index] : results[index];
      rounded.layers.forEach(({ sources }, index) => {
        results.push(runners[index].run(sources.map(tensor)));
      });
      return rounded.results.map(tensor);
    },
    decide: (scores) => decide(network.decision, scores[0]),
    scale: () => 0,
    exact: true,
  };
}

interface Runner {
  readonly run: (sources: readonly Float64Array[]) => Float64Array;
  /** Of a scan. */
  readonly scan?: ScanRunner;
}

/** What runs a node, given what runs those before it. */
function runnerOf(node: Node, before: readonly Runner[]): Runner {
  switch (node.kind) {
    case undefined:
      return { run: (sources) => runLayer(node, sources) };
    case 'stage':
      return { run: createStageRunner(node, 'float32') };
    case 'scan': {
      const scan = createScanRunner(node, createFloat32Teacher(node.body));
      const run = (sources: readonly Float64Array[]): Float64Array => {
        scan.run(sources);
        return scan.results[0];
      };
      return { run, scan };
    }
    case 'tap': {
      const [{ index }] = node.sources;
      const { scan } = before[index];
      if (scan === undefined) throw new TypeError('a tap reads a scan');
      return { run: () => scan.results[node.output] };
    }
  }
}

function checkInputs({ inputs }: StagedNetwork, given: readonly ArrayLike<number>[]): void {
  if (given.length !== inputs.length) {
    throw new RangeError(`expected ${inputs.length} inputs, got ${given.length}`);
  }
  inputs.forEach(({ shape }, index) => {
    if (given[index].length === sizeOf(shape)) return;
    throw new RangeError(`expected ${sizeOf(shape)} values for input ${index}, got ${given[index].length}`); // prettier-ignore
  });
}

function runLayer(layer: Layer, sources: readonly Float64Array[]): Float64Array {
  const { rowStart, columns, values } = layer.weights;
  const source = sources.length === 1 ? sources[0] : joined(sources);
  const result = new Float64Array(layer.size);
  const { kind } = layer.activation;
  if (kind === 'max' || kind === 'min') {
    compareParts(layer, source, result, kind === 'max' ? 1 : -1);
    return result.map(fround);
  }
  for (let neuron = 0; neuron < layer.size; neuron++) {
    let sum = layer.bias[neuron];
    for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
      sum = fround(sum + fround(values[k] * source[columns[k]]));
    }
    result[neuron] = sum;
  }
  return activate(layer.activation, result);
}

function joined(sources: readonly Float64Array[]): Float64Array {
  return Float64Array.from(sources.flatMap((source) => [...source]));
}

function activate(activation: Activation, sums: Float64Array): Float64Array {
  switch (activation.kind) {
    case 'identity':
      return sums;
    case 'relu':
      return sums.map((z) => (z > 0 ? z : 0));
    case 'abs':
      return sums.map(Math.abs);
    case 'clamp':
      return sums.map((z) => Math.min(Math.max(z, activation.low), activation.high));
    case 'max':
    case 'min':
      throw new TypeError('a neuron that compares has no sum');
    case 'leaky-relu':
      return sums.map((z) => (z > 0 ? z : fround(activation.slope * z)));
    case 'tanh':
      return sums.map((z) => fround(Math.tanh(z)));
    case 'sigmoid':
      return sums.map((z) => fround(1 / fround(1 + fround(Math.exp(-z)))));
    case 'softmax':
      return softmax(sums);
    case 'sign':
      return sums.map(Math.sign);
    case 'step':
      return sums.map((z) => (z > 0 ? 1 : 0));
  }
}

function softmax(sums: Float64Array): Float64Array {
  const largest = sums.reduce((most, z) => Math.max(most, z), -Infinity);
  const powers = sums.map((z) => fround(Math.exp(fround(z - largest))));
  const total = powers.reduce((sum, power) => fround(sum + power), 0);
  return powers.map((power) => fround(power / total));
}
