/**
 * Whether simplifying a network may gain anything: units along one line, units that never switch,
 * copies, values that are carried past a layer. Looks at stored rows only, in one walk, so that
 * networks without such things, symbolic and dense ones alike, lose no time.
 */
import { verbatimLayers } from '../ir/feeds.js';
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { Layer, Network, TensorRef } from '../ir/network.js';
import type { Range } from './nodes.js';
import { rangeOfActivation, rangeOfDomain } from './nodes.js';
import { scatter } from './scatter.js';

/** Rows whose projections differ by less are looked at as parallel: well above any noise. */
const NEAR = 1e-6;

/** Where the numbers of the second line begin. */
const OTHER_LINE = 2 ** 20;

/** Whether some rectified or linear hidden layer holds what the header names. */
export function mayBeSimpler(network: Network): boolean {
  const verbatim = verbatimLayers(network);
  const results = new Set(network.results.flatMap(({ kind, index }) => (kind === 'layer' ? [index] : []))); // prettier-ignore
  const isOpen = network.layers.map((_, index) => !verbatim.has(index) && !results.has(index));
  const rectifies = network.layers.some(
    ({ activation: { kind } }, index) =>
      isOpen[index] && (kind === 'relu' || kind === 'leaky-relu'),
  );
  if (!rectifies) return false;
  const ranges: (readonly Range[])[] = [];
  const rangesOf = ({ kind, index }: TensorRef): readonly Range[] =>
    kind === 'layer' ? ranges[index] : inputRanges(network, index);
  return network.layers.some((layer, index) => {
    const sources = layer.sources.flatMap((ref) => rangesOf(ref));
    const sums = sumRanges(layer, sources);
    ranges.push(sums.map((range) => rangeOfActivation(layer.activation, range)));
    if (!isOpen[index]) return layer.sources.length > 1 && !verbatim.has(index);
    const { kind } = layer.activation;
    if (kind === 'identity') return true;
    if (kind !== 'relu' && kind !== 'leaky-relu') return false;
    if (layer.sources.length > 1) return true;
    return sums.some(({ low, high }) => low >= 0 || high <= 0) || hasParallels(layer);
  });
}

function inputRanges({ inputs }: Network, index: number): readonly Range[] {
  const { shape, domain } = inputs[index];
  return Array.from({ length: sizeOf(shape) }, (_, cell) =>
    rangeOfDomain(cellDomain(domain, cell)),
  );
}

function sumRanges(layer: Layer, sources: readonly Range[]): readonly Range[] {
  const { rowStart, columns, values } = layer.weights;
  return Array.from({ length: layer.size }, (_, row) => {
    let [low, high] = [layer.bias[row], layer.bias[row]];
    for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
      const { low: least, high: most } = sources[columns[k]];
      low += values[k] > 0 ? values[k] * least : values[k] * most;
      high += values[k] > 0 ? values[k] * most : values[k] * least;
    }
    return { low, high };
  });
}

/**
 * Whether two rows may be multiples of each other: their projections on one line agree, and on another.
 * Of many rows some two agree on one line by chance.
 */
function hasParallels({ weights: { rowStart, columns, values }, size }: Layer): boolean {
  const projections: { readonly first: number; readonly second: number }[] = [];
  for (let row = 0; row < size; row++) {
    let [sum, other, total] = [0, 0, 0];
    for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
      sum += values[k] * scatter(columns[k]);
      other += values[k] * scatter(OTHER_LINE + columns[k]);
      total += Math.abs(values[k]);
    }
    if (total > 0)
      projections.push({ first: Math.abs(sum) / total, second: Math.abs(other) / total });
  }
  projections.sort((a, b) => a.first - b.first);
  return projections.some(({ first, second }, k) => {
    for (let at = k + 1; at < projections.length; at++) {
      const next = projections[at];
      if (next.first - first > NEAR) return false;
      if (Math.abs(next.second - second) <= NEAR) return true;
    }
    return false;
  });
}
