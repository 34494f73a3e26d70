/**
 * The numeric operations of the text on symbolic numbers: what their value is in real arithmetic, and
 * how far the float that JavaScript computes may be from it. Mixed operations with a constant take
 * the constant as a number. Operands that are both constants never come here: those the interpreter
 * computes as JavaScript does.
 */
import type { Context, Oracle } from './context.js';
import { literalsOf, conjunction, negate } from './conjunctions.js';
import { NO_GRID, UNIT, above, below, isPowerOfTwo, roundingOf } from './float.js';
import type { Form } from './forms.js';
import { magnitude } from './forms.js';
import type { Operation } from './functions.js';
import { FUNCTIONS, movedBy, rangeOver, roundingAt } from './functions.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import type { Interval } from './real-function.js';
import { Comparison } from './thresholds.js';
import { meetsPole } from './trigonometry.js';
import { Undecided } from './undecided.js';

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
 * sum that reads the unit, layer after layer, and one without bounds terms whose rounding has none; these
 * are turned only where the unit of −d exists.
 */
export function reluOf(context: Context, a: Num): Num {
  if (a.lo >= 0) return a;
  if (a.hi <= 0) return context.constant(0);
  const form = context.flatten(a);
  if (form.atoms.length === 0) return context.constant(Math.max(0, form.constant));
  const isTurned =
    form.atoms.length <= MAX_TURNED && Number.isFinite(magnitude(a))
      ? form.coefficients[0] < 0
      : !context.hasRelu(form, 1) && context.hasRelu(form, -1);
  if (!isTurned) return reluAtom(context, a);
  const turned = combine(a, -1, undefined, 0, 0, false);
  const relu = reluAtom(context, turned);
  return withBounds(combine(relu, 1, turned, -1, 0, false), 0, a.hi, a.grid, a.err, true);
}

function reluAtom(context: Context, a: Num): Num {
  const form = context.flatten(a);
  const atom = context.operationAtom('relu', [form], { lo: 0, hi: a.hi + form.slop, grid: a.grid });
  return withBounds(atom, 0, a.hi, a.grid, a.err + form.slop, true);
}

/** Math.abs: |d| = 2·relu(d) − d. */
export function absolute(context: Context, a: Num): Num {
  if (a.lo >= 0) return a;
  const negative = combine(a, -1, undefined, 0, 0, false);
  if (a.hi <= 0) return negative;
  const value = combine(reluOf(context, a), 2, a, -1, 0, false);
  return withBounds(value, 0, magnitude(a), a.grid, a.err, true);
}

/** Math.max of at least one number. */
export function maximum(context: Context, values: readonly Num[]): Num {
  if (context.oracle !== undefined) return forkedMaximum(context, context.oracle, values);
  const low = values.reduce((a, b) => Math.max(a, b.lo), -Infinity);
  const high = values.reduce((a, b) => Math.max(a, b.hi), -Infinity);
  const err = values.reduce((a, b) => Math.max(a, b.err), 0);
  const grid = values.reduce((a, b) => Math.min(a, b.grid), Infinity);
  const nonNegative = values.some((value) => value.nonNegative);
  const kept = values.filter((value, index) => value.hi > low || values.findIndex((v) => v.lo === low) === index); // prettier-ignore
  if (kept.length === 1) return kept[0];
  const together = binaryMaximum(context, kept) ?? pairMaximum(context, kept);
  if (together !== undefined) return withBounds(together, low, high, grid, err, nonNegative);
  const parts = new Map<string, Form>();
  for (const value of kept) {
    for (const form of openedMaximum(context, context.flatten(value))) {
      parts.set(context.formKey(form), form);
    }
  }
  const forms = byKey(context, [...parts.values()]);
  if (forms.length === 1) return kept[0];
  const slop = forms.reduce((most, form) => Math.max(most, form.slop), 0);
  const atom = context.operationAtom('max', forms, { lo: low - slop, hi: high + slop, grid });
  return withBounds(atom, low, high, grid, err + slop, nonNegative);
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
  const least = combine(maximum(context, negated), -1, undefined, 0, 0, false);
  if (!values.every((value) => value.nonNegative)) return least;
  return withBounds(least, least.lo, least.hi, least.grid, least.err, true);
}

export function constantForm(constant: number): Form {
  return { atoms: new Int32Array(0), coefficients: new Float64Array(0), constant, slop: 0 };
}

/**
 * A function of numbers that are in its domain, in real arithmetic: the errors of the parts pass through,
 * none is added.
 */
