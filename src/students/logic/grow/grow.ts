/**
 * Grows a decision tree: the node whose split gains most is split first, until the leaves are as many as
 * allowed or nothing gains any more. Each axis is sorted once; splits only divide the orders.
 */
import { leafWithSupport } from '../measure.js';
import type { LogicData, LogicProblem } from '../problem.js';
import { holds } from '../tree.js';
import type { Condition, Tree } from '../tree.js';
import { findAffineSplit } from './affine-split.js';
import { fitAffine, hasAffineLeaves } from './affine.js';
import { axesOf, conditionOf } from './axes.js';
import type { Axis } from './axes.js';
import { findBestSplit, ROUNDING_SHARE } from './best-split.js';
import type { Choice } from './best-split.js';
import { DOUBTED_SHARE, lookAhead } from './look-ahead.js';
import { findMOfNSplit } from './m-of-n-split.js';
import { narrowThreshold } from './narrow-threshold.js';
import { findObliqueSplit } from './oblique-split.js';
import { mergeRows, partitionRows, sortRows } from './presort.js';
import { Prober } from './prober.js';
import { narrowRegion, wholeRegion } from './region.js';
import type { Region } from './region.js';
import { RowStore } from './row-store.js';
import { leafPrediction } from './leaf-prediction.js';
import { clampTo, measureOf, statisticsOf, UNBOUNDED } from './statistics.js';
import type { Bounds, Measure, Rows, Statistics } from './statistics.js';

/** Nodes where two splits are tried at once: it takes much longer than one. */
const MOST_LOOKS = 8;

/** How much more than a threshold a question over several features gains, which takes longer to read. */
const RICH_ADVANTAGE = 1.1;

/** Two splits deep are so many leaves. */
const LEAVES_OF_PAIR = 4;

export interface Growth {
  readonly tree: Tree;
  /** The rows that it learned from: those given, then those asked for, with the weights they counted. */
  readonly data: LogicData;
  /** Points that the network was asked for. */
  readonly asked: number;
}

/** For each axis the rows of a node at `start` .. `end` − 1. */
interface Orders {
  readonly orders: readonly Uint32Array[];
  readonly start: number;
  readonly end: number;
}

/** Its orders may be shared with the other side of a split. */
interface GrowingNode extends Orders {
  readonly depth: number;
  readonly bounds: Bounds;
  /** Where the network is asked for more; absent: nowhere. */
  readonly region: Region | undefined;
  readonly statistics: Statistics;
  readonly choice: Choice | undefined;
  sides?: { readonly condition: Condition; readonly yes: GrowingNode; readonly no: GrowingNode };
}

/** The tree of `growWithProbes`. */
export function growTree(problem: LogicProblem): Tree {
  return growWithProbes(problem).tree;
}

/** @param problem with at least one row; all numbers finite, classes among 0 .. classes − 1. */
export function growWithProbes(problem: LogicProblem): Growth {
  const grower = new Grower(problem);
  const root = grower.grow();
  const { store } = grower;
  return {
    tree: grower.treeOf(root),
    data: store.toData(problem.data.names),
    asked: grower.prober.asked,
  };
}

class Grower {
  readonly store: RowStore;
  readonly prober: Prober;
  private readonly axes: readonly Axis[];
  private readonly measure: Measure;
  /** Times that it may still look two splits deep. */
  private looks = MOST_LOOKS;
  private marks: Uint8Array;
  private spare: Uint32Array;

  constructor(private readonly problem: LogicProblem) {
    this.store = new RowStore(problem);
    this.prober = new Prober(problem, this.store);
    this.axes = axesOf(problem);
    this.measure = measureOf(problem);
    this.marks = new Uint8Array(this.store.count);
    this.spare = new Uint32Array(this.store.count);
  }

  grow(): GrowingNode {
    const { store, axes } = this;
    const orders = axes.map(({ column }) => sortRows(store.columns[column], 0, store.count));
    const region = this.prober.isOn ? wholeRegion(this.problem, store) : undefined;
    const root = this.createNode({ orders, start: 0, end: store.count }, 0, UNBOUNDED, region);
    const open = [root];
    for (let leaves = 1; leaves < this.problem.settings.maxLeaves; leaves++) {
      const position = positionOfBest(open);
      if (position < 0) break;
      const [node] = open.splice(position, 1);
      if (node.choice === undefined) break;
      const { yes, no } = (node.sides = this.divide(node, node.choice));
      open.push(yes, no);
    }
    return root;
  }

