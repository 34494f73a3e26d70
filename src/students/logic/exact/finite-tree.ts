/**
 * A decision tree with the fewest leaves that tells a table. Tables with few boxes are solved whole; larger
 * ones are split from the top, the most promising question first, until what is left is small: a branch and
 * bound search, whose work is counted, so that it may end with a tree that is not known to be minimal.
 */
import { leafOf as leafAt } from '../tree.js';
import type { Tree } from '../tree.js';
import { askWhich, BoxShapes, countBoxes, leafOf, smallestTree } from './finite-boxes.js';
import { partsOf } from './finite-parts.js';
import { projectTable, restrictTable, strideOf } from './finite-table.js';
import type { FiniteTable } from './finite-table.js';

export interface MinimalTree {
  readonly tree: Tree;
  readonly leaves: number;
  /**
   * Whether no tree has fewer leaves: none of thresholds, and of sets of values where a feature has at
   * most 5 of them.
   */
  readonly isMinimal: boolean;
}

export interface TreeBudget {
  /** Boxes of a table that is solved whole, 4 bytes each. */
  readonly maxBoxes: number;
  /** Cells read and compared, about, beyond those of one tree. */
  readonly maxSteps: number;
}

/** 16 Boolean features have 3^16 boxes. */
export const DEFAULT_TREE_BUDGET: TreeBudget = { maxBoxes: 3 ** 16, maxSteps: 5e9 };

/**
 * The smallest tree found; it equals the table at every point.
 *
 * @throws Error where it does not: a mistake here.
 */
export function minimalTree(
  table: FiniteTable,
  budget: TreeBudget = DEFAULT_TREE_BUDGET,
): MinimalTree {
  const projected = projectTable(table);
  const { tree, leaves, isMinimal } = search(projected, budget.maxSteps, {
    maxBoxes: budget.maxBoxes,
    shapes: new BoxShapes(),
  });
  checkTree(projected, tree);
  return { tree, leaves, isMinimal };
}

interface Context {
  readonly maxBoxes: number;
  readonly shapes: BoxShapes;
}

interface Found extends MinimalTree {
  readonly steps: number;
}

/** @param table one whose features all matter. */
function search(table: FiniteTable, maxSteps: number, context: Context): Found {
  const { features, classes } = table;
  if (features.length === 0) {
    return { tree: leafOf(table, classes[0], 1), leaves: 1, isMinimal: true, steps: 0 };
  }
  const boxes = countBoxes(features);
  const wholeSteps = boxes * features.length;
  if (boxes <= context.maxBoxes && (wholeSteps <= maxSteps || boxes <= ALWAYS_WHOLE)) {
    return { ...smallestTree(table, context.shapes), isMinimal: true, steps: wholeSteps };
  }
  const bound = fewestLeaves(table);
  // Every question makes two tables, of which every feature is asked whether it matters.
  const ranking = classes.length * features.length ** 2;
  let steps = ranking;
  let best: MinimalTree | undefined;
  let isMinimal = true;
  for (const { position, sides, least } of candidatesOf(table)) {
    if (best !== undefined && (least >= best.leaves || best.leaves === bound)) break;
    if (best !== undefined && maxSteps - steps < ranking) {
      isMinimal = false;
      break;
    }
    const yes = search(sides[0].part, (maxSteps - steps) / 2, context);
    steps += yes.steps;
    const no = search(sides[1].part, maxSteps - steps, context);
    steps += no.steps;
    isMinimal &&= yes.isMinimal && no.isMinimal;
    const leaves = yes.leaves + no.leaves;
    if (best !== undefined && leaves >= best.leaves) continue;
    const branches = [yes, no].map(({ tree }, side) => ({ values: sides[side].values, tree }));
    const tree = askWhich(features[position], branches[0], branches[1]);
    best = { tree, leaves, isMinimal: false };
  }
  if (best === undefined) throw new Error('a table has no question');
  return { ...best, isMinimal: isMinimal || best.leaves === bound, steps };
}

/** Tables of so few boxes are solved whole whatever is left of the budget: 3^8, a moment. */
const ALWAYS_WHOLE = 3 ** 8;

/** Every class is the answer of a leaf, and every feature is asked by a split. */
function fewestLeaves({ features, classes, predictions }: FiniteTable): number {
  if (features.length === 0) return 1;
  let different = 0;
  const isSeen = new Uint8Array(predictions.length);
  for (const own of classes) {
    if (isSeen[own] === 1) continue;
    isSeen[own] = 1;
    if (++different === predictions.length) break;
  }
  return Math.max(features.length + 1, different);
}

interface Candidate {
  readonly position: number;
  readonly sides: readonly { readonly values: readonly number[]; readonly part: FiniteTable }[];
  /** Leaves that the two sides need at least. */
  readonly least: number;
  /** Pairs of points of different class on the same side, about. */
  readonly impurity: number;
}

/** Every question, those first whose sides depend on the fewest features, then the purest. */
function candidatesOf(table: FiniteTable): readonly Candidate[] {
  const candidates = table.features.flatMap(({ values }, position) => {
    const { parts, splits } = partsOf(values.length);
    const pairs = splits[parts.length - 1];
    return Array.from({ length: pairs.length / 2 }, (_, k): Candidate => {
      const sides = [parts[pairs[2 * k]], parts[pairs[2 * k + 1]]].map((kept) => {
        const part = restrictTable(table, position, kept);
        return { values: kept, part: projectTable(part), impurity: impurityOf(part) };
      });
      const least = sides.reduce((sum, { part }) => sum + fewestLeaves(part), 0);
      const impurity = sides.reduce((sum, side) => sum + side.impurity, 0);
      return { position, sides, least, impurity };
    });
  });
  return candidates.sort((a, b) => a.least - b.least || a.impurity - b.impurity);
}

/** Gini's impurity, times the number of points. */
function impurityOf({ classes, predictions }: FiniteTable): number {
  const counts = new Float64Array(predictions.length);
  for (const own of classes) counts[own]++;
  const pairs = counts.reduce((sum, count) => sum + count * count, 0);
  return classes.length - pairs / classes.length;
}

/** @throws Error when a tree does not equal a table at a point. */
export function checkTree({ features, classes, predictions }: FiniteTable, tree: Tree): void {
  const strides = features.map((_, position) => strideOf(features, position));
  const positions = new Map(features.map(({ feature }, position) => [feature, position]));
  for (let point = 0; point < classes.length; point++) {
    const valueAt = (feature: number): number => {
      const position = positions.get(feature);
      if (position === undefined) throw new Error(`feature ${feature} does not matter`);
      const { values } = features[position];
      return values[Math.floor(point / strides[position]) % values.length];
    };
    // Leaves take their predictions from the table, as they are.
    if (leafAt(tree, valueAt).prediction !== predictions[classes[point]]) {
      throw new Error(`the tree does not tell point ${point}`);
    }
  }
}
