/**
 * Trees held against rows: which rows go where, what each prediction costs, how faithful a tree is. Whole
 * sets of rows are divided at every split, which is faster than to walk down with each row.
 */
import type { LogicData } from './problem.js';
import { holds, leavesOf } from './tree.js';
import type { Affine, Condition, Leaf, Prediction, Tree } from './tree.js';

/** Numbers this close, relative to their size, agree. */
const AGREEMENT = 1e-9;

/** Rows with their targets, whatever they are called. */
type TargetRows = Pick<LogicData, 'columns' | 'target' | 'weights'>;

export interface MeasuredTree {
  /** The tree, its leaves with the support and agreement of the rows. */
  readonly tree: Tree;
  /** Share of equal decisions, by weight; of numbers the share of variance explained, at most 1. */
  readonly fidelity: number;
}

/** All rows of the data. */
export function allRows(data: LogicData): Uint32Array {
  return Uint32Array.from(data.target, (_, row) => row);
}

/** Some rows of the data, in the order given, without their weights. */
export function takeRows({ names, columns, target }: LogicData, rows: Uint32Array): LogicData {
  const taken = (column: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => column[row]);
  return { names, columns: columns.map(taken), target: taken(target) };
}

export function weightOf({ weights }: TargetRows, row: number): number {
  return weights === undefined ? 1 : weights[row];
}

/** The rows for which a condition holds, and the others; both in the order given. */
export function divideRows(
  condition: Condition,
  columns: readonly Float64Array[],
  rows: Uint32Array,
): { readonly yes: Uint32Array; readonly no: Uint32Array } {
  if (condition.kind === 'above') {
    return divideByThreshold(columns[condition.feature], condition.threshold, rows);
  }
  let at = 0;
  const valueAt = (feature: number): number => columns[feature][at];
  const answers = Uint8Array.from(rows, (row) => {
    at = row;
    return holds(condition, valueAt) ? 1 : 0;
  });
  return {
    yes: rows.filter((_, k) => answers[k] === 1),
    no: rows.filter((_, k) => answers[k] === 0),
  };
}

/** Plain loops: pruning and rounding spend their time here. */
function divideByThreshold(
  column: Float64Array,
  threshold: number,
  rows: Uint32Array,
): { readonly yes: Uint32Array; readonly no: Uint32Array } {
  const both = new Uint32Array(rows.length);
  let [yes, no] = [0, rows.length];
  for (const row of rows) {
    if (column[row] > threshold) both[yes++] = row;
    else both[--no] = row;
  }
  return { yes: both.slice(0, yes), no: both.slice(no).reverse() };
}

/** The value predicted at a row: the class, or the first cell's number. */
export function predictedAt(
  prediction: Prediction,
  columns: readonly Float64Array[],
  row: number,
): number {
  return prediction.kind === 'class'
    ? prediction.index
    : affineAt(prediction.cells[0], columns, row);
}

function affineAt(
  { offset, terms }: Affine,
  columns: readonly Float64Array[],
  row: number,
): number {
  return terms.reduce(
    (sum, { feature, coefficient }) => sum + coefficient * columns[feature][row],
    offset,
  );
}

/** What a prediction costs at some rows: the weight of wrong decisions, or of squared errors. */
export function lossOf(prediction: Prediction, data: LogicData, rows: Uint32Array): number {
  let loss = 0;
  for (const row of rows) {
    const error = predictedAt(prediction, data.columns, row) - data.target[row];
    const cost = prediction.kind === 'class' ? Number(error !== 0) : error * error;
    loss += weightOf(data, row) * cost;
  }
  return loss;
}

/** What the tree costs at some rows, as in `lossOf`. */
export function lossOfTree(tree: Tree, data: LogicData, rows: Uint32Array): number {
  if (rows.length === 0) return 0;
  if (tree.kind === 'leaf') return lossOf(tree.prediction, data, rows);
  const { yes, no } = divideRows(tree.condition, data.columns, rows);
  return lossOfTree(tree.yes, data, yes) + lossOfTree(tree.no, data, no);
}

/** The tree held against rows; of numbers without variance the fidelity is 1 or 0. */
export function measureTree(tree: Tree, data: LogicData): MeasuredTree {
  const rows = allRows(data);
  const measured = withSupport(tree, data, rows);
  if (decides(tree)) {
    const leaves = leavesOf(measured);
    const [support, agreeing] = (['support', 'agreeing'] as const).map((key) =>
      leaves.reduce((sum, leaf) => sum + leaf[key], 0),
    );
    return { tree: measured, fidelity: 1 - (support - agreeing) / support };
  }
  const loss = lossOfTree(tree, data, rows);
  return { tree: measured, fidelity: 1 - loss / worstLoss(tree, data, rows) };
}

/** The loss of fidelity 0: all weight for decisions, all variance for numbers. */
export function worstLoss(tree: Tree, data: LogicData, rows: Uint32Array): number {
  let [weight, sum] = [0, 0];
  for (const row of rows) {
    weight += weightOf(data, row);
    sum += weightOf(data, row) * data.target[row];
  }
  if (decides(tree)) return weight;
  const mean: Affine = { offset: sum / weight, terms: [] };
  const variance = lossOf({ kind: 'values', cells: [mean] }, data, rows);
  const rounding = weight * (AGREEMENT * mean.offset) ** 2;
  return Math.max(variance, rounding, Number.MIN_VALUE);
}

/** Whether the leaves are classes. */
export function decides(tree: Tree): boolean {
  return tree.kind === 'leaf' ? tree.prediction.kind === 'class' : decides(tree.yes);
}

function withSupport(tree: Tree, data: LogicData, rows: Uint32Array): Tree {
  if (tree.kind === 'leaf') return leafWithSupport(tree.prediction, data, rows);
  const { yes, no } = divideRows(tree.condition, data.columns, rows);
  return {
    ...tree,
    yes: withSupport(tree.yes, data, yes),
    no: withSupport(tree.no, data, no),
  };
}

/** A leaf with the weight of the rows, and of those whose target it predicts. */
export function leafWithSupport(prediction: Prediction, data: TargetRows, rows: Uint32Array): Leaf {
  let [support, agreeing] = [0, 0];
  for (const row of rows) {
    const target = data.target[row];
    const error = Math.abs(predictedAt(prediction, data.columns, row) - target);
    support += weightOf(data, row);
    if (error <= AGREEMENT * Math.abs(target)) agreeing += weightOf(data, row);
  }
  return { kind: 'leaf', prediction, support, agreeing };
}