  treeOf(node: GrowingNode): Tree {
    if (node.sides !== undefined) {
      const { condition, yes, no } = node.sides;
      return { kind: 'split', condition, yes: this.treeOf(yes), no: this.treeOf(no) };
    }
    const rows = rowsOf(node);
    const prediction = leafPrediction(this.problem, this.store, node.statistics, node.bounds, rows);
    const { order, start, end } = rows;
    return leafWithSupport(prediction, this.store, order.subarray(start, end));
  }

  private createNode(
    given: Orders,
    depth: number,
    bounds: Bounds,
    region: Region | undefined,
  ): GrowingNode {
    const { maxDepth, minSupport } = this.problem.settings;
    let rows = given;
    let statistics = this.statisticsOf(rows);
    if (region !== undefined && depth < maxDepth) {
      for (const isPure of [true, false]) {
        if (!isPure && !isMixed(statistics)) break;
        rows = this.withNewRows(rows, () => this.prober.fill(rowsOf(rows), region, isPure));
        statistics = this.statisticsOf(rows);
      }
    }
    const isOpen =
      depth < maxDepth && rows.end - rows.start >= 2 * minSupport && isMixed(statistics);
    const choice = isOpen ? this.choose(rows, statistics, depth) : undefined;
    return { ...rows, depth, bounds, region, statistics, choice };
  }

  /** The best split; where it gains little, two splits deep. */
  private choose(rows: Orders, statistics: Statistics, depth: number): Choice | undefined {
    const { store, axes, measure } = this;
    const { maxDepth, maxLeaves, minSupport } = this.problem.settings;
    if (hasAffineLeaves(this.problem)) {
      const fit = fitAffine(store, this.problem.domains.length, rowsOf(rows));
      return findAffineSplit(store, axes, rows, fit, statistics.impurity, minSupport);
    }
    const found = findBestSplit(store, axes, rows, statistics, measure, minSupport);
    const rich = this.findRich(rows, found?.gain ?? 0);
    if (rich !== undefined) return rich;
    const isDoubted = (found?.gain ?? 0) < DOUBTED_SHARE * statistics.impurity;
    const hasRoom = depth + 2 <= maxDepth && maxLeaves >= LEAVES_OF_PAIR;
    if (!isDoubted || !hasRoom || this.looks === 0) return found;
    this.looks--;
    return lookAhead(store, axes, rows, statistics, measure, minSupport, found);
  }

  /** A question over several features, where such are wanted and it gains enough more than `axis` does. */
  private findRich(nodeRows: Orders, axis: number): Choice | undefined {
    const { store, axes, measure } = this;
    const { splits, minSupport, monotone } = this.problem.settings;
    if (splits === 'axis' || Object.keys(monotone).length > 0) return undefined;
    const { order, start, end } = rowsOf(nodeRows);
    const find = splits === 'oblique' ? findObliqueSplit : findMOfNSplit;
    const found = find(store, axes, order.subarray(start, end), measure, minSupport);
    if (found === undefined || !(found.gain > RICH_ADVANTAGE * axis)) return undefined;
    return { kind: 'rich', ...found };
  }

  private statisticsOf(rows: Orders): Statistics {
    return statisticsOf(this.store, this.measure, rowsOf(rows));
  }

  /** The rows and those that `add` puts into the store, in orders of their own. */
  private withNewRows(rows: Orders, add: () => void): Orders {
    const { store, axes } = this;
    const { orders, start, end } = rows;
    const first = store.count;
    add();
    if (store.count === first) return rows;
    const merged = axes.map(({ column }, k) => {
      const values = store.columns[column];
      return mergeRows(
        values,
        orders[k].subarray(start, end),
        sortRows(values, first, store.count),
      );
    });
    if (this.marks.length < store.count) {
      this.marks = new Uint8Array(2 * store.count);
      this.spare = new Uint32Array(2 * store.count);
    }
    return { orders: merged, start: 0, end: end - start + store.count - first };
  }

