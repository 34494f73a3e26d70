/**
 * New programs from old ones, on chain networks (each layer reads the one before): two programs over one
 * input side by side, one after the other, with members missing, with input cells that are not read.
 */
import type { Layer, Network } from '../../../src/ir/network.js';
import { denseLayer, denseRows } from '../../../src/ir/builders.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import { chainNetwork } from '../networks.js';
import type { LayerSpec } from '../networks.js';
import type { Flat, Specimen } from './specimen.js';

/** Both programs on the same input; of equal depth. Outputs one after the other, or in turn. */
export function sideBySide(
  left: Specimen,
  right: Specimen,
  order: 'joined' | 'interleaved' = 'joined',
): Specimen {
  const [first, second] = [layersOf(left.network), layersOf(right.network)];
  if (profile(left) !== profile(right)) throw new RangeError('activations differ');
  const count = Math.max(outputSize(left), outputSize(right));
  const turn = (parts: readonly (readonly number[])[]): number[] =>
    order === 'joined'
      ? parts.flat()
      : Array.from({ length: count }, (_, k) =>
          parts.flatMap((part) => part.slice(k, k + 1)),
        ).flat();
  const layers = first.map((layer, depth): LayerSpec => {
    const other = second[depth];
    const [own, its] = [layer.rows[0].length, other.rows[0].length];
    const pad = (row: ArrayLike<number>, before: number, after: number): number[] =>
      depth === 0
        ? Array.from(row)
        : [...new Array<number>(before).fill(0), ...Array.from(row), ...new Array<number>(after).fill(0)]; // prettier-ignore
    const rows = [
      ...layer.rows.map((row) => pad(row, 0, its)),
      ...other.rows.map((row) => pad(row, own, 0)),
    ];
    const bias = [...Array.from(layer.bias), ...Array.from(other.bias)];
    if (depth < first.length - 1) return { ...layer, rows, bias };
    const from = turn([rows.map((_, k) => k).slice(0, layer.rows.length), rows.map((_, k) => k).slice(layer.rows.length)]); // prettier-ignore
    return { ...layer, rows: from.map((k) => rows[k]), bias: from.map((k) => bias[k]) };
  });
  return {
    name: `${left.name} beside ${right.name}${order === 'joined' ? '' : ', in turn'}`,
    network: rebuild(left.network, layers),
    reference: (input) => turn([left.reference(input), right.reference(input)]),
  };
}

/** The second program reads the outputs of the first, which must be truths as 0 and 1. */
export function oneAfterAnother(first: Specimen, second: Specimen): Specimen {
  if (outputSize(first) !== sizeOf(second.network.inputs[0].shape)) {
    throw new RangeError('sizes differ');
  }
  return {
    name: `${first.name}, then ${second.name}`,
    network: rebuild(first.network, [...layersOf(first.network), ...layersOf(second.network)]),
    reference: (input) => second.reference(first.reference(input)),
  };
}

/** Only some outputs of a program: members that are missing. */
export function withMembers(specimen: Specimen, kept: readonly number[]): Specimen {
  const layers = [...layersOf(specimen.network)];
  const last = layers[layers.length - 1];
  layers[layers.length - 1] = {
    ...last,
    rows: kept.map((k) => last.rows[k]),
    bias: kept.map((k) => last.bias[k]),
  };
  return {
    name: `${specimen.name}, outputs ${kept.join()}`,
    network: rebuild(specimen.network, layers),
    reference: (input) => {
      const scores = specimen.reference(input);
      return kept.map((k) => scores[k]);
    },
  };
}

/** A program without some of its outputs. */
export function withoutMembers(specimen: Specimen, dropped: readonly number[]): Specimen {
  const layers = layersOf(specimen.network);
  const last = layers[layers.length - 1];
  const kept = last.rows.map((_, k) => k).filter((k) => !dropped.includes(k));
  return {
    ...withMembers(specimen, kept),
    name: `${specimen.name}, without outputs ${dropped.join()}`,
  };
}

/** The program on an input in which some cells are not looked at, as if they were 0. */
export function withoutCells(specimen: Specimen, dropped: readonly number[]): Specimen {
  const [first, ...rest] = layersOf(specimen.network);
  const rows = first.rows.map((row) =>
    Array.from(row, (weight, cell) => (dropped.includes(cell) ? 0 : weight)),
  );
  const blind = (input: Flat): number[] =>
    Array.from(input, (value, cell) => (dropped.includes(cell) ? 0 : value));
  return {
    name: `${specimen.name}, without cells ${dropped.join()}`,
    network: {
      ...specimen.network,
      layers: relayer(specimen.network, [{ ...first, rows }, ...rest]),
    },
    reference: (input) => specimen.reference(blind(input)),
  };
}

/** Number of scores. */
export function outputSize({ network }: Specimen): number {
  return network.layers[network.layers.length - 1].size;
}

/** The number of layers, where the last ones must agree for programs to stand side by side. */
export function profile({ network }: Specimen): string {
  return network.layers.map(({ activation }) => activation.kind).join();
}

function layersOf(network: Network): readonly LayerSpec[] {
  return network.layers.map((layer, depth) => ({
    rows: denseRows(layer.weights, widthOf(network, depth)),
    bias: layer.bias,
    activation: layer.activation,
  }));
}

function widthOf(network: Network, depth: number): number {
  return depth === 0 ? sizeOf(network.inputs[0].shape) : network.layers[depth - 1].size;
}

/** A chain over the network's input, flat outputs. */
function rebuild(network: Network, layers: readonly LayerSpec[]): Network {
  return chainNetwork({
    name: network.name,
    input: network.inputs[0],
    layers,
    decision: { kind: 'none' },
  });
}

function relayer(network: Network, specs: readonly LayerSpec[]): Layer[] {
  return network.layers.map((layer, depth) =>
    denseLayer({ ...layer, rows: specs[depth].rows, bias: specs[depth].bias }),
  );
}
