/**
 * Products and choices in canonical form. 0/1 values distribute over short sums of 0/1 atoms, which
 * turns them into conjunctions; a choice c ? x : y is y + c·(x − y), told by its parts so that no
 * coefficient is rounded, and bounded by the hull of x and y, since it *is* one of them.
 */
import type { Context } from './context.js';
import { conjunction, literalsOf } from './conjunctions.js';
import { NO_GRID, above, below, fitsGrid, roundingOf } from './float.js';
import type { Form } from './forms.js';
import { hull, magnitude } from './forms.js';
import { movedBy } from './functions.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import { Thresholds } from './thresholds.js';

/** Largest number of conjunctions that one product may distribute into. */
const MAX_EXPANSION = 48;

/** Forms of more terms are abbreviated where they have at most so many values beyond the least. */
const MAX_LENGTH = 8;
const MAX_SPAN = 4;

/** a · b in real arithmetic; exact but for slop, carrying no error bound of its own. */
export function productOf(context: Context, a: Num, b: Num): Num {
  const left = context.flatten(a);
  const right = context.flatten(b);
  if (left.atoms.length === 0 && left.slop === 0) {
    return combine(b, left.constant, undefined, 0, 0, false);
  }
  if (right.atoms.length === 0 && right.slop === 0) {
    return combine(a, right.constant, undefined, 0, 0, false);
  }
  const both = literalsOf(context, left);
  const other = both === undefined ? undefined : literalsOf(context, right);
  if (both !== undefined && other !== undefined) return conjunction(context, [...both, ...other]);
  if (
    left.slop === 0 &&
    right.slop === 0 &&
    left.atoms.length * right.atoms.length <= MAX_EXPANSION &&
    onlyBinary(context, left) &&
    onlyBinary(context, right)
  ) {
    return distribute(context, left, right);
  }
  const [first, second] =
    context.formKey(left) <= context.formKey(right) ? [left, right] : [right, left];
  return withSlop(context, 'product', first, second, a, b);
}

function onlyBinary(context: Context, form: Form): boolean {
  return form.atoms.every((atom) => context.atoms[atom].binary);
}

function withSlop(context: Context, name: 'product', left: Form, right: Form, a: Num, b: Num): Num {
  const range = productRange(a, b);
  const square = left === right || context.formKey(left) === context.formKey(right);
  if (square) range.lo = Math.max(range.lo, 0);
  const slop = left.slop * magnitude(b) + right.slop * magnitude(a) + left.slop * right.slop;
  const wide = { lo: range.lo - slop, hi: range.hi + slop, grid: range.grid };
  const atom = context.operationAtom(name, [left, right], square ? { ...wide, lo: 0 } : wide);
  return withBounds(atom, range.lo, range.hi, range.grid, slop, square);
}

function productRange(a: Num, b: Num): { lo: number; hi: number; grid: number } {
  const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  if (corners.some((corner) => Number.isNaN(corner))) {
    return { lo: -Infinity, hi: Infinity, grid: NO_GRID };
  }
  const grid = a.grid + b.grid;
  const [lo, hi] = [Math.min(...corners), Math.max(...corners)];
  return fitsGrid(Math.max(Math.abs(lo), Math.abs(hi)), grid)
    ? { lo, hi, grid }
    : { lo: below(lo), hi: above(hi), grid: NO_GRID };
}

/** (c + Σ k·A)·(d + Σ l·B) with A·B = A ∧ B; every product of coefficients keeps its rounding. */
function distribute(context: Context, left: Form, right: Form): Num {
  let sum = context.constant(0);
  const add = (value: Num, k: number, l: number) => {
    const scaled = combine(value, k, undefined, 0, 0, false);
    sum = combine(sum, 1, scaled, l, 0, false);
  };
  add(context.constant(left.constant), right.constant, 1);
  right.atoms.forEach((atom, j) => {
    add(context.leaf(atom), left.constant, right.coefficients[j]);
  });
  left.atoms.forEach((atom, i) => {
    add(context.leaf(atom), right.constant, left.coefficients[i]);
    right.atoms.forEach((other, j) => {
      const both = conjunction(context, [2 * atom, 2 * other]);
      add(both, left.coefficients[i], right.coefficients[j]);
    });
  });
  return sum;
}

