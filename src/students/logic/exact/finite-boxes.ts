/**
 * The fewest leaves of a decision tree for every box of a table, a box being one part of each feature: from
 * the single points up, the best split of a box is the one whose two boxes need the fewest leaves together
 * (for Boolean features the dynamic programme of Guijarro, Lavín and Raghavan 1999, over all 3^n boxes).
 */
import type { Leaf, Tree } from '../tree.js';
import { countParts, partsOf, questionOf } from './finite-parts.js';
import type { PartFamily } from './finite-parts.js';
import type { FiniteFeature, FiniteTable } from './finite-table.js';

/** How many boxes a table has. */
export function countBoxes(features: readonly FiniteFeature[]): number {
  return features.reduce((product, { values }) => product * countParts(values.length), 1);
}

/** What follows from the numbers of values alone. Boxes are counted row-major over the features' parts. */
interface Shape {
  readonly families: readonly PartFamily[];
  readonly strides: readonly number[];
  readonly count: number;
  /** For each feature and part, its splits as distances to the two boxes. */
  readonly distances: readonly (readonly Int32Array[])[];
  /** The features before this one are the leading ones. */
  readonly first: number;
  /** For each tuple of parts of the other features all of their splits. */
  readonly lists: readonly Int32Array[];
}

/** Shapes that were met before: many small tables have the same one. */
export class BoxShapes {
  readonly #known = new Map<string, Shape>();

  of(features: readonly FiniteFeature[]): Shape {
    const extents = features.map(({ values }) => values.length);
    const key = extents.join();
    const shape = this.#known.get(key) ?? createShape(extents);
    this.#known.set(key, shape);
    return shape;
  }
}

interface Boxes extends Shape {
  readonly table: FiniteTable;
  /** −1 − class where the box has one class alone, else the fewest leaves, at least 2. */
  readonly costs: Int32Array;
}

/** The smallest tree of a table; `countBoxes` numbers of 4 bytes are held meanwhile. */
export function smallestTree(
  table: FiniteTable,
  shapes: BoxShapes,
): { readonly tree: Tree; readonly leaves: number } {
  const shape = shapes.of(table.features);
  const boxes = { ...shape, table, costs: new Int32Array(shape.count) };
  fillPoints(boxes);
  fillCosts(boxes);
  const root = shape.count - 1;
  const parts = boxes.families.map((family) => family.parts.length - 1);
  const cost = boxes.costs[root];
  return { tree: treeOf(boxes, root, parts), leaves: cost < 0 ? 1 : cost };
}

/** Tuples of parts of the last features whose splits are listed once: as many as stay in the cache. */
const MOST_LISTED = 2 ** 12;

function createShape(extents: readonly number[]): Shape {
  const families = extents.map(partsOf);
  const strides: number[] = [];
  let count = 1;
  for (let position = families.length - 1; position >= 0; position--) {
    strides[position] = count;
    count *= families[position].parts.length;
  }
  const distances = families.map(({ splits }, position) =>
    splits.map((pairs, part) => pairs.map((other) => (other - part) * strides[position])),
  );
  let first = families.length;
  while (first > 0 && strides[first - 1] * families[first - 1].parts.length <= MOST_LISTED) first--;
  const run = first === 0 ? count : strides[first - 1];
  const lists = Array.from({ length: run }, (_, tuple) =>
    joined(
      distances
        .slice(first)
        .map((parts, k) => parts[Math.floor(tuple / strides[first + k]) % parts.length]),
    ),
  );
  return { families, strides, count, distances, first, lists };
}

function fillPoints({ table, families, strides, costs }: Boxes): void {
  // The part that is one value alone, for each feature and value.
  const single = families.map(({ parts }, position) => {
    const own = new Int32Array(table.features[position].values.length);
    parts.forEach((part, index) => {
      if (part.length === 1) own[part[0]] = index * strides[position];
    });
    return own;
  });
  const digits = new Int32Array(families.length);
  for (const value of table.classes) {
    let box = 0;
    for (let position = 0; position < digits.length; position++) {
      box += single[position][digits[position]];
    }
    costs[box] = -1 - value;
    advance(digits, single);
  }
}

/**
 * Boxes come in runs: in a run the parts of the first features stay, and those of the last ones take all
 * tuples. So the splits of a box are two lists, and no feature is looked at that cannot be split.
 */
