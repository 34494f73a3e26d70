/**
 * The tie rule of the contract, part of the meaning of a network:
 *
 *   for `sign` and `step`, a pre-activation with |z| ≤ tieTolerance × (Σ|wᵢ|·max|xᵢ| + |b|) *is* 0;
 *   the tolerance is 0 for a neuron whose weights and bias are all integers, and where an input of
 *   the neuron is unbounded.
 */
import { neutralBias } from './activation-words.js';
import { cellDomain, domainHull, sizeOf } from './model-interface.js';
import type { InputTensor } from './model-interface.js';
import type { Layer, Node, StagedNetwork, TensorRef } from './network.js';
import { stageSpans } from './stage-ranges.js';
import type { Spans } from './stage-ranges.js';

/** max|x| of every cell of every tensor that a layer can read, from domains and activations. */
export interface Magnitudes {
  readonly inputs: readonly Float64Array[];
  readonly layers: readonly Float64Array[];
}

/** Σ|wᵢ|·max|xᵢ| + |b| of each neuron; Infinity where an input is unbounded. */
function reach(layer: Layer, source: Float64Array): Float64Array {
  const { rowStart, columns, values } = layer.weights;
  const result = new Float64Array(layer.size);
  for (let neuron = 0; neuron < layer.size; neuron++) {
    let total = Math.abs(layer.bias[neuron]);
    for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
      total += Math.abs(values[k]) * source[columns[k]];
    }
    result[neuron] = total;
  }
  return result;
}

/** The largest |wᵢ|·max|xᵢ|, or |b| where it takes part, of each neuron that compares. */
function largestPart(layer: Layer, source: Float64Array): Float64Array {
  const { rowStart, columns, values } = layer.weights;
  return layer.bias.map((bias, neuron) => {
    let largest = bias === neutralBias(layer.activation) ? 0 : Math.abs(bias);
    for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
      largest = Math.max(largest, Math.abs(values[k]) * source[columns[k]]);
    }
    return largest;
  });
}

/** max|x| over the columns that a layer reads: its sources, flattened and joined. */
export function sourceMagnitudes(sources: readonly TensorRef[], known: Magnitudes): Float64Array {
  const parts = sources.map((ref) =>
    ref.kind === 'input' ? known.inputs[ref.index] : known.layers[ref.index],
  );
  if (parts.length === 1) return parts[0];
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** max|x| of every tensor of a network. */
export function magnitudesOf(network: StagedNetwork): Magnitudes {
  const inputs = network.inputs.map((input) =>
    Float64Array.from({ length: sizeOf(input.shape) }, (_, cell) => {
      const [min, max] = domainHull(cellDomain(input.domain, cell));
      return Math.max(Math.abs(min), Math.abs(max));
    }),
  );
  const layers: Float64Array[] = [];
  const stages: (Spans | undefined)[] = [];
  // Nobody asks how large the cells of a stage are but the ties of thresholds.
  const isAsked = network.layers.some((layer) => layer.kind === undefined && hasTies(layer));
  const spansOf = (ref: TensorRef): Spans => {
    if (ref.kind === 'input') return inputSpans(network.inputs[ref.index]);
    return stages[ref.index] ?? layerSpans(network.layers[ref.index], layers[ref.index]);
  };
  for (const layer of network.layers) {
    if (layer.kind === 'scan' || layer.kind === 'tap') {
      stages.push(undefined);
      layers.push(new Float64Array(layer.size).fill(Infinity));
      continue;
    }
    if (layer.kind === 'stage') {
      const sources = isAsked ? layer.sources.map((ref) => spansOf(ref)) : undefined;
      const own = sources === undefined ? undefined : stageSpans(layer, sources);
      stages.push(own);
      layers.push(sizes(own, layer.size));
      continue;
    }
    stages.push(undefined);
    switch (layer.activation.kind) {
      case 'sign':
      case 'step':
      case 'tanh':
      case 'sigmoid':
      case 'softmax':
        layers.push(new Float64Array(layer.size).fill(1));
        break;
      case 'clamp': {
        const bound = Math.max(Math.abs(layer.activation.low), Math.abs(layer.activation.high));
        layers.push(new Float64Array(layer.size).fill(bound));
        break;
      }
      case 'max':
      case 'min':
        layers.push(largestPart(layer, sourceMagnitudes(layer.sources, { inputs, layers })));
        break;
      case 'identity':
      case 'relu':
      case 'abs':
        layers.push(reach(layer, sourceMagnitudes(layer.sources, { inputs, layers })));
        break;
      case 'leaky-relu': {
        const factor = Math.max(1, Math.abs(layer.activation.slope));
        const bound = reach(layer, sourceMagnitudes(layer.sources, { inputs, layers }));
        layers.push(bound.map((value) => value * factor));
        break;
      }
    }
  }
  return { inputs, layers };
}

/** Whether a tie may be told from the neighbouring values by a tolerance. */
function hasTies({ activation, tieTolerance }: Layer): boolean {
  return (activation.kind === 'sign' || activation.kind === 'step') && tieTolerance > 0;
}

/** max|x| of cells in intervals; infinite where nothing is known of them. */
function sizes(spans: Spans | undefined, size: number): Float64Array {
  if (spans === undefined) return new Float64Array(size).fill(Infinity);
  return spans.lo.map((lo, cell) => Math.max(Math.abs(lo), Math.abs(spans.hi[cell])));
}

function inputSpans({ shape, domain }: InputTensor): Spans {
  const hulls = Array.from({ length: sizeOf(shape) }, (_, k) => domainHull(cellDomain(domain, k)));
  return { lo: Float64Array.from(hulls, ([lo]) => lo), hi: Float64Array.from(hulls, ([, hi]) => hi) }; // prettier-ignore
}

/** The intervals of a layer's values, as far as its activation tells. */
function layerSpans(layer: Node, size: Float64Array): Spans {
  const kind = layer.kind === undefined ? layer.activation.kind : 'identity';
  const isPositive = kind === 'step' || kind === 'relu' || kind === 'sigmoid' || kind === 'softmax';
  return { lo: size.map((most) => (isPositive ? 0 : -most)), hi: size };
}

/**
 * For each neuron of a `sign` or `step` layer the bound at or below which |z| counts as 0;
 * zeros for every other activation.
 */
export function tieBounds(layer: Layer, magnitudes: Magnitudes): Float64Array {
  const { kind } = layer.activation;
  const bounds = new Float64Array(layer.size);
  if (kind !== 'sign' && kind !== 'step') return bounds;
  const { rowStart, values } = layer.weights;
  const reached = reach(layer, sourceMagnitudes(layer.sources, magnitudes));
  for (let neuron = 0; neuron < layer.size; neuron++) {
    let integers = Number.isInteger(layer.bias[neuron]);
    for (let k = rowStart[neuron]; integers && k < rowStart[neuron + 1]; k++) {
      integers = Number.isInteger(values[k]);
    }
    const bound = layer.tieTolerance * reached[neuron];
    bounds[neuron] = integers || !Number.isFinite(bound) ? 0 : bound;
  }
  return bounds;
}
