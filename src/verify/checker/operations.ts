/**
 * The numeric operations of the text on symbolic numbers: what their value is in real arithmetic, and
 * how far the float that JavaScript computes may be from it. Mixed operations with a constant take
 * the constant as a number. Operands that are both constants never come here: those the interpreter
 * computes as JavaScript does.
 */
import type { Context, Operation, Oracle } from './context.js';
import { literalsOf, conjunction, negate } from './conjunctions.js';
import { LIBRARY_ERROR, NO_GRID, UNIT, above, below, roundingOf } from './float.js';
import type { Form, Range } from './forms.js';
import { magnitude } from './forms.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import { Comparison } from './thresholds.js';
import { Undecided } from './undecided.js';

/** Multiples of the divisor up to which a remainder is written with thresholds. */
const MAX_MULTIPLES = 3;

/** Values that an integer part may have. */
const MAX_FLOOR = 64;

/** [a − b > 0], or [a − b ≥ 0] unless `strict`, as the text's comparison of floats answers. */
export function compareGreater(context: Context, a: Num, b: Num, strict: boolean): Num {
  const difference = combine(a, 1, b, -1, 0, false);
  const comparison = new Comparison(
    context,
    context.flatten(difference),
    doubtOf(a, b),
    difference,
  );
  return comparison.exceeds(0, strict);
}

/** How far a − b may be off where its sign is asked for. */
function doubtOf(a: Num, b: Num): number {
  if ((a.signed && isZero(b)) || (b.signed && isZero(a))) return 0;
  return a.err + b.err;
}

function isZero(num: Num): boolean {
  return num.lo === 0 && num.hi === 0 && num.err === 0;
}

/** [a = b] for floats: [a − b ≥ 0] − [a − b > 0], which is a conjunction of two thresholds. */
export function compareEqual(context: Context, a: Num, b: Num): Num {
  const difference = combine(a, 1, b, -1, 0, false);
  const comparison = new Comparison(
    context,
    context.flatten(difference),
    doubtOf(a, b),
    difference,
  );
  const notLess = comparison.exceeds(0, false);
  const greater = comparison.exceeds(0, true);
  const [x, y] = [context.flatten(notLess), context.flatten(negate(context, greater))];
  const [low, high] = [literalsOf(context, x), literalsOf(context, y)];
  if (low !== undefined && high !== undefined) return conjunction(context, [...low, ...high]);
  return combine(notLess, 1, greater, -1, 0, false);
}

/** Math.sign. */
export function signOf(context: Context, a: Num): Num {
  const comparison = new Comparison(context, context.flatten(a), a.signed ? 0 : a.err, a);
  const positive = comparison.exceeds(0, true);
  const notNegative = comparison.exceeds(0, false);
  const sum = combine(positive, 1, notNegative, 1, -1, false);
  return withBounds(sum, Math.max(-1, sum.lo), Math.min(1, sum.hi), 0, 0);
}

/** Longer sums share an atom with their negation only where it is there already: see `reluOf`. */
const MAX_TURNED = 64;

/**
 * max(a, 0) in real arithmetic, as 0/1-free atom; d and −d share one atom: relu(−d) = relu(d) − d. A short
 * sum is turned so that its first coefficient is positive. A long one would drag all its terms into every
 * sum that reads the unit, layer after layer; it is turned only where the unit of −d exists.
 */
export function reluOf(context: Context, a: Num): Num {
  if (a.lo >= 0) return a;
  if (a.hi <= 0) return context.constant(0);
  const form = context.flatten(a);
  if (form.atoms.length === 0) return context.constant(Math.max(0, form.constant));
  const isTurned =
    form.atoms.length <= MAX_TURNED
      ? form.coefficients[0] < 0
      : !context.hasRelu(form, 1) && context.hasRelu(form, -1);
  if (!isTurned) return reluAtom(context, a);
  const turned = combine(a, -1, undefined, 0, 0, false);
  const relu = reluAtom(context, turned);
  return withBounds(combine(relu, 1, turned, -1, 0, false), 0, a.hi, a.grid, a.err);
}