function fillCosts({ distances, first, lists, costs }: Boxes): void {
  const digits = new Int32Array(first);
  const leading = distances.slice(0, first);
  for (let start = 0; start < costs.length; start += lists.length) {
    const common = joined(leading.map((parts, position) => parts[digits[position]]));
    for (let tuple = 0; tuple < lists.length; tuple++) {
      const box = start + tuple;
      if (costs[box] === 0) costs[box] = costOf(costs, box, lists[tuple], common);
    }
    advance(digits, leading);
  }
}

function joined(lists: readonly Int32Array[]): Int32Array {
  return Int32Array.from(lists.flatMap((list) => [...list]));
}

/** The best of the splits in two lists of distances; two boxes of one same class are one box of it. */
function costOf(costs: Int32Array, box: number, own: Int32Array, common: Int32Array): number {
  const first = own.length > 0 ? own : common;
  const yes = costs[box + first[0]];
  if (yes < 0 && yes === costs[box + first[1]]) return yes;
  return leastOf(costs, box, common, leastOf(costs, box, own, Infinity));
}

function leastOf(costs: Int32Array, box: number, pairs: Int32Array, before: number): number {
  let best = before;
  for (let k = 0; k < pairs.length; k += 2) {
    const yes = costs[box + pairs[k]];
    const no = costs[box + pairs[k + 1]];
    const sum = (yes < 0 ? 1 : yes) + (no < 0 ? 1 : no);
    if (sum < best) best = sum;
  }
  return best;
}

/** The next tuple of positions, row-major. */
function advance(digits: Int32Array, extents: readonly ArrayLike<unknown>[]): void {
  let position = digits.length - 1;
  while (position >= 0 && ++digits[position] === extents[position].length) digits[position--] = 0;
}

/** Of equally good splits one with a leaf at once, then the first. */
function treeOf(boxes: Boxes, box: number, parts: readonly number[]): Tree {
  const { table, families, distances, costs } = boxes;
  const cost = costs[box];
  if (cost < 0) {
    const points = parts.reduce((product, part, k) => product * families[k].parts[part].length, 1);
    return leafOf(table, -1 - cost, points);
  }
  let chosen: { position: number; pair: number } | undefined;
  for (let position = 0; position < parts.length; position++) {
    const pairs = distances[position][parts[position]];
    for (let pair = 0; pair < pairs.length; pair += 2) {
      const yes = costs[box + pairs[pair]];
      const no = costs[box + pairs[pair + 1]];
      if (Math.max(1, yes) + Math.max(1, no) !== cost) continue;
      const hasLeaf = yes < 0 || no < 0;
      if (chosen === undefined || hasLeaf) chosen = { position, pair };
      if (hasLeaf) return splitOf(boxes, box, parts, chosen.position, chosen.pair);
    }
  }
  if (chosen === undefined) throw new Error('a box has no split of its own cost');
  return splitOf(boxes, box, parts, chosen.position, chosen.pair);
}

function splitOf(
  boxes: Boxes,
  box: number,
  parts: readonly number[],
  position: number,
  pair: number,
): Tree {
  const { table, families, distances } = boxes;
  const part = parts[position];
  const sides = [0, 1].map((side) => {
    const own = families[position].splits[part][pair + side];
    const at = box + distances[position][part][pair + side];
    return {
      values: families[position].parts[own],
      tree: treeOf(boxes, at, parts.with(position, own)),
    };
  });
  return askWhich(table.features[position], sides[0], sides[1]);
}

interface Branch {
  /** Positions of values of the feature. */
  readonly values: readonly number[];
  readonly tree: Tree;
}

/** The split of a feature's values into two. */
export function askWhich(feature: FiniteFeature, yes: Branch, no: Branch): Tree {
  const { condition, isSwapped } = questionOf(feature, yes.values, no.values);
  const [first, second] = isSwapped ? [no, yes] : [yes, no];
  return { kind: 'split', condition, yes: first.tree, no: second.tree };
}

/** A leaf of a class that some points of a table have. */
export function leafOf(table: FiniteTable, own: number, points: number): Leaf {
  const support = points * table.multiplicity;
  return { kind: 'leaf', prediction: table.predictions[own], support, agreeing: support };
}