  private divide(node: GrowingNode, found: Choice): NonNullable<GrowingNode['sides']> {
    const { depth, region } = node;
    const { rows, choice } = this.narrow(node, found);
    const { orders, start, end } = rows;
    this.markRows(rows, choice);
    let middle = start;
    // Nodes at the greatest depth are leaves, of which only the rows matter.
    const isLast = depth + 1 === this.problem.settings.maxDepth;
    for (const order of isLast ? orders.slice(0, 1) : orders) {
      middle = partitionRows(order, start, end, this.marks, this.spare);
    }
    const [forNo, forYes] = this.boundsOf(node.bounds, rows, choice, middle);
    const condition = conditionOf(choice);
    const [no, yes] = [false, true].map((isYes) => {
      const part = isYes ? { orders, start: middle, end } : { orders, start, end: middle };
      const rest = region && narrowRegion(region, choice, isYes);
      return this.createNode(part, depth + 1, isYes ? forYes : forNo, rest);
    });
    return { condition, no, yes };
  }

  /** A threshold of a feature that can be asked anywhere is moved to where the network changes over. */
  private narrow(
    node: GrowingNode,
    choice: Choice,
  ): { readonly rows: Orders; readonly choice: Choice } {
    const { region, orders, start, end, statistics } = node;
    const isNarrowed =
      choice.kind === 'above' &&
      !choice.isAhead &&
      region?.cells[choice.axis.features[0]].kind === 'interval';
    if (!isNarrowed) return { rows: node, choice };
    const { store, prober, measure } = this;
    const order = orders[this.axes.indexOf(choice.axis)];
    let narrowed: Choice = choice;
    const rows = this.withNewRows(node, () => {
      narrowed = narrowThreshold(store, prober, measure, { order, start, end }, statistics, choice);
    });
    return { rows, choice: narrowed };
  }

  /** Marks the rows for which the condition holds. */
  private markRows({ orders, start, end }: Orders, choice: Choice): void {
    if (choice.kind === 'rich') {
      const { columns } = this.store;
      for (let at = start; at < end; at++) {
        const row = orders[0][at];
        this.marks[row] = holds(choice.condition, (feature) => columns[feature][row]) ? 1 : 0;
      }
      return;
    }
    const column = this.store.columns[choice.axis.column];
    const [order] = orders;
    if (choice.kind === 'above') {
      const { threshold } = choice;
      for (let at = start; at < end; at++) {
        this.marks[order[at]] = column[order[at]] > threshold ? 1 : 0;
      }
      return;
    }
    const values = new Set(choice.values);
    for (let at = start; at < end; at++) {
      this.marks[order[at]] = values.has(column[order[at]]) ? 1 : 0;
    }
  }

  /** Both sides of a monotone axis keep to their side of the middle between their means. */
  private boundsOf(
    bounds: Bounds,
    { orders, start, end }: Orders,
    choice: Choice,
    middle: number,
  ): readonly [Bounds, Bounds] {
    const monotone = choice.kind === 'rich' ? 0 : choice.axis.monotone;
    if (monotone === 0) return [bounds, bounds];
    const [no, yes] = [
      { order: orders[0], start, end: middle },
      { order: orders[0], start: middle, end },
    ].map((rows) => clampTo(bounds, statisticsOf(this.store, this.measure, rows).mean));
    const lower = { least: bounds.least, most: (no + yes) / 2 };
    const upper = { least: (no + yes) / 2, most: bounds.most };
    return monotone > 0 ? [lower, upper] : [upper, lower];
  }
}

/** The rows in the order of the first axis. */
function rowsOf({ orders, start, end }: Orders): Rows {
  return { order: orders[0], start, end };
}

function isMixed({ impurity, weight, mean }: Statistics): boolean {
  return impurity > ROUNDING_SHARE * weight * (1 + mean * mean);
}

/** The node whose split gains most, the first of equal ones; −1 where no node can be split. */
function positionOfBest(open: readonly GrowingNode[]): number {
  let [position, gain] = [-1, 0];
  open.forEach(({ choice }, k) => {
    if (choice === undefined || choice.gain <= gain) return;
    [position, gain] = [k, choice.gain];
  });
  return position;
}
