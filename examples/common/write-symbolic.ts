/**
 * Writes a network that was built from a known program as a trained one would come: its hidden neurons in
 * any order, each scaled by a factor of its own, with noise in the last digits of every weight.
 */
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { denseRows } from '../../src/ir/builders.js';
import { disguise } from '../../test/helpers/disguise.js';
import { writeExample } from './write-example.js';
import type { TrainedLayer } from './weights-csv.js';

/** Relative noise on weights and biases, as in published files. */
const NOISE = 1e-9;

export interface SymbolicExample {
  readonly folder: URL;
  readonly name: string;
  readonly network: Network;
  /** Input shape that the committed manifest declares. */
  readonly publishedShape: readonly number[];
  readonly seed: number;
}

/** Disguises and writes the weights, and a manifest beside them at another shape than the published. */
export async function writeSymbolic(example: SymbolicExample): Promise<string> {
  const { folder, name, network, publishedShape } = example;
  const layers = layersOf(asTrained(network, example.seed));
  return writeExample({ folder, name, publishedShape, shape: network.inputs[0].shape, layers });
}

/** The network as training and rounding would leave it. */
export function asTrained(network: Network, seed: number): Network {
  return disguise(network, { seed, permute: true, rescale: true, noise: NOISE });
}

/** A network's layers as weights files hold them: one row of weights over all sources per neuron. */
export function layersOf(network: Network): readonly TrainedLayer[] {
  return network.layers.map((layer) => {
    const width = layer.sources.reduce(
      (sum, ref) =>
        sum +
        (ref.kind === 'input'
          ? sizeOf(network.inputs[ref.index].shape)
          : network.layers[ref.index].size),
      0,
    );
    return { rows: denseRows(layer.weights, width), bias: layer.bias };
  });
}
