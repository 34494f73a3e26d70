/**
 * Everything discrete is a threshold [L ≥ n]: signs, comparisons, and, or. This file brings one into
 * canonical form, so that `row < col`, `!(col <= row)` and a neuron's sign become the same atom.
 * Each rule is a lemma of a few lines, stated where it is applied; none uses an approximation.
 */
import type { Context } from './context.js';
import { conjunction, literalsOf, negate } from './conjunctions.js';
import { UNIT, gridOf } from './float.js';
import type { Form } from './forms.js';
import { hull } from './forms.js';
import type { Num } from './num.js';
import { snap } from './snap.js';
import { Undecided } from './undecided.js';
import { MAX_TERMS, irrelevantTerm } from './relevance.js';

/**
 * The 0/1 value [form + noise > band], or [form + noise ≥ band] unless `strict`, where the noise is
 * any number of at most `doubt` (plus the form's slop).
 */
export function exceeds(
  context: Context,
  form: Form,
  band: number,
  strict: boolean,
  doubt: number,
): Num {
  if (context.oracle !== undefined) {
    return context.constant(context.oracle(form, band, strict) ? 1 : 0);
  }
  const noise = doubt + form.slop;
  const [lo, hi] = hull(form.atoms, form.coefficients, context.atoms);
  const settled = settle(form, band, strict, noise, lo, hi);
  if (settled !== undefined) return context.constant(settled ? 1 : 0);
  const opened = openMaximum(context, form, band, strict, noise);
  if (opened !== undefined) return opened;
  const sources = Array.from(form.atoms, (atom) => context.atoms[atom]);
  const snapped = snap(form.coefficients, sources);
  if (snapped !== undefined) {
    const { integers, steps, scale, center, deviation } = snapped;
    const threshold = integerThreshold(
      { band, bias: form.constant, scale, center, deviation: deviation + noise * scale },
      strict,
    );
    if (threshold !== undefined) {
      return integerForm(context, form.atoms, integers, steps, threshold);
    }
  }
  const threshold = band - form.constant;
  const rounding = Math.abs(threshold) * UNIT + UNIT * (Math.abs(lo) + Math.abs(hi));
  const exact = noise === 0 && (band === 0 || form.constant === 0);
  const linear = context.internForm(form);
  return context.realAtom(linear, threshold, strict, exact ? 0 : noise + rounding);
}

/** Decided by intervals alone? */
function settle(
  form: Form,
  band: number,
  strict: boolean,
  noise: number,
  lo: number,
  hi: number,
): boolean | undefined {
  if (form.atoms.length === 0 && noise === 0) {
    return strict ? form.constant > band : form.constant >= band;
  }
  const rounding =
    4 * UNIT * (form.atoms.length + 2) * (Math.abs(lo) + Math.abs(hi) + Math.abs(form.constant));
  if (lo + form.constant - noise - rounding > band) return true;
  if (hi + form.constant + noise + rounding < band) return false;
  if (form.atoms.length === 0) throw new Undecided('a comparison of constants within rounding');
  return undefined;
}

export interface RealThreshold {
  readonly band: number;
  readonly bias: number;
  readonly scale: number;
  readonly center: number;
  readonly deviation: number;
}

/**
 * The integer n with: scale·(z − bias) = S + center ± deviation, S integer, and [z > band] = [S ≥ n]
 * (or [z ≥ band], unless `strict`). Undefined when an integer lies within the deviation of the
 * threshold, so that S alone does not decide.
 */
export function integerThreshold(given: RealThreshold, strict: boolean): number | undefined {
  const { band, bias, scale, center } = given;
  const difference = band - bias;
  const threshold = scale * difference - center;
  let deviation = given.deviation;
  const exact =
    center === 0 &&
    (band === 0 || bias === 0 || (Number.isInteger(band) && Number.isInteger(bias))) &&
    gridOf(scale) >= -64 &&
    Math.log2(scale) % 1 === 0;
  if (!exact)
    deviation += 4 * UNIT * (Math.abs(threshold) + Math.abs(center) + scale * Math.abs(bias));
  if (deviation === 0) return strict ? Math.floor(threshold) + 1 : Math.ceil(threshold);
  const above = Math.floor(threshold + deviation);
  if (above >= threshold - deviation || above !== Math.floor(threshold - deviation))
    return undefined;
  return above + 1;
}

