/**
 * One numbering for everything a neuron can read: the cells of all inputs, then the neurons of all
 * layers. It decides nothing; later phases look up integrality and magnitude here.
 */
import { cellDomain, domainHull, sizeOf } from '../ir/model-interface.js';
import type { CellDomain } from '../ir/model-interface.js';
import type { Layer, Network, TensorRef } from '../ir/network.js';
import { magnitudesOf } from '../ir/ties.js';
import type { Magnitudes } from '../ir/ties.js';

/** Finite domains finer than this count as real. */
const SMALLEST_UNIT = 2 ** -20;

export interface CellSpace {
  /** First cell of each input. */
  readonly inputBase: readonly number[];
  /** First cell of each layer. */
  readonly layerBase: readonly number[];
  readonly total: number;
  /** A power of two, at most 1, that all values of the cell are multiples of; 0 for real cells. */
  readonly unit: Float64Array;
  /** Least value of each cell; may be −Infinity. */
  readonly least: Float64Array;
  /** max|x| of each cell; may be Infinity. */
  readonly magnitude: Float64Array;
  readonly magnitudes: Magnitudes;
}

/** Numbers the cells of a network. */
export function numberCells(network: Network): CellSpace {
  const inputBase: number[] = [];
  const layerBase: number[] = [];
  let total = 0;
  for (const input of network.inputs) {
    inputBase.push(total);
    total += sizeOf(input.shape);
  }
  for (const layer of network.layers) {
    layerBase.push(total);
    total += layer.size;
  }
  const unit = new Float64Array(total);
  const least = new Float64Array(total);
  const magnitude = new Float64Array(total);
  const magnitudes = magnitudesOf(network);
  network.inputs.forEach((input, index) => {
    const size = sizeOf(input.shape);
    for (let cell = 0; cell < size; cell++) {
      const domain = cellDomain(input.domain, cell);
      unit[inputBase[index] + cell] = unitOf(domain);
      least[inputBase[index] + cell] = domainHull(domain)[0];
    }
    magnitude.set(magnitudes.inputs[index], inputBase[index]);
  });
  network.layers.forEach(({ activation, size }, index) => {
    const discrete = activation.kind === 'sign' || activation.kind === 'step';
    if (discrete) unit.fill(1, layerBase[index], layerBase[index] + size);
    magnitude.set(magnitudes.layers[index], layerBase[index]);
    for (let neuron = 0; neuron < size; neuron++) {
      const cell = layerBase[index] + neuron;
      least[cell] = activation.kind === 'step' ? 0 : -magnitude[cell];
    }
  });
  return { inputBase, layerBase, total, unit, least, magnitude, magnitudes };
}

function unitOf(domain: CellDomain): number {
  if (domain.kind !== 'values') return 0;
  let unit = 1;
  while (unit >= SMALLEST_UNIT) {
    if (domain.values.every((value) => Number.isInteger(value / unit))) return unit;
    unit /= 2;
  }
  return 0;
}

/** The cell of each column of a layer: its sources, flattened and joined. */
export function columnCells(network: Network, cells: CellSpace, layer: Layer): Uint32Array {
  const sizes = layer.sources.map((ref) => tensorSize(network, ref));
  const result = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0));
  let next = 0;
  layer.sources.forEach((ref, position) => {
    const base = firstCell(cells, ref);
    for (let k = 0; k < sizes[position]; k++) result[next++] = base + k;
  });
  return result;
}

/** The first cell of a tensor. */
export function firstCell(cells: CellSpace, ref: TensorRef): number {
  return ref.kind === 'input' ? cells.inputBase[ref.index] : cells.layerBase[ref.index];
}

/** The number of cells of a tensor. */
export function tensorSize(network: Network, ref: TensorRef): number {
  return ref.kind === 'input'
    ? sizeOf(network.inputs[ref.index].shape)
    : network.layers[ref.index].size;
}
