/**
 * Decides which neurons matter: those that a result holds or that a living neuron reads. A softmax
 * reads all its neurons at once, so they live or die together.
 */
import type { Network } from '../ir/network.js';
import type { CellSpace } from './cells.js';
import { columnCells, firstCell, tensorSize } from './cells.js';

/** 1 for each cell (see CellSpace) that a result depends on. */
export function livingCells(network: Network, cells: CellSpace): Uint8Array {
  const living = new Uint8Array(cells.total);
  for (const ref of network.results) {
    const first = firstCell(cells, ref);
    living.fill(1, first, first + tensorSize(network, ref));
  }
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const layer = network.layers[index];
    const own = living.subarray(cells.layerBase[index], cells.layerBase[index] + layer.size);
    if (layer.activation.kind === 'softmax' && own.includes(1)) own.fill(1);
    const source = columnCells(network, cells, layer);
    const { rowStart, columns, values } = layer.weights;
    for (let neuron = 0; neuron < layer.size; neuron++) {
      if (own[neuron] === 0) continue;
      for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
        if (values[k] !== 0) living[source[columns[k]]] = 1;
      }
    }
  }
  return living;
}

/** Layers whose neurons keep their number and order: results, and whatever a softmax spans. */
export function isPinned(network: Network, layer: number): boolean {
  return (
    network.layers[layer].activation.kind === 'softmax' ||
    network.results.some((ref) => ref.kind === 'layer' && ref.index === layer)
  );
}