/** [Σ integers · x / steps ≥ threshold] over atoms. */
function integerForm(
  context: Context,
  atoms: Int32Array,
  integers: Float64Array,
  steps: Float64Array,
  threshold: number,
): Num {
  let kept = 0;
  for (const integer of integers) if (integer !== 0) kept++;
  const members = new Int32Array(kept);
  const values = new Float64Array(kept);
  let next = 0;
  for (let k = 0; k < atoms.length; k++) {
    if (integers[k] === 0) continue;
    members[next] = atoms[k];
    values[next++] = integers[k] / steps[k];
  }
  return atLeast(context, members, values, threshold);
}

/** [form ≥ threshold] for a form without slop whose terms are all integers on the atoms' grids. */
export function formAtLeast(context: Context, form: Form, threshold: number): Num {
  return atLeast(context, form.atoms, form.coefficients, threshold - form.constant);
}

/** A threshold in lowest terms: integers · x/steps ≥ bound, with the range of the sum. */
interface Lowest {
  readonly integers: Float64Array;
  readonly steps: Float64Array;
  readonly bound: number;
  readonly lo: number;
  readonly hi: number;
}

/** Divides by the common divisor; undefined for a sum without terms. */
function lowestTerms(
  context: Context,
  atoms: Int32Array,
  coefficients: Float64Array,
  threshold: number,
): Lowest | undefined {
  const integers = new Float64Array(atoms.length);
  const steps = new Float64Array(atoms.length);
  let bound = threshold;
  let whole = true;
  for (let k = 0; k < atoms.length; k++) {
    const { grid } = context.atoms[atoms[k]];
    steps[k] = grid === 0 ? 1 : 2 ** grid;
    integers[k] = coefficients[k] * steps[k];
    whole = whole && Number.isInteger(integers[k]);
  }
  for (let lift = 0; !whole && lift < 60; lift++) {
    whole = true;
    bound *= 2;
    for (let k = 0; k < integers.length; k++) {
      integers[k] *= 2;
      whole = whole && Number.isInteger(integers[k]);
    }
  }
  if (!whole) throw new Undecided('a threshold whose weights are no integers');
  let divisor = 0;
  for (let k = 0; k < integers.length && divisor !== 1; k++) {
    divisor = gcd(divisor, Math.abs(integers[k]));
  }
  if (divisor === 0) return undefined;
  bound = Math.ceil(bound / divisor);
  let [lo, hi] = [0, 0];
  for (let k = 0; k < integers.length; k++) {
    if (divisor !== 1) integers[k] /= divisor;
    const atom = context.atoms[atoms[k]];
    const [a, b] = [(integers[k] * atom.lo) / steps[k], (integers[k] * atom.hi) / steps[k]];
    lo += Math.min(a, b);
    hi += Math.max(a, b);
  }
  return { integers, steps, bound, lo, hi };
}

/**
 * The canonical 0/1 value [Σ coefficients · atoms ≥ threshold]. Every coefficient times its atom's
 * grid must be an integer times one power of two.
 */
export function atLeast(
  context: Context,
  atoms: Int32Array,
  coefficients: Float64Array,
  threshold: number,
): Num {
  const lowest = lowestTerms(context, atoms, coefficients, threshold);
  if (lowest === undefined) return context.constant(threshold <= 0 ? 1 : 0);
  const { integers, steps, bound, lo, hi } = lowest;
  if (bound <= lo) return context.constant(1);
  if (bound > hi) return context.constant(0);
  const simpler = withoutIrrelevant(context, atoms, lowest);
  if (simpler !== undefined) return simpler;
  if (integers[0] < 0) {
    // [−L ≥ n] = 1 − [L ≥ 1 − n] for integer L.
    const turned = integers.map((integer, k) => -integer / steps[k]);
    return negate(context, atLeast(context, atoms, turned, 1 - bound));
  }
  if (atoms.length === 1) return singleAtLeast(context, atoms[0], steps[0], bound);
  const extreme = allOrNone(context, atoms, integers, steps, bound - lo, hi - bound);
  if (extreme !== undefined) return extreme;
  const values = integers.map((integer, k) => integer / steps[k]);
  return context.thresholdAtom(context.linears.intern(atoms, values, context.atoms), bound);
}

