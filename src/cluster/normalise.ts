/**
 * Reduces a network to its normal form, layer by layer: dead neurons gone, constant neurons folded
 * into the biases of their readers, duplicates and opposites merged into the first, rows normalised.
 * Everything that changed is recorded. Result layers keep every neuron.
 */
import { isExtreme } from '../ir/activation-words.js';
import { feedDiscrete, feedExtremes } from '../ir/feeds.js';
import type { Activation, Network } from '../ir/network.js';
import { tieBounds } from '../ir/ties.js';
import type { CellSpace } from './cells.js';
import { numberCells } from './cells.js';
import type { Reduction } from './gather.js';
import { gatherRows } from './gather.js';
import { bitsOf, foldBits, joinHash, mixCell } from './hash.js';
import { isPinned, livingCells } from './liveness.js';
import type { NormalRows } from './normalise-layer.js';
import { normaliseRows } from './normalise-layer.js';
import { constantValue, findTwins } from './twins.js';

export interface NormalLayer extends NormalRows {
  readonly layer: number;
  readonly activation: Activation;
  /** Hash of each row's cells and weights; the bias is not part of it. */
  readonly hashes: Float64Array;
  /** 1 for each row into which a neuron that always says the opposite was merged. */
  readonly opposed: Uint8Array;
  /** What a row always says though it has weights; NaN where that depends on its cells. */
  readonly constants: Float64Array;
}

/**
 * The normal form of a network, layer by layer; neurons that nothing needs any more are left out.
 * What clustering decides about one layer (`settle`) changes how later layers read it.
 */
export class Normaliser {
  readonly space: CellSpace;
  readonly reduction: Reduction;
  /** 1 for each cell that a result depends on, now that duplicates and constants are gone. */
  needed: Uint8Array;
  private readonly living: Uint8Array;
  private readonly feeds: readonly boolean[];
  private readonly compared: readonly boolean[];
  private readonly reduced: NormalLayer[] = [];

  constructor(
    readonly network: Network,
    private readonly dropsResidue: boolean,
  ) {
    this.space = numberCells(network);
    const { total } = this.space;
    this.living = livingCells(network, this.space);
    this.feeds = feedDiscrete(network);
    this.compared = feedExtremes(network);
    this.reduction = {
      representative: Uint32Array.from({ length: total }, (_, cell) => cell),
      factor: new Int8Array(total).fill(1),
      offset: new Int8Array(total),
      constant: new Uint8Array(total),
      value: new Float64Array(total),
    };
    this.needed = this.normaliseFrom(0);
    this.foldStrayConstants(0);
  }

  /**
   * Folds constants that read something nobody else needs: they belong to no family, since those read
   * what their other members read.
   */
  private foldStrayConstants(first: number): void {
    let isStable = false;
    while (!isStable) {
      isStable = true;
      for (let index = first; index < this.reduced.length; index++) {
        const layer = this.layer(index);
        const stray = [...layer.neurons.keys()].filter((row) => {
          if (Number.isNaN(layer.constants[row])) return false;
          const cells = layer.cells.subarray(layer.rowStart[row], layer.rowStart[row + 1]);
          return cells.some((cell) => this.needed[cell] === 0);
        });
        if (stray.length === 0) continue;
        this.reduce(layer, stray, []);
        isStable = false;
      }
    }
  }

  /** All layers, with the rows that nothing needs. */
  get layers(): readonly NormalLayer[] {
    return this.reduced;
  }

  /** A layer with the rows that results depend on. */
  layer(index: number): NormalLayer {
    return keepRows(this.reduced[index], this.space, (cell) => this.needed[cell] === 1);
  }

  /**
   * Rows of a layer (of those that `layer` gave) that are constants, and rows that readers shall see
   * as their opposites; later layers are normalised again.
   */
  settle(layer: NormalLayer, constants: readonly number[], opposites: readonly number[]): void {
    if (constants.length === 0 && opposites.length === 0) return;
    this.reduce(layer, constants, opposites);
    this.foldStrayConstants(layer.layer + 1);
  }

  private reduce(
    layer: NormalLayer,
    constants: readonly number[],
    opposites: readonly number[],
  ): void {
    const base = this.space.layerBase[layer.layer];
    const { reduction } = this;
    const values = new Map(
      constants.map((row) => [base + layer.neurons[row], layer.constants[row]]),
    );
    const turned = new Set(opposites.map((row) => base + layer.neurons[row]));
    const end = base + this.network.layers[layer.layer].size;
    for (let cell = base; cell < end; cell++) {
      const value = values.get(reduction.representative[cell]);
      if (value !== undefined) {
        fold(reduction, cell, reduction.offset[cell] + reduction.factor[cell] * value);
      }
      if (!turned.has(reduction.representative[cell])) continue;
      // y = offset + factor · x, and x = 1 − x' for steps, −x' for signs.
      if (layer.activation.kind === 'step') reduction.offset[cell] += reduction.factor[cell];
      reduction.factor[cell] = -reduction.factor[cell];
    }
    this.needed = this.normaliseFrom(layer.layer + 1);
  }

