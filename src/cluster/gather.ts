/**
 * Rows of one layer as they read the cells that are left: columns of duplicates and opposites add up
 * (and may cancel), constant cells go into the bias. Assumes that earlier layers are already reduced.
 */
import { isExtreme } from '../ir/activation-words.js';
import type { Network } from '../ir/network.js';
import type { CellSpace } from './cells.js';
import { columnCells } from './cells.js';

/** What earlier layers were reduced to. */
export interface Reduction {
  /** The kept cell that this one follows from: itself, or the first of its duplicates and opposites. */
  readonly representative: Uint32Array;
  /** The cell is offset + factor · representative; the factor is 1 or −1. */
  readonly factor: Int8Array;
  readonly offset: Int8Array;
  /** 1 where the cell is constant; its value is in `value`. */
  readonly constant: Uint8Array;
  readonly value: Float64Array;
}

export interface Rows {
  /** Index within the layer of each row. */
  readonly neurons: Int32Array;
  readonly rowStart: Uint32Array;
  /** Ascending within a row. */
  readonly cells: Uint32Array;
  readonly values: Float64Array;
  /** Σ|part| of the weights that each value is the sum of; its own size where it has one part. */
  readonly sizes: Float64Array;
  readonly bias: Float64Array;
  /** Σ|part| of what each bias is the sum of. */
  readonly biasSizes: Float64Array;
}

/** The rows of the living neurons of `layer` over representative, non-constant cells. */
export function gatherRows(
  network: Network,
  space: CellSpace,
  layerIndex: number,
  living: Uint8Array,
  reduction: Reduction,
): Rows {
  const layer = network.layers[layerIndex];
  const base = space.layerBase[layerIndex];
  const source = columnCells(network, space, layer);
  const plain = isPlain(source, reduction);
  const neurons = new Int32Array(layer.size);
  let count = 0;
  for (let neuron = 0; neuron < layer.size; neuron++) {
    if (living[base + neuron] === 1) neurons[count++] = neuron;
  }
  const rowStart = new Uint32Array(count + 1);
  const cells = new Uint32Array(layer.weights.values.length);
  const values = new Float64Array(layer.weights.values.length);
  const sizes = new Float64Array(layer.weights.values.length);
  const bias = new Float64Array(count);
  const biasSizes = new Float64Array(count);
  const merger = new RowMerger(space.total);
  let next = 0;
  for (let row = 0; row < count; row++) {
    const neuron = neurons[row];
    const { rowStart: start, columns, values: weights } = layer.weights;
    bias[row] = layer.bias[neuron];
    biasSizes[row] = Math.abs(bias[row]);
    let lost = 0;
    const addConstant = (part: number): void => {
      if (isExtreme(layer.activation)) {
        bias[row] = layer.activation.kind === 'max' ? Math.max(bias[row], part) : Math.min(bias[row], part); // prettier-ignore
        return;
      }
      const sum = bias[row] + part;
      lost += roundingError(bias[row], part, sum);
      bias[row] = sum;
      biasSizes[row] += Math.abs(part);
    };
    for (let k = start[neuron]; k < start[neuron + 1]; k++) {
      const cell = source[columns[k]];
      if (plain) {
        cells[next] = cell;
        sizes[next] = Math.abs(weights[k]);
        values[next++] = weights[k];
      } else if (reduction.constant[cell] === 1) {
        addConstant(weights[k] * reduction.value[cell]);
      } else {
        merger.add(reduction.representative[cell], reduction.factor[cell] * weights[k]);
        if (reduction.offset[cell] !== 0) addConstant(weights[k] * reduction.offset[cell]);
      }
    }
    if (!plain) next = merger.drain(cells, values, sizes, next);
    bias[row] += lost;
    rowStart[row + 1] = next;
  }
  return {
    neurons: neurons.slice(0, count),
    rowStart,
    cells: cells.subarray(0, next),
    values: values.subarray(0, next),
    sizes: sizes.subarray(0, next),
    bias,
    biasSizes,
  };
}

function isPlain(source: Uint32Array, reduction: Reduction): boolean {
  let previous = -1;
  for (const cell of source) {
    if (cell <= previous || reduction.constant[cell] === 1) return false;
    if (reduction.representative[cell] !== cell || reduction.factor[cell] !== 1) return false;
    previous = cell;
  }
  return true;
}

/** What a floating-point sum of a and b lost (Knuth's two-sum). */
function roundingError(a: number, b: number, sum: number): number {
  const rounded = sum - a;
  return a - (sum - rounded) + (b - rounded);
}

/**
 * Adds up weights on equal cells; what rounding loses is kept beside the sum, so that the order of
 * duplicates does not show in the last digit. The scratch arrays are reused from row to row.
 */
class RowMerger {
  private readonly sum: Float64Array;
  private readonly lost: Float64Array;
  private readonly size: Float64Array;
  private readonly seen: Uint8Array;
  private readonly touched: Uint32Array;
  private count = 0;

  constructor(total: number) {
    this.sum = new Float64Array(total);
    this.lost = new Float64Array(total);
    this.size = new Float64Array(total);
    this.seen = new Uint8Array(total);
    this.touched = new Uint32Array(total);
  }

  add(cell: number, weight: number): void {
    if (this.seen[cell] === 0) {
      this.seen[cell] = 1;
      this.touched[this.count++] = cell;
    }
    const sum = this.sum[cell] + weight;
    this.lost[cell] += roundingError(this.sum[cell], weight, sum);
    this.sum[cell] = sum;
    this.size[cell] += Math.abs(weight);
  }

  /** Writes the row at `next` in ascending order and clears; returns the position behind it. */
  drain(cells: Uint32Array, values: Float64Array, sizes: Float64Array, next: number): number {
    let end = next;
    for (const cell of this.touched.subarray(0, this.count).sort()) {
      const sum = this.sum[cell] + this.lost[cell];
      if (sum !== 0) {
        cells[end] = cell;
        sizes[end] = this.size[cell];
        values[end++] = sum;
      }
      this.sum[cell] = this.lost[cell] = this.size[cell] = this.seen[cell] = 0;
    }
    this.count = 0;
    return end;
  }
}