/** The same threshold without a term that never matters; undefined when there is none. */
function withoutIrrelevant(context: Context, atoms: Int32Array, given: Lowest): Num | undefined {
  if (atoms.length > MAX_TERMS) return undefined;
  const { integers, steps, bound } = given;
  const lows = steps.map((step, k) => context.atoms[atoms[k]].lo / step);
  const highs = steps.map((step, k) => context.atoms[atoms[k]].hi / step);
  const dropped = irrelevantTerm([...integers], [...lows], [...highs], bound);
  if (dropped === undefined) return undefined;
  const kept = (_: number, k: number) => k !== dropped.term;
  const rest = integers.map((integer, k) => integer / steps[k]).filter(kept);
  return atLeast(context, atoms.filter(kept), rest, dropped.bound);
}

/** [x / step ≥ bound]: a 0/1 atom is its own threshold; a cell's threshold moves up to a value. */
function singleAtLeast(context: Context, number: number, step: number, bound: number): Num {
  const atom = context.atoms[number];
  if (atom.binary) return context.leaf(number);
  let threshold = bound;
  if (atom.kind === 'cell' && atom.domain.kind === 'values') {
    const next = atom.domain.values.find((value) => value / step >= bound);
    if (next !== undefined) threshold = next / step;
  }
  const linear = context.linears.intern(
    Int32Array.of(number),
    Float64Array.of(1 / step),
    context.atoms,
  );
  return context.thresholdAtom(linear, threshold);
}

/**
 * Where the sum can lose less than any single step, every atom must be at its better end: a
 * conjunction. Where any single step from the worse ends suffices, it is the dual.
 */
function allOrNone(
  context: Context,
  atoms: Int32Array,
  integers: Float64Array,
  steps: Float64Array,
  need: number,
  slack: number,
): Num | undefined {
  let smallest = Infinity;
  for (const integer of integers) smallest = Math.min(smallest, Math.abs(integer));
  const all = slack < smallest;
  if (!all && need > smallest) return undefined;
  const literals: number[] = [];
  for (let k = 0; k < atoms.length; k++) {
    const { lo, hi } = context.atoms[atoms[k]];
    // `all`: x = hi for a positive coefficient. Dual: the negation asks for every x at its worse end.
    const high = integers[k] > 0 === all;
    const literal = high
      ? singleAtLeast(context, atoms[k], steps[k], hi / steps[k])
      : negate(context, singleAtLeast(context, atoms[k], steps[k], lo / steps[k] + 1));
    const parts = literalsOf(context, context.flatten(literal));
    if (parts === undefined) return undefined;
    literals.push(...parts);
  }
  const together = conjunction(context, literals);
  return all ? together : negate(context, together);
}

/**
 * L − k·max(b, …) > band for every b, if k > 0: a conjunction; L + k·max(b, …) > band for some b: its
 * dual. Both hold for ≥ too.
 */
function openMaximum(
  context: Context,
  form: Form,
  band: number,
  strict: boolean,
  noise: number,
): Num | undefined {
  for (let k = 0; k < form.atoms.length; k++) {
    const atom = context.atoms[form.atoms[k]];
    if (atom.kind !== 'operation' || atom.name !== 'max') continue;
    const literals: number[] = [];
    const every = form.coefficients[k] < 0;
    for (const part of atom.parts) {
      context.accumulator.addForm(form, 1);
      context.accumulator.add(form.atoms[k], -form.coefficients[k]);
      context.accumulator.addForm(part, form.coefficients[k]);
      const one = exceeds(context, context.accumulator.finish(), band, strict, noise);
      const value = context.flatten(every ? one : negate(context, one));
      if (value.atoms.length === 0 && value.constant === 0) {
        return context.constant(every ? 0 : 1);
      }
      const parts = literalsOf(context, value);
      if (parts === undefined) return undefined;
      literals.push(...parts);
    }
    const together = conjunction(context, literals);
    return every ? together : negate(context, together);
  }
  return undefined;
}

function gcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
