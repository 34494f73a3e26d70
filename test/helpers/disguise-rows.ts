/** A network's weights as disguises change them: dense rows, split by the tensor that they read. */
import type { Activation, Layer, Network, TensorRef } from '../../src/ir/network.js';
import { denseLayer, denseRows } from '../../src/ir/builders.js';
import type { CellDomain } from '../../src/ir/model-interface.js';
import { cellDomain, sizeOf } from '../../src/ir/model-interface.js';

export interface RowsOfLayer {
  readonly sources: readonly TensorRef[];
  readonly activation: Activation['kind'];
  /** For each neuron one array of weights per source. */
  parts: number[][][];
  bias: number[];
}

export interface Rows {
  readonly layers: readonly RowsOfLayer[];
  /** For each input the domain of every cell. */
  readonly inputs: readonly (readonly CellDomain[])[];
}

/** The network's weights, copied. */
export function toRows(network: Network): Rows {
  const inputs = network.inputs.map(({ shape, domain }) =>
    Array.from({ length: sizeOf(shape) }, (_, cell) => cellDomain(domain, cell)),
  );
  const widthOf = (ref: TensorRef): number =>
    ref.kind === 'input' ? inputs[ref.index].length : network.layers[ref.index].size;
  const layers = network.layers.map((layer): RowsOfLayer => {
    const widths = layer.sources.map(widthOf);
    const width = widths.reduce((sum, value) => sum + value, 0);
    const split = (row: Float64Array): number[][] => {
      let offset = 0;
      return widths.map((part) => Array.from(row.subarray(offset, (offset += part))));
    };
    return {
      sources: layer.sources,
      activation: layer.activation.kind,
      parts: denseRows(layer.weights, width).map(split),
      bias: [...layer.bias],
    };
  });
  return { layers, inputs };
}

/** The network with these weights; sizes of hidden layers may have changed. */
export function toNetwork(network: Network, rows: Rows): Network {
  return {
    ...network,
    layers: network.layers.map((layer, index): Layer => {
      const { parts, bias } = rows.layers[index];
      const shape = parts.length === layer.size ? layer.shape : [parts.length];
      return denseLayer({ ...layer, rows: parts.map((part) => part.flat()), bias, shape });
    }),
  };
}

/** Neuron `order[k]` moves to place k, in the layer and in the rows of all its readers. */
export function reorder(rows: Rows, layer: number, order: ArrayLike<number>): void {
  const own = rows.layers[layer];
  own.parts = Array.from(order, (from) => own.parts[from]);
  own.bias = Array.from(order, (from) => own.bias[from]);
  forReaders(rows, layer, (parts, source) => {
    const before = parts[source];
    parts[source] = Array.from(order, (from) => before[from]);
  });
}

/** Calls back for every neuron that reads the layer, with its parts and the number of the source. */
export function forReaders(
  rows: Rows,
  layer: number,
  visit: (parts: number[][], source: number, reader: RowsOfLayer, neuron: number) => void,
): void {
  for (const reader of rows.layers) {
    reader.sources.forEach((ref, source) => {
      if (ref.kind !== 'layer' || ref.index !== layer) return;
      reader.parts.forEach((parts, neuron) => {
        visit(parts, source, reader, neuron);
      });
    });
  }
}
