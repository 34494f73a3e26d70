/**
 * Networks whose linear regions can be told: a chain of dense layers, each neuron a weighted sum bent at 0.
 * Here are their plain form, how a Network becomes one, and what bounds are known of them over a box.
 */
import { cellDomain, sizeOf } from '../../../ir/model-interface.js';
import type { Decision } from '../../../ir/model-interface.js';
import type { Activation, Layer, StagedNetwork, TensorRef } from '../../../ir/network.js';
import { isPlainNetwork } from '../../../ir/network.js';
import type { Box } from '../../../numeric/linear-program.js';

export interface ReluLayer {
  /** One row for each neuron, dense. */
  readonly weights: readonly Float64Array[];
  readonly bias: Float64Array;
  /**
   * A neuron gives its sum where that is positive, else the sum times this: 0 is ReLU, 1 the identity,
   * 0.01 a leaky ReLU, −1 the absolute value.
   */
  readonly slopeBelow: number;
}

export interface ReluLayers {
  /** Number of inputs. */
  readonly inputs: number;
  /** At least one. */
  readonly layers: readonly ReluLayer[];
  readonly decision: Decision;
}

/** The network's outputs at a point, before any decision. */
export function forwardPass({ layers }: ReluLayers, point: ArrayLike<number>): Float64Array {
  let values = Float64Array.from(point);
  for (const { weights, bias, slopeBelow } of layers) {
    const next = new Float64Array(bias.length);
    for (let neuron = 0; neuron < next.length; neuron++) {
      const row = weights[neuron];
      let sum = bias[neuron];
      for (let k = 0; k < values.length; k++) sum += row[k] * values[k];
      next[neuron] = sum > 0 ? sum : sum * slopeBelow;
    }
    values = next;
  }
  return values;
}

/**
 * The network as such a chain, over all of its input cells in order; undefined where it is none: other
 * activations, layers that read several tensors, stages, or several outputs.
 */
export function reluLayersOf(network: StagedNetwork): ReluLayers | undefined {
  if (!isPlainNetwork(network) || network.results.length !== 1) return undefined;
  const { layers, inputs, results, decision } = network;
  const last = layers.length - 1;
  if (last < 0 || results[0].kind !== 'layer' || results[0].index !== last) return undefined;
  const count = inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const chain: ReluLayer[] = [];
  let end = decision;
  for (const [index, layer] of layers.entries()) {
    if (!isChained(layer.sources, index, inputs.length)) return undefined;
    let slopeBelow = slopeOf(layer.activation);
    if (slopeBelow === undefined && index === last) {
      const beneath = decisionBeneath(layer, decision);
      if (beneath === undefined) return undefined;
      end = beneath;
      slopeBelow = 1;
    }
    if (slopeBelow === undefined) return undefined;
    const width = index === 0 ? count : layers[index - 1].size;
    chain.push({ weights: denseRows(layer, width), bias: layer.bias, slopeBelow });
  }
  return { inputs: count, layers: chain, decision: end };
}

/** The first layer reads every input, in order; the others read the one before. */
function isChained(sources: readonly TensorRef[], index: number, inputs: number): boolean {
  if (index === 0) {
    return (
      sources.length === inputs &&
      sources.every((ref, position) => ref.kind === 'input' && ref.index === position)
    );
  }
  return sources.length === 1 && sources[0].kind === 'layer' && sources[0].index === index - 1;
}

function slopeOf(activation: Activation): number | undefined {
  switch (activation.kind) {
    case 'relu':
      return 0;
    case 'identity':
      return 1;
    case 'leaky-relu':
      return activation.slope;
    case 'abs':
      return -1;
    default:
      return undefined;
  }
}

/** What is decided of the sums of a last layer whose activation only rises. */
function decisionBeneath({ activation, size }: Layer, decision: Decision): Decision | undefined {
  const isOrder = decision.kind === 'argmax' || decision.kind === 'argmin';
  if (isOrder) {
    return ['softmax', 'sigmoid', 'tanh'].includes(activation.kind) ? decision : undefined;
  }
  if (decision.kind === 'threshold' && size === 1 && activation.kind === 'sigmoid') {
    const { threshold } = decision;
    if (threshold <= 0 || threshold >= 1) return undefined;
    return { kind: 'threshold', threshold: Math.log(threshold / (1 - threshold)) };
  }
  return undefined;
}

function denseRows({ weights, size }: Layer, width: number): readonly Float64Array[] {
  return Array.from({ length: size }, (_, neuron) => {
    const row = new Float64Array(width);
    for (let k = weights.rowStart[neuron]; k < weights.rowStart[neuron + 1]; k++) {
      row[weights.columns[k]] = weights.values[k];
    }
    return row;
  });
}

/** The box of a network's input cells; undefined where one is not an interval. */
export function inputBox({ inputs }: StagedNetwork): Box | undefined {
  const cells = inputs.flatMap(({ shape, domain }) =>
    Array.from({ length: sizeOf(shape) }, (_, cell) => cellDomain(domain, cell)),
  );
  const low = new Float64Array(cells.length);
  const high = new Float64Array(cells.length);
  for (const [k, cell] of cells.entries()) {
    if (cell.kind !== 'interval' || !Number.isFinite(cell.max - cell.min)) return undefined;
    low[k] = cell.min;
    high[k] = cell.max;
  }
  return { low, high };
}

/**
 * For each neuron of each layer how large the parts of its sum can be together, over the box: the unit in
 * which rounding and tolerances are told.
 */
export function sumMagnitudes(network: ReluLayers, { low, high }: Box): readonly Float64Array[] {
  let largest: Float64Array = low.map((least, k) => Math.max(Math.abs(least), Math.abs(high[k])));
  return network.layers.map(({ weights, bias, slopeBelow }) => {
    const magnitudes = bias.map((own, neuron) =>
      weights[neuron].reduce(
        (sum, weight, k) => sum + Math.abs(weight) * largest[k],
        Math.abs(own),
      ),
    );
    largest = magnitudes.map((size) => size * Math.max(1, Math.abs(slopeBelow)));
    return magnitudes;
  });
}
