/**
 * Symbolic numbers: lazy linear forms ("ropes"). `total += x` makes one node; the flat form is
 * computed on demand, by reverse accumulation over the nodes. The value of a node is a real number,
 * in real arithmetic on the constants of the text; `err` bounds how far the float that the text
 * really computes can be from it.
 */
import { NO_GRID, above, below, fitsGrid, gridOf, productError, roundingOf } from './float.js';
import type { Accumulator, Form, Range } from './forms.js';
import { magnitude } from './forms.js';

/** left · leftFactor + right · rightFactor + constant, or one atom. */
export class Num implements Range {
  /** Scratch of the flattening. */
  mark = 0;
  done = 0;
  sum = 0;
  /** The flat form, once asked for. */
  form: Form | undefined = undefined;

  constructor(
    /** Number of the atom that this is; −1 for a sum. */
    readonly atom: number,
    readonly left: Num | undefined,
    readonly leftFactor: number,
    readonly right: Num | undefined,
    readonly rightFactor: number,
    readonly constant: number,
    readonly lo: number,
    readonly hi: number,
    readonly grid: number,
    readonly err: number,
    /** The float has the sign of the value, whatever `err`: one rounding of exact operands. */
    readonly signed: boolean = err === 0,
  ) {}
}

/**
 * a · factorA + b · factorB + constant as the text computes it with one rounding at the end. Without
 * `rounded`, as real arithmetic has it: the errors of the parts pass through, none is added.
 */
export function combine(
  a: Num,
  factorA: number,
  b: Num | undefined,
  factorB: number,
  constant: number,
  rounded: boolean,
): Num {
  let lo = factorA * (factorA > 0 ? a.lo : a.hi) + constant;
  let hi = factorA * (factorA > 0 ? a.hi : a.lo) + constant;
  let grid = scaledGrid(a, factorA);
  if (constant !== 0) grid = Math.min(grid, gridOf(constant));
  let err = a.err * Math.abs(factorA);
  if (b !== undefined) {
    lo += factorB * (factorB > 0 ? b.lo : b.hi);
    hi += factorB * (factorB > 0 ? b.hi : b.lo);
    grid = Math.min(grid, scaledGrid(b, factorB));
    err += b.err * Math.abs(factorB);
  }
  if (Number.isNaN(lo) || Number.isNaN(hi) || Number.isNaN(err)) {
    lo = -Infinity;
    hi = Infinity;
    err = Infinity;
  }
  // A sum of two floats rounds to 0 only where it is 0 (IEEE 754 has gradual underflow).
  const signed = err === 0 && isUnit(factorA) && (b === undefined || (isUnit(factorB) && constant === 0)); // prettier-ignore
  const size = Math.max(Math.abs(lo), Math.abs(hi));
  if (err !== 0 || !fitsGrid(size, grid)) {
    lo = below(lo);
    hi = above(hi);
    if (rounded) err += roundingOf(size + err);
    if (!fitsGrid(size, grid)) grid = NO_GRID;
  }
  return new Num(-1, a, factorA, b, factorB, constant, lo, hi, grid, err, signed);
}

/** The grid of a number times a factor. */
function scaledGrid({ grid }: Num, factor: number): number {
  return grid === NO_GRID || isUnit(factor) ? grid : grid + gridOf(factor);
}

function isUnit(factor: number): boolean {
  return factor === 1 || factor === -1;
}

/** The same value with other knowledge about it: a hull, a grid and an error bound that hold too. */
export function withBounds(a: Num, lo: number, hi: number, grid: number, err: number): Num {
  return new Num(-1, a, 1, undefined, 0, 0, lo, hi, grid, err);
}

/** Flattens ropes; owns the scratch marks of all nodes that it is given. */
export class Flattener {
  private stamp = 0;

  constructor(private readonly accumulator: Accumulator) {}

  /** The form of a number, exact but for its slop. Linear in the number of nodes below it. */
  flatten(num: Num): Form {
    if (num.form !== undefined) return num.form;
    const stamp = ++this.stamp;
    const order = topologicalOrder(num, stamp);
    num.sum = 1;
    for (let k = order.length - 1; k >= 0; k--) this.spread(order[k]);
    num.form = this.accumulator.finish();
    return num.form;
  }

  private spread(node: Num): void {
    const factor = node.sum;
    if (factor === 0) return;
    if (node.form !== undefined) {
      this.accumulator.addForm(node.form, factor);
      return;
    }
    if (node.atom >= 0) {
      this.accumulator.add(node.atom, factor);
      return;
    }
    if (node.left !== undefined) this.pass(node.left, factor, node.leftFactor);
    if (node.right !== undefined) this.pass(node.right, factor, node.rightFactor);
    if (node.constant !== 0) {
      const product = factor * node.constant;
      this.accumulator.addSlop(productError(factor, node.constant, product));
      this.accumulator.addConstant(product);
    }
  }

  private pass(child: Num, factor: number, own: number): void {
    const product = factor * own;
    const old = child.sum;
    child.sum = old + product;
    const virtual = child.sum - old;
    const lost = Math.abs(old - (child.sum - virtual) + (product - virtual));
    const error = lost + productError(factor, own, product);
    if (error !== 0) this.accumulator.addSlop(error * magnitude(child));
  }
}

/** Children before parents, the root last; iterative, since ropes are thousands of nodes deep. */
function topologicalOrder(root: Num, stamp: number): Num[] {
  const order: Num[] = [];
  const stack: Num[] = [root];
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    if (node.mark !== stamp) {
      node.mark = stamp;
      node.sum = 0;
      if (node.form === undefined && node.atom < 0) {
        if (node.left !== undefined && node.left.mark !== stamp) stack.push(node.left);
        if (node.right !== undefined && node.right.mark !== stamp) stack.push(node.right);
      }
    } else {
      stack.pop();
      if (node.done !== stamp) {
        node.done = stamp;
        order.push(node);
      }
    }
  }
  return order;
}
