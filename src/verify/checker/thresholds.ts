/**
 * Everything discrete is a threshold [L ≥ n]: signs, comparisons, and, or. This file brings one into
 * canonical form, so that `row < col`, `!(col <= row)` and a neuron's sign become the same atom.
 * Each rule is a lemma of a few lines, stated where it is applied; none uses an approximation.
 */
import type { Context } from './context.js';
import { conjunction, literalsOf, negate } from './conjunctions.js';
import { UNIT } from './float.js';
import type { Form, Range } from './forms.js';
import { hull } from './forms.js';
import type { IntegerSum } from './integer-sum.js';
import { integerSum } from './integer-sum.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import { integerThreshold, realThreshold, settle } from './real-thresholds.js';
import type { Snapped } from './snap.js';
import { snap } from './snap.js';
import { MAX_TERMS, irrelevantTerm } from './relevance.js';

/**
 * The 0/1 value [form + noise > band], or [form + noise ≥ band] unless `strict`, where the noise is
 * any number of at most `doubt` (plus the form's slop).
 */
function exceeds(context: Context, form: Form, band: number, strict: boolean, doubt: number): Num {
  return new Comparison(context, form, doubt).exceeds(band, strict);
}

/** What all comparisons of one noisy form with constants have in common, computed once for them. */
export class Comparison {
  private readonly noise: number;
  private hull: readonly [lo: number, hi: number] | undefined = undefined;
  private snapping: Snapping | undefined = undefined;

  /** The noise is any number of at most `doubt` (plus the form's slop). */
  constructor(
    private readonly context: Context,
    private readonly form: Form,
    doubt: number,
    /** The value itself, where more is known of its range than the form tells. */
    private readonly num?: Num,
  ) {
    this.noise = doubt + form.slop;
  }

  /** The 0/1 value [form + noise > band], or [form + noise ≥ band] unless `strict`. */
  exceeds(band: number, strict: boolean): Num {
    const { context, form, noise } = this;
    if (context.oracle !== undefined) {
      return context.constant(context.oracle.exceeds(form, band, strict, noise) ? 1 : 0);
    }
    this.hull ??= hull(form.atoms, form.coefficients, context.atoms);
    const [lo, hi] = this.hull;
    const settled = settle(form, band, strict, noise, lo, hi);
    if (settled !== undefined) return context.constant(settled ? 1 : 0);
    const own = noise === 0 ? ownThreshold(context, this.num, band, strict) : undefined;
    if (own !== undefined) return own;
    const opened = openMaximum(context, form, band, strict, noise);
    if (opened !== undefined) return opened;
    this.snapping ??= snapForm(context, form);
    const { snapped } = this.snapping;
    if (snapped !== undefined) {
      const { scale, center } = snapped;
      const deviation = snapped.deviation + noise * scale;
      const given = { band, bias: form.constant, scale, center, deviation };
      const threshold = integerThreshold(given, strict);
      if (threshold !== undefined) {
        this.snapping.sum ??= integerForm(context, form.atoms, snapped);
        return this.snapping.sum.atLeast(threshold);
      }
    }
    const threshold = band - form.constant;
    const rounding = Math.abs(threshold) * UNIT + UNIT * (Math.abs(lo) + Math.abs(hi));
    const exact = noise === 0 && (band === 0 || form.constant === 0);
    return realThreshold(context, form, threshold, strict, exact ? 0 : noise + rounding);
  }
}

/** An integer of two values is, less the lower one, its own threshold between them. */
function ownThreshold(
  context: Context,
  num: Num | undefined,
  band: number,
  strict: boolean,
): Num | undefined {
  if (num === undefined || num.grid < 0 || num.err !== 0) return undefined;
  const [low, high] = [Math.ceil(num.lo), Math.floor(num.hi)];
  const least = strict ? Math.floor(band) + 1 : Math.ceil(band);
  if (least <= low) return context.constant(1);
  if (least > high) return context.constant(0);
  if (high - low !== 1) return undefined;
  return withBounds(combine(num, 1, undefined, 0, -low, false), 0, 1, 0, 0);
}

/** The integers of a form, where there are any, and the thresholds of their sum, once asked for. */
interface Snapping {
  readonly snapped: Snapped | undefined;
  sum: Thresholds | undefined;
}

function snapForm(context: Context, form: Form): Snapping {
  const { atoms, coefficients } = form;
  const sources: Range[] = [];
  for (let k = 0; k < atoms.length; k++) sources.push(context.atoms[atoms[k]]);
  return { snapped: snap(coefficients, sources), sum: undefined };
}

