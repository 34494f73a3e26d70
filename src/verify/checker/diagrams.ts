/**
 * Decision diagrams: functions of variables as reduced, ordered graphs with shared nodes and numbers
 * at the leaves (Bryant, "Graph-based algorithms for Boolean function manipulation", 1986). Equal
 * functions are the same node, and every leaf is reached by some choice. Variables may have any finite
 * number of values; level k decides on the k-th variable of the order.
 */
import type { Budget } from './budget.js';
import { PairTable } from './pair-table.js';
import { Undecided } from './undecided.js';

/** Most nodes at a time: thirty megabytes. */
const MAX_NODES = 1 << 18;

/** Steps of the budget that one step of an operation takes: lookups in a few hash tables. */
const STEP = 400;

/** Level of the leaves, below all others. */
const LEAF = 0x3fffffff;

export type Operator = (a: number, b: number) => number;

/** A leaf of extreme value. */
export interface Extreme {
  readonly value: number;
  /** For levels on the way to it the index of the value chosen; the others do not matter. */
  readonly path: ReadonlyMap<number, number>;
  /** Nodes looked at. */
  readonly nodes: number;
}

export class Diagrams {
  private readonly levels: number[] = [];
  private readonly firsts: number[] = [];
  private readonly children: number[] = [];
  /** Values of leaves; NaN for inner nodes. */
  private readonly values: number[] = [];
  private readonly leaves = new Map<number, number>();
  /** Folds (level, child, child …) to one number; the node that has been made of it, or −1. */
  private readonly pairs = new PairTable();
  private readonly nodeOf: number[] = [];

  constructor(
    /** Number of values of the variable of each level; more may be appended. */
    private readonly sizes: readonly number[],
    private readonly budget: Budget,
  ) {}

  /** The constant function. */
  leaf(value: number): number {
    const known = this.leaves.get(value);
    if (known !== undefined) return known;
    const node = this.add(LEAF);
    this.values[node] = value;
    this.leaves.set(value, node);
    return node;
  }

  /** The function that is children[k] where the variable of the level has its k-th value. */
  node(level: number, children: readonly number[]): number {
    const [first] = children;
    let same = true;
    let key = -1 - level;
    for (const child of children) {
      if (child !== first) same = false;
      key = this.pairs.numberOf(key, child);
      if (key === this.nodeOf.length) this.nodeOf.push(-1);
    }
    if (same) return first;
    if (this.nodeOf[key] >= 0) return this.nodeOf[key];
    const node = this.add(level);
    for (const child of children) this.children.push(child);
    this.nodeOf[key] = node;
    return node;
  }

  /** The value of a leaf; undefined for other nodes. */
  valueOf(node: number): number | undefined {
    return this.levels[node] === LEAF ? this.values[node] : undefined;
  }

  levelOf(node: number): number {
    return this.levels[node];
  }

  childOf(node: number, index: number): number {
    return this.children[this.firsts[node] + index];
  }

  /** operator(a, b), at every input. */
  apply(operator: Operator, a: number, b: number): number {
    const pairs = new PairTable();
    const done: number[] = [];
    const visit = (x: number, y: number): number => {
      const level = Math.min(this.levels[x], this.levels[y]);
      if (level === LEAF) return this.leaf(operator(this.values[x], this.values[y]));
      const key = pairs.numberOf(x, y);
      if (key < done.length) return done[key];
      done.push(-1);
      this.budget.spend(STEP);
      const children: number[] = [];
      for (let k = 0; k < this.sizes[level]; k++) {
        const left = this.levels[x] === level ? this.childOf(x, k) : x;
        const right = this.levels[y] === level ? this.childOf(y, k) : y;
        children.push(visit(left, right));
      }
      done[key] = this.node(level, children);
      return done[key];
    };
    return visit(a, b);
  }

  /** change(a), at every input. */
  map(change: (value: number) => number, a: number): number {
    const done = new Map<number, number>();
    const visit = (x: number): number => {
      const level = this.levels[x];
      if (level === LEAF) return this.leaf(change(this.values[x]));
      const known = done.get(x);
      if (known !== undefined) return known;
      this.budget.spend(STEP);
      const children: number[] = [];
      for (let k = 0; k < this.sizes[level]; k++) children.push(visit(this.childOf(x, k)));
      const node = this.node(level, children);
      done.set(x, node);
      return node;
    };
    return visit(a);
  }

  /** The leaf of least (or greatest) value below a node. @throws Undecided where one is NaN. */
  extreme(root: number, greatest: boolean): Extreme {
    const sign = greatest ? -1 : 1;
    const best = new Map<number, number>();
    const visit = (node: number): number => {
      const level = this.levels[node];
      if (level === LEAF) return sign * this.values[node];
      const known = best.get(node);
      if (known !== undefined) return known;
      let least = Infinity;
      for (let k = 0; k < this.sizes[level]; k++) {
        least = Math.min(least, visit(this.childOf(node, k)));
      }
      best.set(node, least);
      return least;
    };
    const target = visit(root);
    // No leaf equals NaN: the walk below would not end.
    if (Number.isNaN(target)) throw new Undecided('a value that is no number');
    const path = new Map<number, number>();
    let node = root;
    while (this.levels[node] !== LEAF) {
      const level = this.levels[node];
      let choice = 0;
      while (visit(this.childOf(node, choice)) !== target) choice++;
      path.set(level, choice);
      node = this.childOf(node, choice);
    }
    return { value: this.values[node], path, nodes: best.size + 1 };
  }

  private add(level: number): number {
    if (this.levels.length >= MAX_NODES) throw new Undecided('a decision diagram too large');
    this.levels.push(level);
    this.firsts.push(this.children.length);
    this.values.push(NaN);
    return this.levels.length - 1;
  }
}
