/**
 * Makes a grown tree better without making it larger. Growing never takes a split back; here each threshold
 * is chosen anew for what the subtrees below it say by now, so that the loss of the whole tree falls. A split
 * may move to another feature.
 */
import type { LogicProblem } from '../problem.js';
import type { Tree } from '../tree.js';
import { sweep } from './sweep.js';
import { partOf, treeOf, Workshop } from './workshop.js';
import type { Part } from './workshop.js';

/** Times that all splits are chosen anew; later ones hardly gain. */
const SWEEPS = 6;

/** Rounds end when one gains less than this share of the loss. */
const LEAST_GAIN = 1e-4;

/**
 * A tree of the same form whose loss on the problem's rows is at most that of the tree given. Where
 * constraints make predictions monotone it is left as it is; questions about one-hot groups stay.
 */
export function refineTree(tree: Tree, problem: LogicProblem): Tree {
  return refineBest([tree], problem);
}

/** Of several trees that which costs least once it is refined; the first of equal ones. */
export function refineBest(trees: readonly Tree[], problem: LogicProblem): Tree {
  if (Object.keys(problem.settings.monotone).length > 0) return trees[0];
  const workshop = new Workshop(problem);
  const refined = trees.map((tree) => refinePart(partOf(tree), workshop));
  return treeOf(refined.reduce((a, b) => (b.loss < a.loss ? b : a)).part);
}

/** The part refined, with its loss; the one given may have been changed. */
function refinePart(
  start: Part,
  workshop: Workshop,
): { readonly part: Part; readonly loss: number } {
  let part = start;
  let loss = lossOfPart(part, workshop);
  for (let round = 0; round < SWEEPS; round++) {
    if (workshop.problem.shouldStop?.() === true) break;
    const next = partOf(treeOf(part));
    const found = sweep(next, workshop);
    if (!(found < loss) || !hasSupport(next, workshop)) break;
    const gain = loss - found;
    part = next;
    loss = found;
    if (gain < LEAST_GAIN * found) break;
  }
  return { part, loss };
}

function lossOfPart(part: Part, workshop: Workshop): number {
  return workshop
    .place(part)
    .reduce(
      (sum, { leaf, start, end }) => sum + workshop.costOfRows(leaf.prediction, start, end),
      0,
    );
}

/** Whether no leaf has become smaller than allowed. */
function hasSupport(part: Part, workshop: Workshop): boolean {
  const { minSupport } = workshop.problem.settings;
  if (minSupport <= 1) return true;
  return workshop.place(part).every(({ start, end }) => end - start >= minSupport);
}