function reluAtom(context: Context, a: Num): Num {
  const form = context.flatten(a);
  const atom = context.operationAtom('relu', [form], { lo: 0, hi: a.hi, grid: a.grid });
  return withBounds(atom, 0, a.hi, a.grid, a.err + form.slop);
}

/** Math.abs: |d| = 2·relu(d) − d. */
export function absolute(context: Context, a: Num): Num {
  if (a.lo >= 0) return a;
  const negative = combine(a, -1, undefined, 0, 0, false);
  if (a.hi <= 0) return negative;
  const value = combine(reluOf(context, a), 2, a, -1, 0, false);
  return withBounds(value, 0, magnitude(a), a.grid, a.err);
}

/** Math.max of at least one number. */
export function maximum(context: Context, values: readonly Num[]): Num {
  if (context.oracle !== undefined) return forkedMaximum(context, context.oracle, values);
  const low = values.reduce((a, b) => Math.max(a, b.lo), -Infinity);
  const high = values.reduce((a, b) => Math.max(a, b.hi), -Infinity);
  const err = values.reduce((a, b) => Math.max(a, b.err), 0);
  const grid = values.reduce((a, b) => Math.min(a, b.grid), Infinity);
  const range: Range = { lo: low, hi: high, grid };
  const kept = values.filter((value, index) => value.hi > low || values.findIndex((v) => v.lo === low) === index); // prettier-ignore
  if (kept.length === 1) return kept[0];
  const together = binaryMaximum(context, kept) ?? pairMaximum(context, kept);
  if (together !== undefined) return withBounds(together, low, high, grid, err);
  const parts = new Map<string, Form>();
  let slop = 0;
  for (const value of kept) {
    for (const form of openedMaximum(context, context.flatten(value))) {
      parts.set(context.formKey(form), form);
      slop = Math.max(slop, form.slop);
    }
  }
  if (parts.size === 1) return kept[0];
  const sorted = [...parts.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map((p) => p[1]);
  const atom = context.operationAtom('max', sorted, range);
  return withBounds(atom, low, high, grid, err + slop);
}

function forkedMaximum(context: Context, oracle: Oracle, values: readonly Num[]): Num {
  const first = oracle.firstLargest(values.length, (a, b) =>
    context.flatten(combine(values[a], 1, values[b], -1, 0, false)),
  );
  if (first !== undefined) return values[first];
  return values.reduce((best, value) => {
    const form = context.flatten(compareGreater(context, value, best, true));
    return form.constant === 1 ? value : best;
  });
}

/** 0/1 values that are conjunctions when negated: their maximum is the disjunction. */
function binaryMaximum(context: Context, values: readonly Num[]): Num | undefined {
  const literals: number[] = [];
  for (const value of values) {
    const parts = literalsOf(context, context.flatten(negate(context, value)));
    if (parts === undefined) return undefined;
    literals.push(...parts);
  }
  return negate(context, conjunction(context, literals));
}

/** max(x, c) = c + relu(x − c), and max(x, k·x) = k·x + (1 − k)·relu(x) where x is a whole form. */
function pairMaximum(context: Context, values: readonly Num[]): Num | undefined {
  if (values.length !== 2) return undefined;
  const [a, b] = values.map((value) => context.flatten(value));
  const constant = a.atoms.length === 0 ? values[0] : b.atoms.length === 0 ? values[1] : undefined;
  if (constant !== undefined) {
    const other = constant === values[0] ? values[1] : values[0];
    const shifted = combine(other, 1, constant, -1, 0, false);
    return combine(reluOf(context, shifted), 1, constant, 1, 0, false);
  }
  return undefined;
}

/** The parts of a form that is one maximum, else the form itself. */
function openedMaximum(context: Context, form: Form): readonly Form[] {
  if (form.atoms.length !== 1 || form.coefficients[0] !== 1 || form.constant !== 0) return [form];
  const atom = context.atoms[form.atoms[0]];
  return atom.kind === 'operation' && atom.name === 'max' ? atom.parts : [form];
}

/** Math.min: the negated maximum of the negations; of 0/1 values their conjunction. */
export function minimum(context: Context, values: readonly Num[]): Num {
  const forms = values.map((value) => literalsOf(context, context.flatten(value)));
  if (context.oracle === undefined && forms.every((form) => form !== undefined)) {
    return conjunction(context, forms.flat());
  }
  const negated = values.map((value) => combine(value, -1, undefined, 0, 0, false));
  return combine(maximum(context, negated), -1, undefined, 0, 0, false);
}

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

/** The largest integer ≤ a, for what is known without rounding. */
export function floorOf(context: Context, a: Num): Num {
  if (a.err !== 0) throw new Undecided('an integer part of a rounded number');
  if (a.grid >= 0) return a;
  const [low, high] = [Math.floor(a.lo), Math.floor(a.hi)];
  if (!(high - low <= MAX_FLOOR)) throw new Undecided('an integer part of many values');
  const value = combine(countedUp(context, a, low + 1, high, 1), 1, undefined, 0, low, false);
  return withBounds(value, low, high, 0, 0);
}

/** The number of k from `first` to `last` with a ≥ k · size. */
function countedUp(context: Context, a: Num, first: number, last: number, size: number): Num {
  const comparison = new Comparison(context, context.flatten(a), 0, a);
  let count = context.constant(0);
  for (let k = first; k <= last; k++) {
    count = combine(count, 1, comparison.exceeds(k * size, false), 1, 0, false);
  }
  return count;
}

export function constantForm(constant: number): Form {
  return { atoms: new Int32Array(0), coefficients: new Float64Array(0), constant, slop: 0 };
}

/** Functions of one argument that do not stretch distances: tanh. */
export function contraction(context: Context, name: Operation & 'tanh', a: Num): Num {
  const form = context.flatten(a);
  const range = { lo: below(Math.tanh(a.lo)), hi: above(Math.tanh(a.hi)), grid: NO_GRID };
  const atom = context.operationAtom(name, [form], range);
  return withBounds(atom, range.lo, range.hi, NO_GRID, a.err + form.slop + LIBRARY_ERROR);
}

/** a / b for a divisor that cannot be 0. */
export function quotient(context: Context, a: Num, b: Num): Num {
  if (b.lo - b.err <= 0 && b.hi + b.err >= 0) throw new Undecided('a division by what may be 0');
  const smallest = Math.min(Math.abs(b.lo), Math.abs(b.hi)) - b.err;
  const corners = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi];
  if (corners.some((corner) => Number.isNaN(corner))) throw new Undecided('an unbounded quotient');
  const range = { lo: below(Math.min(...corners)), hi: above(Math.max(...corners)), grid: NO_GRID };
  const parts = [context.flatten(a), context.flatten(b)];
  const atom = context.operationAtom('quotient', parts, range);
  const size = Math.max(Math.abs(range.lo), Math.abs(range.hi));
  const errors = a.err + parts[0].slop + size * (b.err + parts[1].slop);
  return withBounds(atom, range.lo, range.hi, NO_GRID, errors / smallest + roundingOf(size + errors / smallest)); // prettier-ignore
}

/** a·factor as the text computes it. */
export function scaled(a: Num, factor: number): Num {
  return combine(a, factor, undefined, 0, 0, true);
}

/** a / divisor for a constant: 1/divisor is not exact, so the value is a · (1/divisor) with slop. */
export function dividedBy(a: Num, divisor: number): Num {
  const inverse = 1 / divisor;
  if (inverse * divisor === 1 && Math.log2(Math.abs(divisor)) % 1 === 0) return scaled(a, inverse);
  const value = combine(a, inverse, undefined, 0, 0, false);
  const size = magnitude(value);
  // The inverse is off by UNIT relative, the text's quotient by UNIT again.
  return withBounds(value, below(value.lo), above(value.hi), NO_GRID, a.err * Math.abs(inverse) * (1 + UNIT) + 3 * roundingOf(size)); // prettier-ignore
}