/** The thresholds of Σ integers · x / steps over atoms. */
function integerForm(context: Context, atoms: Int32Array, snapped: Snapped): Thresholds {
  const { integers, steps } = snapped;
  let kept = 0;
  for (let k = 0; k < integers.length; k++) if (integers[k] !== 0) kept++;
  const members = new Int32Array(kept);
  const values = new Float64Array(kept);
  let next = 0;
  for (let k = 0; k < atoms.length; k++) {
    if (integers[k] === 0) continue;
    members[next] = atoms[k];
    values[next++] = integers[k] / steps[k];
  }
  return new Thresholds(context, { atoms: members, coefficients: values, constant: 0, slop: 0 });
}

/** [form ≥ threshold] for a form without slop whose terms are all integers on the atoms' grids. */
export function formAtLeast(context: Context, form: Form, threshold: number): Num {
  return new Thresholds(context, form).atLeast(threshold);
}

/**
 * The thresholds [form ≥ n] of one form in canonical form. The form has no slop; every coefficient
 * times its atom's grid must be an integer times one power of two.
 */
export class Thresholds {
  private readonly sum: IntegerSum | undefined;
  private readonly constant: number;

  constructor(
    private readonly context: Context,
    form: Form,
  ) {
    this.sum = integerSum(context, form.atoms, form.coefficients);
    this.constant = form.constant;
  }

  /** The canonical 0/1 value [form ≥ threshold]. */
  atLeast(threshold: number): Num {
    const { context, sum } = this;
    const rest = threshold - this.constant;
    if (sum === undefined) return context.constant(rest <= 0 ? 1 : 0);
    return sumAtLeast(context, sum, sum.boundOf(rest));
  }
}

/** The canonical 0/1 value [sum ≥ bound]. */
function sumAtLeast(context: Context, sum: IntegerSum, bound: number): Num {
  if (bound <= sum.lo) return context.constant(1);
  if (bound > sum.hi) return context.constant(0);
  const simpler = withoutIrrelevant(context, sum, bound);
  if (simpler !== undefined) return simpler;
  if (sum.integers[0] > 0) return positiveAtLeast(context, sum, bound);
  // [−L ≥ n] = 1 − [L ≥ 1 − n] for integer L; a term that matters to one matters to the other.
  return negate(context, positiveAtLeast(context, sum.negated(), 1 - bound));
}

/** [sum ≥ bound] where the first integer is positive, every term matters and the range decides not. */
function positiveAtLeast(context: Context, sum: IntegerSum, bound: number): Num {
  const { atoms, steps } = sum;
  if (atoms.length === 1) return singleAtLeast(context, atoms[0], steps[0], bound);
  const extreme = allOrNone(context, sum, bound - sum.lo, sum.hi - bound);
  return extreme ?? context.thresholdAtom(sum.linear(context), bound);
}

/** The same threshold without a term that never matters; undefined when there is none. */
function withoutIrrelevant(context: Context, sum: IntegerSum, bound: number): Num | undefined {
  const { atoms, integers, steps } = sum;
  if (atoms.length > MAX_TERMS) return undefined;
  const lows: number[] = [];
  const highs: number[] = [];
  for (let k = 0; k < atoms.length; k++) {
    const { lo, hi } = context.atoms[atoms[k]];
    lows.push(lo / steps[k]);
    highs.push(hi / steps[k]);
  }
  const dropped = irrelevantTerm(integers, lows, highs, bound);
  if (dropped === undefined) return undefined;
  const kept = (_: number, k: number) => k !== dropped.term;
  const rest = integers.map((integer, k) => integer / steps[k]).filter(kept);
  const form = { atoms: atoms.filter(kept), coefficients: rest, constant: 0, slop: 0 };
  return formAtLeast(context, form, dropped.bound);
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
  sum: IntegerSum,
  need: number,
  slack: number,
): Num | undefined {
  const { atoms, integers, steps, smallest } = sum;
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

/** Comparisons that opening the maxima of one form may take. */
const MAX_CHOICES = 1024;

/** Ways to choose one part of every maximum in a form. */
function choicesOf(context: Context, form: Form): number {
  let choices = 1;
  for (const number of form.atoms) {
    const atom = context.atoms[number];
    if (atom.kind === 'operation' && atom.name === 'max') choices *= atom.parts.length;
  }
  return choices;
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
  if (choicesOf(context, form) > MAX_CHOICES) return undefined;
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