/** a · b in real arithmetic; the errors of both pass through. */
export function times(context: Context, a: Num, b: Num): Num {
  const real = productOf(context, a, b);
  const range = productRange(a, b);
  const err = movedBy('product', [a, b], [a.err, b.err]);
  const nonNegative = a === b || (a.nonNegative && b.nonNegative);
  const [lo, hi] = [Math.max(range.lo, real.lo), Math.min(range.hi, real.hi)];
  return withBounds(real, lo, hi, range.grid, err + real.err, nonNegative);
}

/** a · b as the text computes it, with its rounding error. */
export function multiplied(context: Context, a: Num, b: Num): Num {
  const exact = times(context, a, b);
  const size = magnitude(exact);
  if (exact.err === 0 && fitsGrid(size, exact.grid)) return exact;
  const err = exact.err + roundingOf(size + exact.err);
  return withBounds(exact, exact.lo, exact.hi, exact.grid, err, exact.nonNegative);
}

/**
 * The same value as lo + Σ [value ≥ n], when its form is long and its values are few integers: what is
 * computed from it stays short, however often. Other numbers are handed back as they are.
 */
export function abbreviated(context: Context, num: Num): Num {
  if (num.err !== 0 || num.grid < 0 || !(num.hi - num.lo <= MAX_SPAN)) return num;
  const form = context.flatten(num);
  if (form.atoms.length <= MAX_LENGTH || form.slop !== 0) return num;
  const thresholds = new Thresholds(context, form);
  let sum = context.constant(Math.ceil(num.lo));
  for (let value = Math.ceil(num.lo) + 1; value <= num.hi; value++) {
    sum = combine(sum, 1, thresholds.atLeast(value), 1, 0, false);
  }
  return withBounds(sum, num.lo, num.hi, 0, 0);
}

/** condition ? x : y, for a 0/1 condition; no operation of the text, so nothing is rounded. */
export function choose(context: Context, condition: Num, x: Num, y: Num): Num {
  if (x === y) return x;
  const form = context.flatten(condition);
  if (form.atoms.length === 0) return form.constant === 1 ? x : y;
  const step = constantStep(x, y);
  let value: Num;
  if (isConstant(x) && isConstant(y)) {
    const chosen = combine(condition, x.constant, undefined, 0, 0, false);
    value = combine(chosen, 1, condition, -y.constant, y.constant, false);
  } else if (step !== undefined) {
    value = combine(y, 1, condition, step, 0, false);
  } else {
    const difference = combine(x, 1, y, -1, 0, false);
    value = combine(y, 1, productOf(context, condition, difference), 1, 0, false);
  }
  let lo = Math.min(x.lo, y.lo);
  let hi = Math.max(x.hi, y.hi);
  const [grid, err] = [Math.min(x.grid, y.grid), Math.max(x.err, y.err)];
  if (grid >= 0 && hi - lo > 1 && hi - lo <= MAX_SPAN) {
    // What the condition excludes from x and y shows in their difference: state === 1 ? 0 : state + 1.
    const known = context.flatten(value);
    const [low, high] = hull(known.atoms, known.coefficients, context.atoms);
    lo = Math.max(lo, low + known.constant);
    hi = Math.min(hi, high + known.constant);
  }
  const nonNegative = x.nonNegative && y.nonNegative;
  return abbreviated(context, withBounds(value, lo, hi, grid, err, nonNegative || lo - err >= 0));
}

function isConstant(num: Num): boolean {
  return num.atom < 0 && num.left === undefined && num.right === undefined;
}

/** The k of x = y + k, where the one was made from the other so: a counter, seen without its form. */
function constantStep(x: Num, y: Num): number | undefined {
  const isNext = (a: Num, b: Num) =>
    a.atom < 0 && a.left === b && a.leftFactor === 1 && a.right === undefined;
  if (isNext(x, y)) return x.constant;
  return isNext(y, x) ? -y.constant : undefined;
}

/** Interval hull of a form with its constant, widened for rounding unless it lies on a grid. */
export function rangeOf(context: Context, form: Form): { lo: number; hi: number } {
  const [lo, hi] = hull(form.atoms, form.coefficients, context.atoms);
  // The hull is a sum of `length` rounded terms, each at most |lo| + |hi| in size.
  const size = Math.abs(lo) + Math.abs(hi) + Math.abs(form.constant);
  const slack = form.slop + 2 ** -52 * (form.atoms.length + 2) * size;
  const result = { lo: lo + form.constant - slack, hi: hi + form.constant + slack };
  return Number.isNaN(result.lo) || Number.isNaN(result.hi)
    ? { lo: -Infinity, hi: Infinity }
    : result;
}
