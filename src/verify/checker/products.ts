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
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';

/** Largest number of conjunctions that one product may distribute into. */
const MAX_EXPANSION = 48;

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
  const atom = context.operationAtom(name, [left, right], range);
  const slop = left.slop * magnitude(b) + right.slop * magnitude(a) + left.slop * right.slop;
  return slop === 0 ? atom : withBounds(atom, range.lo, range.hi, range.grid, slop);
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

/** a · b as the text computes it, with its rounding error. */
export function multiplied(context: Context, a: Num, b: Num): Num {
  const real = productOf(context, a, b);
  const range = productRange(a, b);
  const [sizeA, sizeB] = [magnitude(a), magnitude(b)];
  let err = a.err * sizeB + b.err * sizeA + a.err * b.err;
  const size = Math.max(Math.abs(range.lo), Math.abs(range.hi));
  if (err !== 0 || !fitsGrid(size, range.grid)) err += roundingOf(size + err);
  if (Number.isNaN(err)) err = Infinity;
  return withBounds(real, range.lo, range.hi, range.grid, Math.max(err, real.err));
}

/** condition ? x : y, for a 0/1 condition; no operation of the text, so nothing is rounded. */
export function choose(context: Context, condition: Num, x: Num, y: Num): Num {
  if (x === y) return x;
  const form = context.flatten(condition);
  if (form.atoms.length === 0) return form.constant === 1 ? x : y;
  const [one, other] = [context.flatten(x), context.flatten(y)];
  let value: Num;
  if (one.atoms.length === 0 && other.atoms.length === 0) {
    const chosen = combine(condition, one.constant, undefined, 0, 0, false);
    value = combine(chosen, 1, condition, -other.constant, other.constant, false);
  } else {
    const difference = combine(x, 1, y, -1, 0, false);
    value = combine(y, 1, productOf(context, condition, difference), 1, 0, false);
  }
  const lo = Math.min(x.lo, y.lo);
  const hi = Math.max(x.hi, y.hi);
  return withBounds(value, lo, hi, Math.min(x.grid, y.grid), Math.max(x.err, y.err));
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
