/**
 * Network → Network: what a network computes, with fewer and clearer neurons. Units that never switch
 * on the domain become constants or sums, pairs that only carry a value vanish, and hinges become what
 * they stand for: |x|, clamps, hats, the larger of two, trees of comparisons. Exact in real arithmetic
 * up to `moved` of the layers, which stays within the tolerance.
 */
import type { Change } from '../ir/cluster.js';
import { cellDomain, domainHull, sizeOf } from '../ir/model-interface.js';
import type { InputTensor } from '../ir/model-interface.js';
import type { Network } from '../ir/network.js';
import type { KeptLayer } from './assemble.js';
import { assemble } from './assemble.js';
import { changesOf } from './changes.js';
import { errorOf } from './error.js';
import { Expression } from './express.js';
import { Nodes } from './nodes.js';
import { mayBeSimpler } from './promise.js';
import { readNetwork } from './read.js';
import { Target } from './target.js';

export interface Simplified {
  readonly network: Network;
  /** Empty where the network stays as it is. */
  readonly changes: readonly Change[];
}

/**
 * Weights this close, relative to the largest of their sum, are one. Noise of 1e-9, which files carry,
 * grows ten thousandfold on the way through a deep tree of comparisons; `moved` says what it comes to.
 * Where that is too much, less is taken for noise.
 */
const NOISE = [3e-5, 1e-6, 1e-7];

/** What sums of doubles leave of a cancellation: all that may be evened out where inputs are unbounded. */
const ROUNDING = 2 ** -44;

/** Share of the tolerance that evening out may use; what is left is for the digits of constants. */
const USABLE_SHARE = 0.95;

/** Domains of more values are read as numbers, whose order and size count; of fewer, as cases. */
const FEW_VALUES = 16;

/** Networks of more weights stay as they are: some seconds of search for every hundred thousand. */
const MAX_WEIGHTS = 2 ** 17;

/** Default of the tolerance: absolute, on outputs (contract). */
const DEFAULT_TOLERANCE = 1e-6;

/**
 * The simplest network found that computes what `network` does, within the tolerance on every output and
 * exactly for a tolerance of 0; itself where none is simpler.
 */
export function simplifyNetwork(network: Network, tolerance = DEFAULT_TOLERANCE): Simplified {
  const unchanged = { network, changes: [] };
  const weights = network.layers.reduce((sum, layer) => sum + layer.weights.values.length, 0);
  if (weights > MAX_WEIGHTS || !mayBeSimpler(network)) return unchanged;
  const isBounded = network.inputs.every((input) => hulls(input).every(Number.isFinite));
  const isClose = (simplified: Network): boolean => errorOf(simplified) <= USABLE_SHARE * tolerance;
  for (const noise of isBounded ? [...NOISE, ROUNDING] : [ROUNDING]) {
    for (const isSparing of [false, true]) {
      const simplified = attempt(network, noise, isSparing);
      if (simplified === undefined) continue;
      // Over unbounded inputs a rounding has no bound; the text's own arithmetic has none either.
      if ((!isBounded && tolerance > 0) || isClose(simplified.network)) return simplified;
    }
  }
  return unchanged;
}

function hulls({ shape, domain }: InputTensor): readonly number[] {
  const cells = domain.kind === 'per-cell' ? sizeOf(shape) : 1;
  return Array.from({ length: cells }, (_, cell) => domainHull(cellDomain(domain, cell))).flat();
}

function attempt(network: Network, noise: number, isSparing: boolean): Simplified | undefined {
  const nodes = new Nodes(noise);
  const reading = readNetwork(network, nodes, isSparing);
  if (reading === undefined) return undefined;
  const target = new Target(nodes);
  const expression = new Expression(nodes, reading.lines, target, readsNumbers(network));
  expression.addCells(reading.inputs.flat());
  const kept = [...reading.cells.keys()].map((layer): KeptLayer => {
    const rows = reading.rows.get(layer);
    return { layer, rows: rows?.map((row) => expression.express(row)) };
  });
  const simplified = assemble(network, target, kept);
  if (sizeOfNetwork(simplified) >= sizeOfNetwork(network)) return undefined;
  return { network: simplified, changes: changesOf(network, simplified, reading) };
}

/** Whether some input is no short list of cases. */
function readsNumbers(network: Network): boolean {
  return network.inputs.some(({ shape, domain }) => {
    const cells = domain.kind === 'per-cell' ? sizeOf(shape) : 1;
    return Array.from({ length: cells }, (_, cell) => cellDomain(domain, cell)).some(
      (own) => own.kind !== 'values' || own.values.length > FEW_VALUES,
    );
  });
}

/** Neurons, weights, and biases that are not neutral. */
function sizeOfNetwork({ layers }: Network): number {
  return layers.reduce((sum, { weights, bias, size }) => {
    const biases = bias.reduce((count, value) => (value === 0 || !Number.isFinite(value) ? count : count + 1), 0); // prettier-ignore
    return sum + weights.values.length + biases + size;
  }, 0);
}
