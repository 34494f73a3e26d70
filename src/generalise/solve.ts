/**
 * One number, given by its values at all sizes, as an expression of the sizes: the cheapest form of the
 * grammar that gives every value; then one with a free factor, then one with a free summand too.
 */
import { add, divide, multiply, num } from '../ir/program-builders.js';
import type { Expression } from '../ir/program.js';
import { compoundTexts, exactForms, scalableForms } from './forms.js';
import type { Form, SizeAxis } from './forms.js';
import type { Rounding } from './roles.js';
import { intersection, roundedFrom, scaled, shortestIn } from './intervals.js';

export interface Solution {
  readonly expression: Expression;
  /** How many constants were fitted to the values: so many sizes say nothing about the rest. */
  readonly fitted: number;
}

/** What the surroundings of a number know already. */
export interface Hints {
  /** Axes, the preferred first. */
  readonly axes: readonly SizeAxis[];
  /** Axes that the number surely is about: no other is looked at while a form of these fits. */
  readonly own?: readonly SizeAxis[];
  /** Numbers of terms of the sums that the number multiplies. */
  readonly counts: readonly Form[];
  /** Compound expressions of other numbers nearby. */
  readonly known: ReadonlySet<string>;
  /** Set where a fraction does what the next whole number does. */
  readonly rounding?: Rounding;
}

/** What a form costs more that gives a threshold up to rounding only. */
const ROUNDED = 1.5;

/** What a form saves by saying what is said nearby already. */
const SHARED = 0.6;

/** Factors and summands beyond this are no structure of a problem. */
const LARGEST_FITTED = 64;

/**
 * Finds the expression; `undefined` when none of the grammar gives all values. Integers are met exactly,
 * real numbers within the rounding of their print.
 */
export function solveNumber(values: readonly number[], hints: Hints): Solution | undefined {
  const signs = new Set(values.map(Math.sign));
  if (signs.size === 1 && values[0] < 0) {
    const solved = solveNumber(
      values.map((value) => -value),
      { ...hints, ...opposite(hints) },
    );
    return solved === undefined ? undefined : { ...solved, expression: negated(solved.expression) };
  }
  const ownForms = hints.own === undefined ? [] : exactForms(hints.own, true);
  const own = cheapestExact(values, ownForms, hints.known);
  if (own !== undefined) return { expression: own, fitted: 0 };
  const exact = cheapestExact(values, exactForms(hints.axes, true), hints.known, hints.rounding);
  if (exact !== undefined) return { expression: exact, fitted: 0 };
  const forms = scalableForms(hints.axes, hints.counts);
  const integers = values.every(Number.isInteger);
  return integers
    ? (fitInteger(values, forms) ?? fitAffine(values, forms))
    : fitReal(values, forms);
}

/**
 * The cheapest of the forms with exactly these values, or values that round to them; what is known nearby
 * is cheaper.
 */
export function cheapestExact(
  values: readonly number[],
  forms: readonly Form[],
  known: ReadonlySet<string>,
  rounding?: Rounding,
): Expression | undefined {
  const round = rounding === 'up' ? Math.ceil : Math.floor;
  let best: Form | undefined;
  for (const form of forms) {
    const exact = form.values.every((value, k) => value === values[k]);
    const rounds = rounding !== undefined && form.values.every((value, k) => round(value) === values[k]); // prettier-ignore
    if (!exact && !rounds) continue;
    const shared = compoundTexts(form.expression).some((text) => known.has(text));
    const cost = form.cost - (shared ? SHARED : 0) + (exact ? 0 : ROUNDED);
    if (best === undefined || cost < best.cost) best = { ...form, cost };
  }
  return best?.expression;
}

/** k · form with a whole k. */
function fitInteger(values: readonly number[], forms: readonly Form[]): Solution | undefined {
  for (const form of forms) {
    const factor = values[0] / form.values[0];
    if (!isSmallInteger(factor)) continue;
    if (form.values.every((value, k) => factor * value === values[k])) {
      return { expression: multiply(num(factor), form.expression), fitted: 1 };
    }
  }
  return undefined;
}

/** k · form + m with whole k and m: two numbers meet any two constants, so only a third size says more. */
function fitAffine(values: readonly number[], forms: readonly Form[]): Solution | undefined {
  if (values.length < 3) return undefined;
  for (const form of forms) {
    const second = form.values.findIndex((value) => value !== form.values[0]);
    if (second < 0) continue;
    const factor = (values[second] - values[0]) / (form.values[second] - form.values[0]);
    const summand = values[0] - factor * form.values[0];
    if (!isSmallInteger(factor) || factor === 0 || !isSmallInteger(summand)) continue;
    if (form.values.every((value, k) => factor * value + summand === values[k])) {
      const expression = add(multiply(num(factor), form.expression), num(summand));
      return { expression, fitted: 2 };
    }
  }
  return undefined;
}

/** k / form or k · form with a real k that rounds to every value. */
function fitReal(values: readonly number[], forms: readonly Form[]): Solution | undefined {
  const intervals = values.map(roundedFrom);
  for (const form of forms) {
    if (form.values.some((value) => value <= 0)) continue;
    const share = intersection(intervals.map((one, k) => scaled(one, form.values[k])));
    if (share !== undefined) {
      return { expression: divide(num(shortestIn(share)), form.expression), fitted: 1 };
    }
    const factor = intersection(intervals.map((one, k) => scaled(one, 1 / form.values[k])));
    if (factor !== undefined) {
      return { expression: multiply(num(shortestIn(factor)), form.expression), fitted: 1 };
    }
  }
  return undefined;
}

/**
 * The number that all values are prints of: themselves, or for real numbers one within the rounding of
 * all; `undefined` when they are different numbers.
 */
export function commonNumber(values: readonly number[]): number | undefined {
  const [first] = values;
  if (values.every((value) => value === first)) return first;
  if (values.every(Number.isInteger)) return undefined;
  const common = intersection(values.map(roundedFrom));
  return common === undefined ? undefined : shortestIn(common);
}

/** A negative threshold rounds the other way. */
function opposite({ rounding }: Hints): { rounding?: Rounding } {
  if (rounding === undefined) return {};
  return { rounding: rounding === 'up' ? 'down' : 'up' };
}

function negated(expression: Expression): Expression {
  return { kind: 'unary', operator: '-', operand: expression };
}

function isSmallInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= LARGEST_FITTED;
}
