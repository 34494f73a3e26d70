/**
 * Makes a grown tree better without making it larger. Growing never takes a split back; here, from the leaves
 * up, each threshold is chosen anew for what the subtrees below it say by now, so that the loss of the whole
 * tree falls (alternating optimization; Carreira-Perpiñán and Tavallali 2018). A split may move to another
 * feature. Then leaves say what their rows say, and all begins again.
 */
import { leafPrediction } from '../grow/leaf-prediction.js';
import { middleOf } from '../grow/best-split.js';
import { sortRows } from '../grow/presort.js';
import { measureOf, statisticsOf, UNBOUNDED } from '../grow/statistics.js';
import { allRows, divideRows, lossOfTree, predictedAt } from '../measure.js';
import type { LogicData, LogicProblem } from '../problem.js';
import type { Condition, Tree } from '../tree.js';

/** Times that all splits are chosen anew; later ones hardly gain. */
const SWEEPS = 6;

/** A split that gains less of the weight of its rows stays. */
const LEAST_SHARE = 1e-9;

/**
 * A tree of the same form whose loss on the problem's rows is at most that of the tree given. Where
 * constraints make predictions monotone, or groups are one category, it is left as it is.
 */
export function refineTree(tree: Tree, problem: LogicProblem): Tree {
  const { data, oneHot = [], settings } = problem;
  if (oneHot.length > 0 || Object.keys(settings.monotone).length > 0) return tree;
  const rows = allRows(data);
  const orders = data.columns.map((column) => sortRows(column, 0, rows.length));
  let best = tree;
  let loss = lossOfTree(tree, data, rows);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const next = refineBelow(best, problem, orders, rows);
    const found = lossOfTree(next, data, rows);
    if (!(found < loss)) break;
    best = next;
    loss = found;
  }
  return best;
}

function refineBelow(
  tree: Tree,
  problem: LogicProblem,
  orders: readonly Uint32Array[],
  rows: Uint32Array,
): Tree {
  if (rows.length === 0) return tree;
  const { data } = problem;
  if (tree.kind === 'leaf') return leafOfRows(tree, problem, rows);
  const sides = divideRows(tree.condition, data.columns, rows);
  const [yesOrders, noOrders] = divideOrders(orders, sides.yes, data.target.length);
  const yes = refineBelow(tree.yes, problem, yesOrders, sides.yes);
  const no = refineBelow(tree.no, problem, noOrders, sides.no);
  const condition = betterCondition(tree.condition, yes, no, problem, orders, rows);
  return { ...tree, condition, yes, no };
}

function leafOfRows(leaf: Tree, problem: LogicProblem, rows: Uint32Array): Tree {
  const { data } = problem;
  const weights = data.weights ?? new Float64Array(data.target.length).fill(1);
  const store = { columns: [...data.columns], target: data.target, weights };
  const range = { order: rows, start: 0, end: rows.length };
  const statistics = statisticsOf(store, measureOf(problem), range);
  const prediction = leafPrediction(problem, store, statistics, UNBOUNDED, range);
  const next: Tree = { kind: 'leaf', prediction, support: 0, agreeing: 0 };
  return lossOfTree(next, data, rows) < lossOfTree(leaf, data, rows) ? next : leaf;
}

/** Each order in two, both still in order. */
function divideOrders(
  orders: readonly Uint32Array[],
  yes: Uint32Array,
  count: number,
): readonly [yes: readonly Uint32Array[], no: readonly Uint32Array[]] {
  const marks = new Uint8Array(count);
  for (const row of yes) marks[row] = 1;
  return [
    orders.map((order) => order.filter((row) => marks[row] === 1)),
    orders.map((order) => order.filter((row) => marks[row] === 0)),
  ];
}

/** The threshold that sends rows where they cost least, over all features; the old condition where none is better. */
function betterCondition(
  condition: Condition,
  yes: Tree,
  no: Tree,
  { data, settings }: LogicProblem,
  orders: readonly Uint32Array[],
  rows: Uint32Array,
): Condition {
  const losses = new Float64Array(data.target.length);
  const weights = data.weights ?? new Float64Array(data.target.length).fill(1);
  addLosses(no, data, weights, rows, losses, 1);
  // Now by how much the no side costs more than the yes side.
  addLosses(yes, data, weights, rows, losses, -1);
  const { no: below } = divideRows(condition, data.columns, rows);
  const now = below.reduce((sum, row) => sum + losses[row], 0);
  const spread = rows.reduce((sum, row) => sum + Math.abs(losses[row]), 0);
  let best = condition;
  let bar = now - LEAST_SHARE * spread;
  orders.forEach((order, feature) => {
    const column = data.columns[feature];
    let cost = 0;
    for (let place = 1; place < order.length; place++) {
      cost += losses[order[place - 1]];
      if (!(cost < bar)) continue;
      const [low, high] = [column[order[place - 1]], column[order[place]]];
      const isOpen = Math.min(place, order.length - place) >= settings.minSupport;
      if (low === high || !isOpen) continue;
      bar = cost;
      best = { kind: 'above', feature, threshold: middleOf(low, high) };
    }
  });
  return best;
}

/** Adds what each row costs under a tree, times a sign. */
function addLosses(
  tree: Tree,
  data: LogicData,
  weights: Float64Array,
  rows: Uint32Array,
  losses: Float64Array,
  sign: 1 | -1,
): void {
  if (tree.kind === 'split') {
    const { yes, no } = divideRows(tree.condition, data.columns, rows);
    addLosses(tree.yes, data, weights, yes, losses, sign);
    addLosses(tree.no, data, weights, no, losses, sign);
    return;
  }
  for (const row of rows) {
    const error = predictedAt(tree.prediction, data.columns, row) - data.target[row];
    const cost = tree.prediction.kind === 'class' ? Number(error !== 0) : error * error;
    losses[row] += sign * weights[row] * cost;
  }
}