  private normaliseFrom(first: number): Uint8Array {
    const { network, space, reduction } = this;
    const from = space.layerBase[first] ?? space.total;
    for (let cell = from; cell < space.total; cell++) reduction.representative[cell] = cell;
    reduction.factor.fill(1, from);
    reduction.offset.fill(0, from);
    reduction.constant.fill(0, from);
    this.reduced.length = Math.min(first, this.reduced.length);
    for (let index = first; index < network.layers.length; index++) {
      this.reduced.push(this.normalise(index));
    }
    return neededCells(network, space, this.reduced);
  }

  private normalise(index: number): NormalLayer {
    const { network, space, reduction } = this;
    const layer = network.layers[index];
    const rows = gatherRows(network, space, index, this.living, reduction);
    const bounds = tieBounds(layer, space.magnitudes);
    const isExact = this.feeds[index] || isExtreme(layer.activation);
    const normal = normaliseRows(rows, layer.activation, space, bounds, isExact, this.dropsResidue);
    layer.moved?.forEach((moved, neuron) => {
      const row = normal.neurons.indexOf(neuron);
      if (row >= 0) normal.snapError[row] += moved;
    });
    const own = completeLayer(normal, index, layer.activation);
    if (isPinned(network, index)) return own;
    return reduceLayer(own, space, reduction, !this.compared[index]);
  }
}

/** A layer with hashes; no row is constant or has an opposite. */
export function completeLayer(
  rows: NormalRows,
  layer: number,
  activation: Activation,
): NormalLayer {
  const count = rows.neurons.length;
  return {
    ...rows,
    layer,
    activation,
    hashes: hashRows(rows),
    opposed: new Uint8Array(count),
    constants: new Float64Array(count).fill(NaN),
  };
}

/** Folds rows without weights, merges twins, and marks rows that are constant though they have weights. */
function reduceLayer(
  layer: NormalLayer,
  space: CellSpace,
  reduction: Reduction,
  mergesTwins: boolean,
): NormalLayer {
  const base = space.layerBase[layer.layer];
  const constants = layer.constants.map((_, row) => constantValue(layer, space, row) ?? NaN);
  for (let row = 0; row < layer.neurons.length; row++) {
    if (layer.rowStart[row] !== layer.rowStart[row + 1]) continue;
    fold(reduction, base + layer.neurons[row], constants[row]);
  }
  const isFolded = (row: number): boolean => reduction.constant[base + layer.neurons[row]] === 1;
  const opposed = new Uint8Array(layer.neurons.length);
  const twins = mergesTwins ? findTwins(layer, space, isFolded) : [];
  for (const { row, of, isOpposite } of twins) {
    const cell = base + layer.neurons[row];
    reduction.representative[cell] = base + layer.neurons[of];
    if (!isOpposite) continue;
    opposed[of] = 1;
    reduction.factor[cell] = -1;
    reduction.offset[cell] = layer.activation.kind === 'step' ? 1 : 0;
  }
  return { ...layer, opposed, constants };
}

function fold(reduction: Reduction, cell: number, value: number): void {
  reduction.constant[cell] = 1;
  reduction.value[cell] = value;
}

function hashRows({ neurons, rowStart, cells, values }: NormalRows): Float64Array {
  const hashes = new Float64Array(neurons.length);
  const bits = bitsOf(values);
  for (let row = 0; row < hashes.length; row++) {
    let low = 0;
    let high = 0;
    for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
      const word = foldBits(bits, k);
      low = (low + mixCell(cells[k], word)) | 0;
      high = (high + mixCell(word, cells[k])) | 0;
    }
    hashes[row] = joinHash(low, high);
  }
  return hashes;
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
      // What only constants read is not needed.
      if (own[layer.neurons[row]] === 0 || !Number.isNaN(layer.constants[row])) continue;
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
  const pick = <Numbers extends Uint32Array | Float64Array>(
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
    bias: Float64Array.from(kept, (row) => layer.bias[row]),
    spread: Float64Array.from(kept, (row) => layer.spread[row]),
    snapError: Float64Array.from(kept, (row) => layer.snapError[row]),
    tieBound: Float64Array.from(kept, (row) => layer.tieBound[row]),
    hashes: Float64Array.from(kept, (row) => layer.hashes[row]),
    opposed: Uint8Array.from(kept, (row) => layer.opposed[row]),
    constants: Float64Array.from(kept, (row) => layer.constants[row]),
  };
}
