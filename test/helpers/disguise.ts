/**
 * Disguises: other weights that compute the same function. A compiler that understands a network gives
 * the same program for it under every one of them.
 */
import type { Network } from '../../src/ir/network.js';
import type { Random } from '../../src/numeric/random.js';
import { createRandom } from '../../src/numeric/random.js';
import { addComplement, addConstant, addDead, addDuplicate } from './disguise-neurons.js';
import { forReaders, reorder, toRows, toNetwork } from './disguise-rows.js';
import type { Rows } from './disguise-rows.js';

export interface DisguiseOptions {
  readonly seed: number;
  /** Reorder the neurons of every hidden layer. */
  readonly permute?: boolean;
  /** Shuffle every hidden layer like a deck of two halves: groups of equal size take turns. */
  readonly interleave?: boolean;
  /** Multiply each sign or step neuron's row and bias by a random positive factor. */
  readonly rescale?: boolean;
  /** Multiply each hidden relu neuron's row and bias by a random positive factor; readers divide by it. */
  readonly stretch?: boolean;
  /** Relative noise on every weight and bias. */
  readonly noise?: number;
  /** Hidden neurons added per layer that nothing reads. */
  readonly dead?: number;
  /** Hidden neurons per layer that are split into two equal ones, sharing the outgoing weights. */
  readonly duplicates?: number;
  /** Hidden neurons per layer split into themselves and their opposite, sharing the outgoing weights. */
  readonly complements?: number;
  /** Hidden neurons added per layer that always say the same; their readers' biases make up for it. */
  readonly constants?: number;
}

/** Every disguise on its own, and all at once: the grid of the tests. */
export const DISGUISES: Readonly<Record<string, Omit<DisguiseOptions, 'seed'>>> = {
  permuted: { permute: true },
  interleaved: { interleave: true },
  rescaled: { rescale: true },
  'noise 1e-9': { noise: 1e-9 },
  'dead neurons': { dead: 3, permute: true },
  'duplicate neurons': { duplicates: 2, permute: true },
  'complementary neurons': { complements: 2, permute: true },
  'constant neurons': { constants: 2, permute: true },
  everything: {
    permute: true,
    rescale: true,
    noise: 1e-9,
    dead: 3,
    duplicates: 2,
    complements: 2,
    constants: 2,
  },
};

/** A network in disguise; layers that hold results keep their order and their neurons. */
export function disguise(network: Network, options: DisguiseOptions): Network {
  const random = createRandom(options.seed);
  const rows = toRows(network);
  for (let layer = 0; layer < rows.layers.length; layer++) {
    if (network.results.some((ref) => ref.kind === 'layer' && ref.index === layer)) continue;
    const original = rows.layers[layer].parts.length;
    times(options.duplicates, () => {
      addDuplicate(rows, layer, random.below(original), random);
    });
    times(options.complements, () => {
      addComplement(rows, layer, random.below(original), random);
    });
    times(options.constants, () => {
      addConstant(rows, layer, random);
    });
    times(options.dead, () => {
      addDead(rows, layer, random);
    });
    const { length } = rows.layers[layer].parts;
    if (options.stretch === true) stretch(rows, layer, random);
    if (options.permute === true) reorder(rows, layer, random.permutation(length));
    if (options.interleave === true) reorder(rows, layer, riffle(length));
  }
  for (const layer of rows.layers) rescale(layer, options, random);
  return toNetwork(network, rows);
}

function times(count: number | undefined, work: () => void): void {
  for (let k = 0; k < (count ?? 0); k++) work();
}

/** First of the first half, first of the second, second of the first … */
function riffle(length: number): readonly number[] {
  const half = Math.ceil(length / 2);
  return Array.from({ length }, (_, k) => (k % 2 === 0 ? k / 2 : half + (k - 1) / 2));
}

/** r(c · z) is c · r(z) for every positive c. */
function stretch(rows: Rows, layer: number, random: Random): void {
  const own = rows.layers[layer];
  if (own.activation !== 'relu') return;
  own.parts.forEach((parts, neuron) => {
    const factor = Math.exp(2 * random.unit() - 1);
    for (const part of parts) part.forEach((weight, cell) => (part[cell] = weight * factor));
    own.bias[neuron] *= factor;
    forReaders(rows, layer, (readerParts, source) => {
      readerParts[source][neuron] /= factor;
    });
  });
}

/** A factor for each gate, noise for each number; zeros stay zeros. */
function rescale(layer: Rows['layers'][number], options: DisguiseOptions, random: Random): void {
  const gate = layer.activation === 'sign' || layer.activation === 'step';
  const noise = options.noise ?? 0;
  layer.parts.forEach((parts, neuron) => {
    const factor = options.rescale === true && gate ? Math.exp(4 * random.unit() - 2) : 1;
    const jitter = (): number => factor * (1 + noise * (2 * random.unit() - 1));
    for (const part of parts) {
      part.forEach((weight, cell) => {
        if (weight !== 0) part[cell] = weight * jitter();
      });
    }
    layer.bias[neuron] *= jitter();
  });
}
