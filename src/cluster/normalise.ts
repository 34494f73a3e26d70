/**
 * Reduces a network to its normal form, layer by layer: dead neurons gone, constant neurons folded
 * into the biases of their readers, duplicates merged into the first, rows normalised. Everything
 * that changed is recorded. Result layers keep every neuron.
 */
import type { Change } from '../ir/cluster.js';
import type { Activation, Network, Neuron } from '../ir/network.js';
import { tieBounds } from '../ir/ties.js';
import type { CellSpace } from './cells.js';
import { numberCells } from './cells.js';
import type { Reduction } from './gather.js';
import { gatherRows } from './gather.js';
import { joinHash, mixCell } from './hash.js';
import type { LevelTable } from './level-table.js';
import { tabulateLevels } from './level-table.js';
import { feedDiscrete, isPinned, livingCells } from './liveness.js';
import type { LayerStatistics, NormalRows } from './normalise-layer.js';
import { normaliseRows } from './normalise-layer.js';

export interface NormalLayer extends NormalRows {
  readonly layer: number;
  readonly activation: Activation;
  readonly table: LevelTable;
  /** Level of each value. */
  readonly levels: Int32Array;
  /** Hash of each row's cells and levels; the bias is not part of it. */
  readonly hashes: Float64Array;
}

interface NormalNetwork {
  readonly space: CellSpace;
  readonly layers: readonly NormalLayer[];
  readonly changes: readonly Change[];
}

/** The normal form of a network; neurons that nothing needs any more are left out. */
export function normaliseNetwork(network: Network): NormalNetwork {
  const space = numberCells(network);
  const living = livingCells(network, space);
  const reduction: Reduction = {
    representative: Uint32Array.from({ length: space.total }, (_, cell) => cell),
    constant: new Uint8Array(space.total),
    value: new Float64Array(space.total),
  };
  const feeds = feedDiscrete(network);
  const reduced = network.layers.map((_, index) =>
    normaliseLayer(network, space, index, living, reduction, feeds[index]),
  );
  const needed = neededCells(network, space, reduced);
  const layers = reduced.map((layer) => keepRows(layer, space, (row) => needed[row] === 1));
  return { space, layers, changes: recordChanges(network, space, needed, reduction, reduced) };
}

function normaliseLayer(
  network: Network,
  space: CellSpace,
  index: number,
  living: Uint8Array,
  reduction: Reduction,
  isExact: boolean,
): NormalLayer {
  const layer = network.layers[index];
  const rows = gatherRows(network, space, index, living, reduction);
  const normal = normaliseRows(
    rows,
    layer.activation,
    space,
    tieBounds(layer, space.magnitudes),
    isExact,
  );
  const { table, of } = tabulateLevels(normal.values);
  const hashes = hashRows(normal, of);
  const result = {
    ...normal,
    layer: index,
    activation: layer.activation,
    table,
    levels: of,
    hashes,
  };
  if (!isPinned(network, index)) {
    foldConstants(result, space, reduction);
    mergeDuplicates(result, space, reduction);
  }
  return result;
}

function hashRows(rows: NormalRows, levels: Int32Array): Float64Array {
  const hashes = new Float64Array(rows.neurons.length);
  for (let row = 0; row < hashes.length; row++) {
    let low = 0;
    let high = 0;
    for (let k = rows.rowStart[row]; k < rows.rowStart[row + 1]; k++) {
      low = (low + mixCell(rows.cells[k], levels[k])) | 0;
      high = (high + mixCell(levels[k], rows.cells[k])) | 0;
    }
    hashes[row] = joinHash(low, high);
  }
  return hashes;
}

/** A neuron without weights always answers activation(bias). */
function foldConstants(layer: NormalLayer, space: CellSpace, reduction: Reduction): void {
  for (let row = 0; row < layer.neurons.length; row++) {
    if (layer.rowStart[row] !== layer.rowStart[row + 1]) continue;
    const cell = space.layerBase[layer.layer] + layer.neurons[row];
    const tied = Math.abs(layer.bias[row]) <= layer.tieBound[row];
    reduction.constant[cell] = 1;
    reduction.value[cell] = activate(layer.activation, tied ? 0 : layer.bias[row]);
  }
}

/** The value of an activation other than softmax. */
function activate(activation: Activation, z: number): number {
  switch (activation.kind) {
    case 'sign':
      return Math.sign(z);
    case 'step':
      return z > 0 ? 1 : 0;
    case 'relu':
      return Math.max(0, z);
    case 'leaky-relu':
      return z > 0 ? z : activation.slope * z;
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    case 'identity':
    case 'softmax':
      return z;
  }
}

function mergeDuplicates(layer: NormalLayer, space: CellSpace, reduction: Reduction): void {
  const base = space.layerBase[layer.layer];
  const seen = new Map<number, number[]>();
  for (let row = 0; row < layer.neurons.length; row++) {
    const cell = base + layer.neurons[row];
    if (reduction.constant[cell] === 1) continue;
    const bucket = seen.get(layer.hashes[row]);
    if (bucket === undefined) {
      seen.set(layer.hashes[row], [row]);
      continue;
    }
    const twin = bucket.find((other) => equalRows(layer, row, other));
    if (twin === undefined) bucket.push(row);
    else reduction.representative[cell] = base + layer.neurons[twin];
  }
}

