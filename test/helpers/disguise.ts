/**
 * Disguises: other weights that compute the same function. A compiler that understands a network gives
 * the same program for it under every one of them.
 */
import type { Layer, Network } from '../../src/ir/network.js';
import { denseLayer, denseRows } from '../../src/ir/builders.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import { createRandom } from '../../src/numeric/random.js';

export interface DisguiseOptions {
  readonly seed: number;
  /** Reorder the neurons of every hidden layer. */
  readonly permute?: boolean;
  /** Multiply each sign or step neuron's row and bias by a random positive factor. */
  readonly rescale?: boolean;
  /** Relative noise on every weight and bias. */
  readonly noise?: number;
  /** Hidden neurons added per layer that nothing reads. */
  readonly dead?: number;
  /** Hidden neurons per layer that are split into two equal ones, sharing the outgoing weights. */
  readonly duplicates?: number;
}

interface Dense {
  rows: Float64Array[];
  bias: number[];
}

/** A chain network (each layer reads the one before) in disguise; the last layer keeps its order. */
export function disguise(network: Network, options: DisguiseOptions): Network {
  const random = createRandom(options.seed);
  const widths = network.layers.map((_, index) =>
    index === 0 ? sizeOf(network.inputs[0].shape) : network.layers[index - 1].size,
  );
  const layers: Dense[] = network.layers.map((layer, index) => ({
    rows: denseRows(layer.weights, widths[index]),
    bias: [...layer.bias],
  }));
  for (let index = 0; index < layers.length - 1; index++) {
    addNeurons(layers[index], layers[index + 1], options, random);
    if (options.permute === true) permuteNeurons(layers[index], layers[index + 1], random);
  }
  layers.forEach((layer, index) => {
    const { kind } = network.layers[index].activation;
    layer.rows.forEach((row, neuron) => {
      const scaled = options.rescale === true && (kind === 'sign' || kind === 'step');
      const factor = scaled ? Math.exp(4 * random.unit() - 2) : 1;
      const noise = options.noise ?? 0;
      const jitter = () => factor * (1 + noise * (2 * random.unit() - 1));
      layer.rows[neuron] = row.map((weight) => (weight === 0 ? 0 : weight * jitter()));
      layer.bias[neuron] *= jitter();
    });
  });
  return {
    ...network,
    layers: network.layers.map((layer, index): Layer =>
      denseLayer({ ...layer, rows: layers[index].rows, bias: layers[index].bias, shape: [layers[index].rows.length] }),
    ), // prettier-ignore
  };
}

function addNeurons(
  layer: Dense,
  reader: Dense,
  options: DisguiseOptions,
  random: ReturnType<typeof createRandom>,
): void {
  const original = layer.rows.length;
  for (let k = 0; k < (options.duplicates ?? 0); k++) {
    const twin = random.below(original);
    layer.rows.push(layer.rows[twin].slice());
    layer.bias.push(layer.bias[twin]);
    const share = 0.25 + 0.5 * random.unit();
    reader.rows = reader.rows.map((row) => {
      const wider = new Float64Array(row.length + 1);
      wider.set(row);
      wider[row.length] = row[twin] * share;
      wider[twin] = row[twin] - wider[row.length];
      return wider;
    });
  }
  for (let k = 0; k < (options.dead ?? 0); k++) {
    layer.rows.push(layer.rows[0].map(() => random.below(3) - 1));
    layer.bias.push(random.below(3) - 1);
    reader.rows = reader.rows.map((row) => Float64Array.from([...row, 0]));
  }
}

function permuteNeurons(
  layer: Dense,
  reader: Dense,
  random: ReturnType<typeof createRandom>,
): void {
  const order = random.permutation(layer.rows.length);
  layer.rows = Array.from(order, (from) => layer.rows[from]);
  layer.bias = Array.from(order, (from) => layer.bias[from]);
  reader.rows = reader.rows.map((row) => Float64Array.from(order, (from) => row[from]));
}
