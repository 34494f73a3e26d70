/**
 * A second opinion on what a network computes: dense loops over its stored weights under the tie rule of
 * the contract, sharing no code with the compiler's own forward pass. For networks of sign, step and
 * identity layers over bounded inputs, whose pre-activations stay clear of the edge of the tie band.
 */
import type { CellDomain, Domain } from '../../src/ir/model-interface.js';
import type { Layer, Network, TensorRef } from '../../src/ir/network.js';

interface DenseNeuron {
  readonly columns: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
  /** |z| up to here is 0. */
  readonly band: number;
}

/** The network as a function of one flat array per input; outputs flat, one after the other. */
export function plainEvaluation(
  network: Network,
): (inputs: readonly ArrayLike<number>[]) => readonly number[] {
  const bounds: number[][] = [];
  const layers = network.layers.map((layer) => {
    const reach = layer.sources.flatMap((ref) =>
      ref.kind === 'input' ? inputBounds(network, ref.index) : bounds[ref.index],
    );
    const neurons = Array.from({ length: layer.size }, (_, own) => prepare(layer, own, reach));
    bounds.push(neurons.map((neuron) => outputBound(layer, neuron, reach)));
    return { layer, neurons };
  });
  return (inputs) => {
    const values: number[][] = [];
    const read = (ref: TensorRef): ArrayLike<number> =>
      ref.kind === 'input' ? inputs[ref.index] : values[ref.index];
    for (const { layer, neurons } of layers) {
      const { sources } = layer;
      const source =
        sources.length === 1 ? read(sources[0]) : sources.flatMap((ref) => Array.from(read(ref)));
      values.push(neurons.map((neuron) => fire(layer, neuron, source)));
    }
    return network.results.flatMap((ref) => Array.from(read(ref)));
  };
}

function prepare(layer: Layer, own: number, reach: readonly number[]): DenseNeuron {
  const { rowStart, columns, values } = layer.weights;
  const used = Array.from(columns.slice(rowStart[own], rowStart[own + 1]));
  const weights = Array.from(values.slice(rowStart[own], rowStart[own + 1]));
  const bias = layer.bias[own];
  const whole = [...weights, bias].every((value) => Number.isInteger(value));
  const size = used.reduce((sum, c, k) => sum + Math.abs(weights[k]) * reach[c], Math.abs(bias));
  return {
    columns: used,
    weights,
    bias,
    band: whole || !Number.isFinite(size) ? 0 : layer.tieTolerance * size,
  };
}

function outputBound(layer: Layer, neuron: DenseNeuron, reach: readonly number[]): number {
  if (layer.activation.kind !== 'identity') return 1;
  const { columns, weights, bias } = neuron;
  return columns.reduce((sum, c, k) => sum + Math.abs(weights[k]) * reach[c], Math.abs(bias));
}

function fire(layer: Layer, neuron: DenseNeuron, source: ArrayLike<number>): number {
  const { columns, weights, bias, band } = neuron;
  let z = bias;
  for (let k = 0; k < columns.length; k++) z += weights[k] * source[columns[k]];
  switch (layer.activation.kind) {
    case 'identity':
      return z;
    case 'sign':
      return Math.abs(z) <= band ? 0 : Math.sign(z);
    case 'step':
      return z > band ? 1 : 0;
    default:
      throw new Error(`no plain evaluation of ${layer.activation.kind}`);
  }
}

function inputBounds(network: Network, index: number): number[] {
  const { shape, domain } = network.inputs[index];
  const size = shape.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: size }, (_, cell) => magnitude(cellOf(domain, cell)));
}

function cellOf(domain: Domain, cell: number): CellDomain {
  return domain.kind === 'per-cell' ? domain.cells[cell] : domain;
}

function magnitude(domain: CellDomain): number {
  switch (domain.kind) {
    case 'values':
      return Math.max(...domain.values.map(Math.abs));
    case 'interval':
      return Math.max(Math.abs(domain.min), Math.abs(domain.max));
    case 'real':
      return Infinity;
  }
}
