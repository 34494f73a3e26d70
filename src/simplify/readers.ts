/** Who reads some neurons of a layer, in the network as stored. */
import type { Network } from '../ir/network.js';

/** The number of rows that read any of the neurons, and of weights that do. */
export function countReaders(
  network: Network,
  layer: number,
  neurons: ReadonlySet<number>,
): { readonly readers: number; readonly reads: number } {
  let readers = 0;
  let reads = 0;
  for (const { sources, weights, size } of network.layers) {
    const isRead = new Set<number>();
    let offset = 0;
    for (const { kind, index } of sources) {
      const width = kind === 'input' ? 0 : network.layers[index].size;
      if (kind === 'layer' && index === layer) {
        for (const neuron of neurons) isRead.add(offset + neuron);
      }
      offset += kind === 'input' ? sizeOfInput(network, index) : width;
    }
    if (isRead.size === 0) continue;
    for (let row = 0; row < size; row++) {
      let own = 0;
      for (let k = weights.rowStart[row]; k < weights.rowStart[row + 1]; k++) {
        if (isRead.has(weights.columns[k])) own++;
      }
      reads += own;
      if (own > 0) readers++;
    }
  }
  return { readers, reads };
}

function sizeOfInput(network: Network, index: number): number {
  return network.inputs[index].shape.reduce((product, extent) => product * extent, 1);
}
