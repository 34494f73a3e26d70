/**
 * Minimal cost-complexity pruning (Breiman, Friedman, Olshen and Stone 1984, chapter 3): the split whose
 * leaves gain least each is made a leaf, again and again. That gives the best subtree of each size for some
 * price of a leaf, one inside of the other.
 */
import { leafPrediction } from '../grow/leaf-prediction.js';
import { clampTo, measureOf, statisticsOf, UNBOUNDED } from '../grow/statistics.js';
import type { Bounds, Rows, Statistics } from '../grow/statistics.js';
import { allRows, decides, divideRows, lossOf, measureTree } from '../measure.js';
import type { LogicCandidate, LogicData, LogicProblem } from '../problem.js';
import { leavesOf } from '../tree.js';
import type { Condition, Prediction, Tree } from '../tree.js';
import { simplifyTree } from './simplify.js';

/** Gains per leaf that differ by less, in shares of the whole weight or variance, are equal. */
const TIE = 1e-12;

interface Node {
  /** What it predicts as a leaf, and what that costs on the rows it learned from. */
  readonly prediction: Prediction;
  readonly loss: number;
  readonly sides?: { readonly condition: Condition; readonly yes: Node; readonly no: Node };
}

/**
 * The subtrees worth having, simplest first: each more faithful on the rows judged on than all before it.
 *
 * @param problem its data are the rows that the tree learned from.
 */
export function pruneTree(
  tree: Tree,
  problem: LogicProblem,
  judged: LogicData,
): readonly LogicCandidate[] {
  return risingBy(({ fidelity }) => fidelity, nestedTrees(tree, problem, judged));
}

/** The subtrees that are best for some price of a leaf, simplest first. */
export function nestedTrees(
  tree: Tree,
  problem: LogicProblem,
  judged: LogicData,
): readonly LogicCandidate[] {
  const root = annotate(tree, problem);
  const nested = nestedSubtrees(root, TIE * Math.max(root.loss, Number.MIN_VALUE));
  return nested.toReversed().map((node) => judge(treeOf(node), problem, judged));
}

/** Those that are worth more than all before them. */
export function risingBy(
  worthOf: (candidate: LogicCandidate) => number,
  candidates: readonly LogicCandidate[],
): readonly LogicCandidate[] {
  let best = -Infinity;
  return candidates.filter((candidate) => {
    const worth = worthOf(candidate);
    if (!(worth > best)) return false;
    best = worth;
    return true;
  });
}

/** The tree simplified, its supports on the rows it learned from, and both fidelities. */
export function judge(tree: Tree, problem: LogicProblem, judged: LogicData): LogicCandidate {
  const learned = measureTree(simplifyTree(tree, problem.domains), problem.data);
  return {
    leaves: leavesOf(learned.tree).length,
    trainingFidelity: learned.fidelity,
    fidelity: measureTree(learned.tree, judged).fidelity,
    tree: learned.tree,
  };
}

/**
 * The smallest tree whose fidelity is within one standard error of the best, or at least the wanted one.
 *
 * @param candidates simplest first, as `pruneTree` gives them.
 * @param rows that they were judged on.
 * @returns `undefined` where none is as faithful as wanted.
 */
export function selectTree(
  candidates: readonly LogicCandidate[],
  rows: number,
  wanted?: number,
): LogicCandidate | undefined {
  if (wanted !== undefined) return candidates.find(({ fidelity }) => fidelity >= wanted);
  if (candidates.length === 0) return undefined;
  const best = candidates.reduce((a, b) => (b.fidelity > a.fidelity ? b : a));
  const bar = best.fidelity - standardErrorOf(best, rows);
  return candidates.find(({ fidelity }) => fidelity >= bar);
}

/** Of a share of equal decisions √(p (1 − p) / n); of a share of variance R² about 2 R (1 − R²) / √n. */
export function standardErrorOf(
  { fidelity, tree }: Pick<LogicCandidate, 'fidelity' | 'tree'>,
  rows: number,
): number {
  const share = Math.max(0, Math.min(1, fidelity));
  if (decides(tree)) return Math.sqrt((share * (1 - share)) / rows);
  return (2 * Math.sqrt(share) * (1 - share)) / Math.sqrt(rows);
}