function equalRows(layer: NormalLayer, a: number, b: number): boolean {
  const length = layer.rowStart[a + 1] - layer.rowStart[a];
  if (layer.bias[a] !== layer.bias[b] || layer.tieBound[a] !== layer.tieBound[b]) return false;
  if (length !== layer.rowStart[b + 1] - layer.rowStart[b]) return false;
  for (let k = 0; k < length; k++) {
    const [i, j] = [layer.rowStart[a] + k, layer.rowStart[b] + k];
    if (layer.cells[i] !== layer.cells[j] || layer.levels[i] !== layer.levels[j]) return false;
  }
  return true;
}

/** 1 for each cell that a result depends on, now that duplicates and constants are gone. */
function neededCells(
  network: Network,
  space: CellSpace,
  layers: readonly NormalLayer[],
): Uint8Array {
  const needed = new Uint8Array(space.total);
  for (const ref of network.results) {
    if (ref.kind !== 'layer') continue;
    const base = space.layerBase[ref.index];
    needed.fill(1, base, base + network.layers[ref.index].size);
  }
  for (const layer of [...layers].reverse()) {
    const base = space.layerBase[layer.layer];
    const own = needed.subarray(base, base + network.layers[layer.layer].size);
    if (layer.activation.kind === 'softmax' && own.includes(1)) own.fill(1);
    for (let row = 0; row < layer.neurons.length; row++) {
      if (own[layer.neurons[row]] === 0) continue;
      for (let k = layer.rowStart[row]; k < layer.rowStart[row + 1]; k++)
        needed[layer.cells[k]] = 1;
    }
  }
  return needed;
}

function keepRows(
  layer: NormalLayer,
  space: CellSpace,
  isNeeded: (cell: number) => boolean,
): NormalLayer {
  const base = space.layerBase[layer.layer];
  const kept = Array.from(layer.neurons.keys()).filter((row) =>
    isNeeded(base + layer.neurons[row]),
  );
  if (kept.length === layer.neurons.length) return layer;
  const rowStart = new Uint32Array(kept.length + 1);
  kept.forEach((row, k) => {
    rowStart[k + 1] = rowStart[k] + layer.rowStart[row + 1] - layer.rowStart[row];
  });
  const pick = <Numbers extends Uint32Array | Int32Array | Float64Array>(
    from: Numbers,
    into: Numbers,
  ): Numbers => {
    kept.forEach((row, k) => {
      into.set(from.subarray(layer.rowStart[row], layer.rowStart[row + 1]), rowStart[k]);
    });
    return into;
  };
  const total = rowStart[kept.length];
  return {
    ...layer,
    neurons: Int32Array.from(kept, (row) => layer.neurons[row]),
    rowStart,
    cells: pick(layer.cells, new Uint32Array(total)),
    values: pick(layer.values, new Float64Array(total)),
    levels: pick(layer.levels, new Int32Array(total)),
    bias: Float64Array.from(kept, (row) => layer.bias[row]),
    spread: Float64Array.from(kept, (row) => layer.spread[row]),
    snapError: Float64Array.from(kept, (row) => layer.snapError[row]),
    tieBound: Float64Array.from(kept, (row) => layer.tieBound[row]),
    hashes: Float64Array.from(kept, (row) => layer.hashes[row]),
  };
}

function recordChanges(
  network: Network,
  space: CellSpace,
  needed: Uint8Array,
  reduction: Reduction,
  layers: readonly NormalLayer[],
): Change[] {
  const dead: Neuron[] = [];
  const constant: Neuron[] = [];
  const duplicate: Neuron[] = [];
  network.layers.forEach((layer, index) => {
    for (let neuron = 0; neuron < layer.size; neuron++) {
      const cell = space.layerBase[index] + neuron;
      const own = { layer: index, index: neuron };
      if (needed[cell] === 1) continue;
      if (reduction.constant[cell] === 1) constant.push(own);
      else if (reduction.representative[cell] !== cell) duplicate.push(own);
      else dead.push(own);
    }
  });
  const changes: Change[] = [];
  if (dead.length > 0) changes.push({ kind: 'dead', neurons: dead });
  if (constant.length > 0) changes.push({ kind: 'constant', neurons: constant });
  if (duplicate.length > 0) changes.push({ kind: 'duplicate', neurons: duplicate });
  for (const { layer, statistics } of layers) changes.push(...layerChanges(layer, statistics));
  return changes;
}

function layerChanges(layer: number, statistics: LayerStatistics): Change[] {
  const changes: Change[] = [];
  const { rescaled, minFactor, maxFactor, snapped, maxRelativeChange, residue } = statistics;
  if (rescaled > 0) {
    changes.push({ kind: 'rescaled', layer, count: rescaled, minFactor, maxFactor });
  }
  if (snapped > 0) changes.push({ kind: 'snapped', layer, count: snapped, maxRelativeChange });
  if (residue > 0) {
    const { maxRelativeSize } = statistics;
    changes.push({ kind: 'residue', layer, count: residue, maxRelativeSize });
  }
  return changes;
}