export function applied(context: Context, name: Operation, parts: readonly Num[]): Num {
  const { value, least = -Infinity, most = Infinity } = FUNCTIONS[name];
  const forms = parts.map((part) => context.flatten(part));
  // The atom reads the forms, which may be off the numbers by their slop.
  const ranges = parts.map(({ lo, hi }, k) => ({ lo: Math.max(lo - forms[k].slop, least), hi: Math.min(hi + forms[k].slop, most) })); // prettier-ignore
  const { lo, hi } = rangeOver(name, ranges);
  const err = movedBy(name, ranges, parts.map((part, k) => part.err + forms[k].slop)); // prettier-ignore
  if (forms.every(({ atoms }) => atoms.length === 0)) {
    const constant = value(forms.map((form) => form.constant));
    const off = roundingAt(name, Math.abs(constant));
    return withBounds(context.constant(constant), constant, constant, NO_GRID, err + off);
  }
  const { commutative } = FUNCTIONS[name];
  const sorted = commutative === true ? byKey(context, forms) : forms;
  const atom = context.operationAtom(name, sorted, { lo, hi, grid: NO_GRID });
  return withBounds(atom, lo, hi, NO_GRID, err, lo >= 0);
}

/** The forms in the order of their keys. */
export function byKey(context: Context, forms: readonly Form[]): readonly Form[] {
  const keyed = forms.map((form) => ({ form, key: context.formKey(form) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ form }) => form);
}

/** A function's value as JavaScript computes it: off by the function's accuracy too. */
export function roundedAs(name: Operation, a: Num): Num {
  return withBounds(a, a.lo, a.hi, a.grid, a.err + roundingAt(name, magnitude(a) + a.err), a.nonNegative); // prettier-ignore
}

/** Math.sqrt, Math.log, Math.log1p, in real arithmetic. @throws Undecided where the float may be NaN. */
export function ofDomain(context: Context, name: 'sqrt' | 'log' | 'log1p', a: Num): Num {
  const { least = -Infinity } = FUNCTIONS[name];
  const inside = spread(context, a).lo > least || (name === 'sqrt' && a.nonNegative);
  if (!inside) throw new Undecided(`Math.${name} of a number that may be ${least} or less`);
  return applied(context, name, [a]);
}

/** Math.asin, Math.acos, in real arithmetic. @throws Undecided where the float may be NaN. */
export function ofCosine(context: Context, name: 'asin' | 'acos', a: Num): Num {
  const { lo, hi } = spread(context, a);
  if (!(lo >= -1 && hi <= 1)) throw new Undecided(`Math.${name} of a number that may exceed 1`);
  return applied(context, name, [a]);
}

/**
 * Math.sin, Math.cos, Math.tan, in real arithmetic.
 *
 * @throws Undecided where the float of the angle may be infinite, or the angle a pole.
 */
export function ofAngle(context: Context, name: 'sin' | 'cos' | 'tan', a: Num): Num {
  if (!Number.isFinite(a.err)) throw new Undecided(`Math.${name} of a number without bounds`);
  if (name === 'tan' && meetsPole(spread(context, a))) {
    throw new Undecided('Math.tan of an angle that may be at a pole');
  }
  return applied(context, name, [a]);
}

/** Between which numbers the float of a number and its form are. */
function spread(context: Context, a: Num): Interval {
  const { slop } = context.flatten(a);
  return { lo: a.lo - a.err - slop, hi: a.hi + a.err + slop };
}

/** a / b in real arithmetic, for a divisor that cannot be 0. */
export function quotient(context: Context, a: Num, b: Num): Num {
  if (b.lo - b.err <= 0 && b.hi + b.err >= 0) throw new Undecided('a division by what may be 0');
  return applied(context, 'quotient', [a, b]);
}

/** a·factor as the text computes it. */
export function scaled(a: Num, factor: number): Num {
  return combine(a, factor, undefined, 0, 0, true);
}

/**
 * a / divisor for a constant, as the text computes it (`rounded`) or in real arithmetic: 1/divisor is not
 * exact, so the value is a · (1/divisor) with an error.
 */
export function dividedBy(a: Num, divisor: number, rounded: boolean): Num {
  const inverse = 1 / divisor;
  if (isPowerOfTwo(Math.abs(inverse)) && isPowerOfTwo(Math.abs(divisor))) {
    return combine(a, inverse, undefined, 0, 0, rounded);
  }
  const value = combine(a, inverse, undefined, 0, 0, false);
  const size = magnitude(value);
  // The inverse is off by UNIT relative, the text's quotient by UNIT again.
  return withBounds(value, below(value.lo), above(value.hi), NO_GRID, a.err * Math.abs(inverse) * (1 + UNIT) + 3 * roundingOf(size), value.nonNegative); // prettier-ignore
}