/** From the whole tree, less what gains nothing, to the root alone. */
function nestedSubtrees(root: Node, tie: number): readonly Node[] {
  let node = collapse(root, tie);
  const nested = [node];
  while (node.sides !== undefined) {
    node = collapse(node, weakestGain(node).gain + tie);
    nested.push(node);
  }
  return nested;
}

interface Gain {
  readonly loss: number;
  readonly leaves: number;
  /** The least gain per leaf of a split inside. */
  readonly gain: number;
}

function weakestGain(node: Node): Gain {
  if (node.sides === undefined) return { loss: node.loss, leaves: 1, gain: Infinity };
  const [yes, no] = [weakestGain(node.sides.yes), weakestGain(node.sides.no)];
  const loss = yes.loss + no.loss;
  const leaves = yes.leaves + no.leaves;
  const own = (node.loss - loss) / (leaves - 1);
  return { loss, leaves, gain: Math.min(own, yes.gain, no.gain) };
}

/** Every split that gains at most `price` per leaf becomes a leaf, from the leaves up. */
function collapse(node: Node, price: number): Node {
  if (node.sides === undefined) return node;
  const { condition } = node.sides;
  const [yes, no] = [collapse(node.sides.yes, price), collapse(node.sides.no, price)];
  const { prediction, loss } = node;
  const [left, right] = [weakestGain(yes), weakestGain(no)];
  const own = (loss - left.loss - right.loss) / (left.leaves + right.leaves - 1);
  return !(own > price)
    ? { prediction, loss }
    : { prediction, loss, sides: { condition, yes, no } };
}

function treeOf({ prediction, sides }: Node): Tree {
  if (sides === undefined) return { kind: 'leaf', prediction, support: 0, agreeing: 0 };
  return {
    kind: 'split',
    condition: sides.condition,
    yes: treeOf(sides.yes),
    no: treeOf(sides.no),
  };
}

/** Every node with what it would predict as a leaf, within the bounds that monotone constraints leave. */
function annotate(tree: Tree, problem: LogicProblem): Node {
  const { data, settings } = problem;
  const measure = measureOf(problem);
  const weights = data.weights ?? new Float64Array(data.target.length).fill(1);
  const store = { columns: [...data.columns], target: data.target, weights };
  const slice = (rows: Uint32Array): Rows => ({ order: rows, start: 0, end: rows.length });
  const describe = (rows: Uint32Array): Statistics => statisticsOf(store, measure, slice(rows));
  const visit = (at: Tree, rows: Uint32Array, bounds: Bounds, above?: Prediction): Node => {
    const statistics = describe(rows);
    const own =
      rows.length > 0 || above === undefined
        ? leafPrediction(problem, store, statistics, bounds, slice(rows))
        : above;
    // A leaf keeps what it says: it may know more than these rows.
    const prediction = at.kind === 'leaf' ? at.prediction : own;
    const loss = lossOf(prediction, data, rows);
    if (at.kind === 'leaf') return { prediction, loss };
    const { condition } = at;
    const { yes, no } = divideRows(condition, data.columns, rows);
    const [forYes, forNo] = boundsOf(condition, bounds, [yes, no].map(describe), settings.monotone);
    const sides = {
      condition,
      yes: visit(at.yes, yes, forYes, prediction),
      no: visit(at.no, no, forNo, prediction),
    };
    return { prediction, loss, sides };
  };
  return visit(tree, allRows(data), UNBOUNDED);
}

/** As in growing: both sides keep to their side of the middle between their means. */
function boundsOf(
  condition: Condition,
  bounds: Bounds,
  [yes, no]: readonly Statistics[],
  monotone: Readonly<Record<number, 1 | -1>>,
): readonly [forYes: Bounds, forNo: Bounds] {
  const isFree = condition.kind !== 'above' || !(condition.feature in monotone);
  if (isFree || yes.weight === 0 || no.weight === 0) return [bounds, bounds];
  const middle = (clampTo(bounds, yes.mean) + clampTo(bounds, no.mean)) / 2;
  const upper = { least: middle, most: bounds.most };
  const lower = { least: bounds.least, most: middle };
  return monotone[condition.feature] > 0 ? [upper, lower] : [lower, upper];
}
