/**
 * What is left of a row's weights over one source while regions are taken away from it. Detectors
 * see the cells that are not yet explained, sorted into classes of equal weight. One Residual is
 * reused for all rows that read the same source: its cost per row is that of the cells touched.
 */
import type { PlacedRegion } from './region.js';
import type { RegionCells } from './region-fill.js';
import { fillRegion, makeRegionCells } from './region-fill.js';
import type { SourceTensor } from './sources.js';
import { NO_CELL } from './sources.js';

/** Rows that show more different weights than this have no short description. */
export const MAX_CLASSES = 24;

/** More single cells than this are no description: they belong into a table. */
export const MAX_LISTED_CELLS = 48;

/** With more cells left than that, a region that clears less than this share of them is an accident. */
const MIN_SHARE = 1 / 12;

export class Residual {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly size: number;
  /** Whether positions have a meaning. */
  readonly isOrdered: boolean;
  /** Positions that no member of the source holds: regions cover them freely. */
  readonly holes: Int32Array;
  /** For each axis, the coordinate of each position. */
  readonly coordinates: readonly Int32Array[];
  /** Weight left at each row-major position. */
  readonly values: Float64Array;
  /** Positions whose weight is not zero: the first `count` entries. */
  readonly cells: Int32Array;
  count = 0;
  /** Weights within this of each other are equal; 0 where every bit counts. */
  tolerance = 0;
  /** Class of each entry of `cells`, while the row is classified. */
  readonly classOf: Uint8Array;
  /** The weight of each class; set by `classify`. */
  classes: number[] = [];
  /** Cells of each class, while the row is classified. */
  readonly classCounts = new Int32Array(MAX_CLASSES + 1);
  /** Cells of the class that has most. */
  largestClass = 0;
  /** The weights of the row over this source, before anything was taken away. */
  weights: readonly number[] = [];
  private readonly isHole: Uint8Array;
  private readonly known: Uint8Array;
  private readonly touched: Int32Array;
  /** Cells of the region at hand. */
  private readonly scratch: RegionCells;
  private touchedCount = 0;

  constructor(tensor: SourceTensor) {
    this.shape = tensor.shape;
    this.strides = tensor.strides;
    this.size = tensor.size;
    this.isOrdered = tensor.isOrdered;
    this.coordinates = tensor.shape.map((extent, axis) => {
      const coordinates = new Int32Array(tensor.size);
      for (let position = 0; position < tensor.size; position++) {
        coordinates[position] = Math.floor(position / tensor.strides[axis]) % extent;
      }
      return coordinates;
    });
    this.isHole = Uint8Array.from(tensor.cells, (cell) => (cell === NO_CELL ? 1 : 0));
    this.holes = Int32Array.from(this.isHole.keys()).filter((at) => this.isHole[at] === 1);
    this.values = new Float64Array(tensor.size);
    this.cells = new Int32Array(tensor.size);
    this.classOf = new Uint8Array(tensor.size);
    this.known = new Uint8Array(tensor.size);
    this.touched = new Int32Array(tensor.size);
    this.scratch = makeRegionCells(tensor.size);
  }

  /** Starts over with a row's weights; sums within `tolerance` of each other count as equal. */
  load(positions: Int32Array, weights: Float64Array, tolerance: number): void {
    for (let k = 0; k < this.touchedCount; k++) {
      this.values[this.touched[k]] = 0;
      this.known[this.touched[k]] = 0;
    }
    this.touchedCount = 0;
    this.tolerance = tolerance;
    for (let k = 0; k < positions.length; k++) {
      this.values[positions[k]] = weights[k];
      this.touch(positions[k]);
    }
    this.collect();
    this.weights = this.classes.slice();
  }

  /** Takes a region away. */
  subtract(region: PlacedRegion): void {
    const { scratch, values, tolerance } = this;
    const count = fillRegion(region, this.shape, this.strides, scratch);
    for (let k = 0; k < count; k++) {
      const position = scratch.positions[k];
      if (this.isHole[position] === 1) continue;
      const left = values[position] - scratch.weights[k];
      values[position] = Math.abs(left) <= tolerance ? 0 : left;
      this.touch(position);
    }
    this.collect();
  }

  /** Whether a position is empty though a member of the source stands there. */
  isEmpty(position: number): boolean {
    return this.values[position] === 0 && this.isHole[position] === 0;
  }

  /** False when the cells left show more than MAX_CLASSES weights; then `classes` is not complete. */
  get isClassified(): boolean {
    return this.classes.length <= MAX_CLASSES;
  }

  /** A region that clears fewer cells than this is an accident among those left. */
  get leastCleared(): number {
    return this.count > MAX_LISTED_CELLS ? this.count * MIN_SHARE : 0;
  }

  private touch(position: number): void {
    if (this.known[position] === 1) return;
    this.known[position] = 1;
    this.touched[this.touchedCount++] = position;
  }

  private collect(): void {
    const { cells, touched, values, classOf, classCounts } = this;
    this.classes = [];
    classCounts.fill(0);
    let count = 0;
    for (let k = 0; k < this.touchedCount; k++) {
      const position = touched[k];
      if (values[position] === 0) continue;
      // Beyond MAX_CLASSES nobody asks for classes any more.
      if (this.isClassified) {
        classOf[count] = this.classify(values[position]);
        classCounts[classOf[count]]++;
      }
      cells[count++] = position;
    }
    this.count = count;
    this.largestClass = 0;
    for (let index = 0; index < this.classes.length; index++) {
      this.largestClass = Math.max(this.largestClass, classCounts[index]);
    }
  }

  private classify(value: number): number {
    const { classes, tolerance } = this;
    for (let index = 0; index < classes.length; index++) {
      if (Math.abs(classes[index] - value) <= tolerance) return index;
    }
    return classes.push(value) - 1;
  }
}
