/**
 * Remainders and integer parts of symbolic numbers: thresholds where the values are few, else opaque. A
 * rounded number may have another integer part than the number that it stands for, so that its
 * thresholds are in doubt by its error.
 */
import type { Context } from './context.js';
import type { Form } from './forms.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import { constantForm, reluOf } from './operations.js';
import { roundHalfEven } from '../../ir/stage-values.js';
import { Comparison } from './thresholds.js';
import { Undecided } from './undecided.js';

/** Multiples of the divisor up to which a remainder is written with thresholds. */
const MAX_MULTIPLES = 3;

/** Values up to which an integer part is written with thresholds. */
const MAX_VALUES = 64;

/** a % modulus with JavaScript's sign of the dividend; the float remainder is exact. */
export function remainder(context: Context, a: Num, modulus: number): Num {
  const size = Math.abs(modulus);
  if (a.err !== 0) throw new Undecided('the remainder of a rounded number');
  if (a.lo > -size && a.hi < size) return a;
  const multiples = a.grid >= 0 && a.lo > -size ? Math.floor(a.hi / size) : Infinity;
  if (multiples <= MAX_MULTIPLES) {
    const quotient = countedUp(context, a, 1, multiples, size);
    const value = combine(a, 1, quotient, -size, 0, false);
    return withBounds(value, Math.min(0, Math.ceil(a.lo)), size - 1, 0, 0);
  }
  const form = context.flatten(a);
  const lo = a.lo < 0 ? -size : 0;
  const divisor: Form = constantForm(size);
  const range = { lo, hi: a.hi > 0 ? size : 0, grid: a.grid };
  if (form.slop !== 0 || a.grid < 0) throw new Undecided('the remainder of a number that is no integer'); // prettier-ignore
  return context.operationAtom('modulo', [form, divisor], range);
}

/** The largest integer ≤ a. */
export function floorOf(context: Context, a: Num): Num {
  if (a.grid >= 0 && a.err === 0) return a;
  const [low, high] = [Math.floor(a.lo - a.err), Math.floor(a.hi + a.err)];
  if (low === high) return context.constant(low);
  if (!(high - low <= MAX_VALUES)) return opaque(context, 'floor', a, low, high);
  return counted(low, countedUp(context, a, low + 1, high, 1), high);
}

/** The smallest integer ≥ a. */
export function ceilOf(context: Context, a: Num): Num {
  return negative(floorOf(context, negative(a)));
}

/** The integer part towards 0. */
export function truncOf(context: Context, a: Num): Num {
  if (a.grid >= 0 && a.err === 0) return a;
  if (a.lo - a.err >= 0) return floorOf(context, a);
  if (a.hi + a.err <= 0) return ceilOf(context, a);
  const [low, high] = [Math.ceil(a.lo - a.err), Math.floor(a.hi + a.err)];
  if (high - low <= MAX_VALUES) {
    const above = countedUp(context, a, 1, high, 1);
    const below = countedUp(context, negative(a), 1, -low, 1);
    return withBounds(combine(above, 1, below, -1, 0, false), low, high, 0, 0);
  }
  const above = floorOf(context, reluOf(context, a));
  const below = floorOf(context, reluOf(context, negative(a)));
  return withBounds(combine(above, 1, below, -1, 0, false), low, high, 0, 0);
}

/** The nearest integer, the upper one where two are equally near: Math.round. */
export function roundOf(context: Context, a: Num): Num {
  if (a.grid >= 0 && a.err === 0) return a;
  return floorOf(context, combine(a, 1, undefined, 0, 0.5, false));
}

/** The nearest integer, the even one where two are equally near. */
export function roundHalfEvenOf(context: Context, a: Num): Num {
  if (a.grid >= 0 && a.err === 0) return a;
  const [low, high] = [roundHalfEven(a.lo - a.err), roundHalfEven(a.hi + a.err)];
  if (low === high) return context.constant(low);
  if (!(high - low <= MAX_VALUES)) return opaque(context, 'round', a, low, high);
  const comparison = new Comparison(context, context.flatten(a), a.err, a);
  let count = context.constant(0);
  for (let k = low + 1; k <= high; k++) {
    // k − ½ is as near to k as to k − 1: it goes to the even one of them.
    count = combine(count, 1, comparison.exceeds(k - 0.5, k % 2 !== 0), 1, 0, false);
  }
  return counted(low, count, high);
}

function negative(a: Num): Num {
  return combine(a, -1, undefined, 0, 0, false);
}

function opaque(context: Context, name: 'floor' | 'round', a: Num, lo: number, hi: number): Num {
  const form = context.flatten(a);
  if (a.err !== 0 || form.slop !== 0) throw new Undecided('an integer part of a rounded number');
  return context.operationAtom(name, [form], { lo, hi, grid: 0 });
}

/** low + count. */
function counted(low: number, count: Num, high: number): Num {
  return withBounds(combine(count, 1, undefined, 0, low, false), low, high, 0, 0);
}

/** The number of k from `first` to `last` with a ≥ k · size. */
function countedUp(context: Context, a: Num, first: number, last: number, size: number): Num {
  const comparison = new Comparison(context, context.flatten(a), a.err, a);
  let count = context.constant(0);
  for (let k = first; k <= last; k++) {
    count = combine(count, 1, comparison.exceeds(k * size, false), 1, 0, false);
  }
  return count;
}
