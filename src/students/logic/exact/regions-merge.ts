/**
 * Trees put together from the bottom: a split is none where the tree of one side tells the other side as
 * well. Both are then walked together through that side's region, linear programs cutting what is empty.
 *
 *   s > 0 where c, and 1 elsewhere, where s is above 0   →   s > 0 everywhere
 */
import type { Box } from '../../../numeric/linear-program.js';
import { leafOf } from '../tree.js';
import type { Affine, Condition, Prediction, Tree } from '../tree.js';
import { middleOf, SideCounter, sideOf } from './regions-space.js';
import type { AffineRow, Region } from './regions-space.js';

/** The unit in which functions of a tree are compared. */
export interface Scale {
  /** For each input the largest absolute value in the box. */
  readonly inputs: Float64Array;
  /** For each output cell the magnitude of its sum. */
  readonly outputs: Float64Array;
}

/** Parts of a sum this much smaller than its magnitude are rounding. */
export const EQUAL_WITHIN = 1e-12;

/** How near to a region's middle probes are, from its corners: on borders trees may differ. */
const INWARDS = 0.3;

export class TreeMerger {
  readonly #box: Box;
  readonly #scale: Scale;
  readonly #maxWork: number;
  /** What successful merges left out; the programs of all. */
  readonly counter = new SideCounter();

  /** @param maxWork numbers computed by linear programs; when they are spent, only equal leaves are merged. */
  constructor(box: Box, scale: Scale, maxWork: number) {
    this.#box = box;
    this.#scale = scale;
    this.#maxWork = maxWork;
  }

  /**
   * One of two trees where it tells both regions rightly, the smaller one first; else undefined.
   *
   * @param first right in `firstRegion`, as `second` is in `secondRegion`.
   */
  merge(first: Tree, firstRegion: Region, second: Tree, secondRegion: Region): Tree | undefined {
    if (this.#isSame(first, second, secondRegion)) return first;
    return this.#isSame(second, first, firstRegion) ? second : undefined;
  }

  #isSame(left: Tree, right: Tree, region: Region): boolean {
    if (left.kind === 'leaf' && right.kind === 'leaf') return this.#predictSame(left, right);
    // A single leaf is never what a split means: its parts would have been merged before.
    if (left.kind === 'leaf') return false;
    if (this.#differAtProbes(left, right, region)) return false;
    const counter = new SideCounter();
    const isSame = this.#walk(left, right, region, counter);
    this.counter.addCost(counter);
    if (isSame) this.counter.addDropped(counter);
    return isSame;
  }

  /** Whether both trees predict the same wherever in the region. */
  #walk(left: Tree, right: Tree, region: Region, counter: SideCounter): boolean {
    if (left.kind === 'leaf' && right.kind === 'leaf') return this.#predictSame(left, right);
    if (this.counter.work + counter.work > this.#maxWork) return false;
    const asking = left.kind === 'split' ? left : right;
    if (asking.kind === 'leaf') return false;
    const other = asking === left ? right : left;
    const [row, magnitude] = rowOf(asking.condition, this.#scale.inputs);
    const side = sideOf(row, magnitude, region, this.#box, counter);
    switch (side.kind) {
      case 'empty':
        return true;
      case 'above':
        return this.#walk(other, asking.yes, region, counter);
      case 'below':
        return this.#walk(other, asking.no, region, counter);
      case 'both':
        return (
          this.#walk(other, asking.yes, side.above, counter) &&
          this.#walk(other, asking.no, side.below, counter)
        );
    }
  }

  /** Cheap: most trees differ at a point that is known to be inside. */
  #differAtProbes(left: Tree, right: Tree, region: Region): boolean {
    const middle = middleOf(region);
    if (middle === undefined) return false;
    return region.points.some((point) => {
      const probe = point.map((value, k) => value + INWARDS * (middle[k] - value));
      const valueAt = (feature: number): number => probe[feature];
      return !this.#predictSame(leafOf(left, valueAt), leafOf(right, valueAt));
    });
  }

  #predictSame(left: { prediction: Prediction }, right: { prediction: Prediction }): boolean {
    const [first, second] = [left.prediction, right.prediction];
    if (first.kind === 'class') return second.kind === 'class' && first.index === second.index;
    if (second.kind === 'class') return false;
    const { inputs, outputs } = this.#scale;
    return first.cells.every((cell, k) => areClose(cell, second.cells[k], inputs, outputs[k]));
  }
}

/** What a condition compares with 0, and its magnitude. @throws TypeError for what no region asks. */
function rowOf(condition: Condition, inputs: Float64Array): readonly [AffineRow, number] {
  if (condition.kind !== 'above' && condition.kind !== 'linear') {
    throw new TypeError('regions are cut by sums');
  }
  const row = new Float64Array(inputs.length + 1);
  row[inputs.length] = -condition.threshold;
  if (condition.kind === 'above') row[condition.feature] = 1;
  else for (const { feature, coefficient } of condition.terms) row[feature] = coefficient;
  const magnitude = inputs.reduce(
    (sum, input, k) => sum + input * Math.abs(row[k]),
    Math.abs(condition.threshold),
  );
  return [row, magnitude];
}

function areClose(left: Affine, right: Affine, inputs: Float64Array, magnitude: number): boolean {
  const tolerance = EQUAL_WITHIN * magnitude;
  if (Math.abs(left.offset - right.offset) > tolerance) return false;
  const within = (one: Affine, other: Affine): boolean =>
    one.terms.every(({ feature, coefficient }) => {
      const own = other.terms.find((term) => term.feature === feature)?.coefficient ?? 0;
      return Math.abs(coefficient - own) * inputs[feature] <= tolerance;
    });
  return within(left, right) && within(right, left);
}
