/**
 * Where trees are worked on: the rows that they learn from, sorted once for each axis, and trees whose splits
 * may be changed in place. Going down a tree divides the orders in place, so that every node has its rows as a
 * part of them, still in order.
 */
import { axesOf } from '../grow/axes.js';
import type { Axis } from '../grow/axes.js';
import { leafPrediction } from '../grow/leaf-prediction.js';
import { partitionRows, sortRows } from '../grow/presort.js';
import { RowStore } from '../grow/row-store.js';
import { measureOf, statisticsOf, UNBOUNDED } from '../grow/statistics.js';
import type { Measure, Rows } from '../grow/statistics.js';
import { predictedAt } from '../measure.js';
import type { LogicProblem } from '../problem.js';
import { holds } from '../tree.js';
import type { Condition, Prediction, Tree } from '../tree.js';

/** A tree that may be changed: a leaf where it has no sides. */
export interface Part {
  /** Of a split nobody asks for it. */
  prediction: Prediction;
  sides?: { condition: Condition; yes: Part; no: Part };
}

/** A leaf with its rows, `start` .. `end` − 1 of the first order. */
interface PlacedLeaf {
  readonly leaf: Part;
  readonly start: number;
  readonly end: number;
}

export class Workshop {
  readonly store: RowStore;
  readonly axes: readonly Axis[];
  readonly measure: Measure;
  /** For each axis the rows; in the order of the tree that was divided last. */
  readonly orders: readonly Uint32Array[];
  private readonly sorted: readonly Uint32Array[];
  private readonly marks: Uint8Array;
  private readonly spare: Uint32Array;

  /** @param problem its data are the rows that trees learned from. */
  constructor(readonly problem: LogicProblem) {
    this.store = new RowStore(problem);
    this.axes = axesOf(problem);
    this.measure = measureOf(problem);
    const { store } = this;
    this.sorted = this.axes.map(({ column }) => sortRows(store.columns[column], 0, store.count));
    this.orders = this.sorted.map((order) => order.slice());
    this.marks = new Uint8Array(store.count);
    this.spare = new Uint32Array(store.count);
  }

  /** Puts all orders back: all rows, those of the root. */
  reset(): void {
    this.sorted.forEach((order, k) => {
      this.orders[k].set(order);
    });
  }

  /**
   * Moves the rows for which a condition holds behind the others, in all orders or the first ones.
   *
   * @returns where they start.
   */
  divide(condition: Condition, start: number, end: number, orders = this.orders.length): number {
    const { marks } = this;
    const [order] = this.orders;
    for (let at = start; at < end; at++) marks[order[at]] = this.isHeld(condition, order[at]);
    let middle = start;
    for (let k = 0; k < orders; k++) {
      middle = partitionRows(this.orders[k], start, end, marks, this.spare);
    }
    return middle;
  }

  /** 1 where the condition holds at a row, else 0. */
  isHeld(condition: Condition, row: number): 0 | 1 {
    const { columns } = this.store;
    if (condition.kind === 'above') {
      return columns[condition.feature][row] > condition.threshold ? 1 : 0;
    }
    return holds(condition, (feature) => columns[feature][row]) ? 1 : 0;
  }

  /** What a row costs under a part: its weight where the decision is wrong, or weighted squares. */
  costAt(part: Part, row: number): number {
    let at = part;
    while (at.sides !== undefined) {
      at = this.isHeld(at.sides.condition, row) === 1 ? at.sides.yes : at.sides.no;
    }
    return this.costOf(at.prediction, row);
  }

  private costOf(prediction: Prediction, row: number): number {
    const { target, weights, columns } = this.store;
    if (prediction.kind === 'class') return prediction.index === target[row] ? 0 : weights[row];
    const error = predictedAt(prediction, columns, row) - target[row];
    return weights[row] * error * error;
  }

  /** What rows of the first order cost under a prediction. */
  costOfRows(prediction: Prediction, start: number, end: number): number {
    const [order] = this.orders;
    let cost = 0;
    for (let at = start; at < end; at++) cost += this.costOf(prediction, order[at]);
    return cost;
  }

  /** What a leaf of these rows says best, or what it says by now where that is as good. */
  bestPrediction(now: Prediction, start: number, end: number): Prediction {
    if (start === end) return now;
    const rows: Rows = { order: this.orders[0], start, end };
    const statistics = statisticsOf(this.store, this.measure, rows);
    const next = leafPrediction(this.problem, this.store, statistics, UNBOUNDED, rows);
    const isBetter = this.costOfRows(next, start, end) < this.costOfRows(now, start, end);
    return isBetter ? next : now;
  }

  /** The leaves with their rows; divides the first order alone. */
  place(root: Part): readonly PlacedLeaf[] {
    const placed: PlacedLeaf[] = [];
    const visit = (part: Part, start: number, end: number): void => {
      if (part.sides === undefined) {
        placed.push({ leaf: part, start, end });
        return;
      }
      const { condition, yes, no } = part.sides;
      const middle = this.divide(condition, start, end, 1);
      visit(yes, middle, end);
      visit(no, start, middle);
    };
    visit(root, 0, this.store.count);
    return placed;
  }
}

/** The tree as one that may be changed. */
export function partOf(tree: Tree): Part {
  if (tree.kind === 'leaf') return { prediction: tree.prediction };
  const [yes, no] = [partOf(tree.yes), partOf(tree.no)];
  return { prediction: yes.prediction, sides: { condition: tree.condition, yes, no } };
}

/** The tree as it stands by now, without supports. */
export function treeOf({ prediction, sides }: Part): Tree {
  if (sides === undefined) return { kind: 'leaf', prediction, support: 0, agreeing: 0 };
  const { condition, yes, no } = sides;
  return { kind: 'split', condition, yes: treeOf(yes), no: treeOf(no) };
}
