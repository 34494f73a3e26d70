/**
 * Softmax and sigmoid: exp(A) / Σ exp(B) is told by the differences B − A alone, so that any common
 * shift of the logits (subtracting their maximum) cancels. Softmax moves by at most a quarter of the
 * largest change of a difference: ∂p/∂d sums to p·(1 − p) ≤ 1/4 over the classes.
 */
import type { Context } from './context.js';
import { LIBRARY_ERROR, NO_GRID, TINY, UNIT } from './float.js';
import type { Form } from './forms.js';
import { SOFTMAX_LIPSCHITZ, rangeOver } from './functions.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import { applied, constantForm, roundedAs } from './operations.js';
import { Undecided } from './undecided.js';

/** Arguments between which `Math.exp` surely is a normal number: neither infinite nor short of digits. */
const [EXP_LOW, EXP_HIGH] = [-700, 709];

/**
 * e to the power of a number. As the text computes it (`rounded`) the float may overflow, and its error
 * is infinite then.
 */
export function exponential(context: Context, a: Num, rounded: boolean): Num {
  const form = context.flatten(a);
  const top = belowMaximum(context, form) ? Math.min(0, a.hi) : a.hi;
  const part = { lo: a.lo - form.slop, hi: top + form.slop };
  const { lo, hi } = rangeOver('exp', [part]);
  const leaf = context.operationAtom('exp', [form], { lo, hi, grid: NO_GRID });
  const errors = rounded ? context.exponentErrors : context.exponentSlops;
  const known = errors.get(leaf.atom) ?? 0;
  const moved = Math.expm1(a.err + form.slop) * (1 + 1e-9);
  const overflow = rounded && top + a.err > EXP_HIGH;
  const relative = overflow ? Infinity : rounded ? moved + LIBRARY_ERROR : moved;
  errors.set(leaf.atom, Math.max(known, relative));
  const err = relative === 0 ? 0 : hi * relative + (rounded ? TINY : 0);
  return withBounds(leaf, lo, hi, NO_GRID, overflow ? Infinity : err, true);
}

/** Is the form one of the parts of a maximum less that maximum? */
function belowMaximum(context: Context, form: Form): boolean {
  for (let k = 0; k < form.atoms.length; k++) {
    const parts = partsOfMaximum(context, form.atoms[k]);
    if (form.coefficients[k] !== -1 || parts.length === 0) continue;
    context.accumulator.addForm(form, 1);
    context.accumulator.add(form.atoms[k], 1);
    const key = context.formKey(context.accumulator.finish());
    if (parts.some((part) => context.formKey(part) === key)) return true;
  }
  return false;
}

/**
 * numerator / denominator as a softmax, where it has that shape; else undefined. `rounded` as the text
 * computes it.
 */
export function softmaxQuotient(
  context: Context,
  numerator: Num | number,
  denominator: Num,
  rounded: boolean,
): Num | undefined {
  const sum = exponentialsOf(context, denominator);
  if (sum === undefined) return undefined;
  if (rounded) requireNormal(context, sum);
  const own = typeof numerator === 'number' ? -1 : unwrap(numerator);
  let logit: Form;
  let skipped = false;
  if (typeof numerator === 'number') {
    if (numerator !== 1 || sum.constant !== 1) return undefined;
    logit = constantForm(0);
    skipped = true;
  } else {
    const atom = own === undefined ? undefined : context.atoms[own];
    if (atom?.kind !== 'operation' || atom.name !== 'exp') return undefined;
    logit = atom.parts[0];
  }
  const differences: Form[] = [];
  const errors = rounded ? context.exponentErrors : context.exponentSlops;
  let relative = own !== undefined && own >= 0 ? relativeError(errors, own) : 0;
  if (sum.constant === 1 && !skipped) differences.push(difference(context, constantForm(0), logit));
  let widest = 0;
  for (const number of sum.atoms) {
    // 1 / (1 + Infinity) is 0, within the tolerance of what it stands for; Infinity / Infinity is not.
    if (!skipped) widest = Math.max(widest, relativeError(errors, number));
    else widest = Math.max(widest, finiteOr(errors.get(number) ?? Infinity));
    const atom = context.atoms[number];
    if (number === own && !skipped) skipped = true;
    else if (atom.kind === 'operation') differences.push(difference(context, atom.parts[0], logit));
  }
  if (!skipped) return undefined;
  relative += widest;
  if (!rounded) return softmaxOf(context, differences, relative * (1 + 1e-6));
  relative += (sum.nodes + 2) * 2 * UNIT;
  // Terms too small for a float are left out of a sum of at least e^−700.
  return softmaxOf(context, differences, relative * (1 + 1e-6) + sum.nodes * 2 ** -60);
}

/**
 * The logarithm of a sum of exponentials, where it is one; else undefined. A common shift of all
 * exponents stands before the atom, so that it cancels with one that is added again.
 */
export function logarithmOfSum(context: Context, a: Num, rounded: boolean): Num | undefined {
  const sum = exponentialsOf(context, a);
  if (sum === undefined) return undefined;
  const errors = rounded ? context.exponentErrors : context.exponentSlops;
  let relative = 0;
  for (const atom of sum.atoms) relative = Math.max(relative, relativeError(errors, atom));
  if (rounded) {
    requireNormal(context, sum);
    relative += (sum.nodes + 2) * 2 * UNIT + sum.nodes * 2 ** -60;
  }
  if (relative > 0.5) throw new Undecided('the logarithm of a sum that may be off by its size');
  const exponents = sum.atoms.flatMap((number) => {
    const atom = context.atoms[number];
    return atom.kind === 'operation' ? [atom.parts[0]] : [];
  });
  if (sum.constant === 1) exponents.push(constantForm(0));
  const value = logSumExpOf(context, exponents);
  // log(S·(1 + r)) − log(S) is at most r / (1 − r).
  const err = value.err + relative / (1 - relative);
  const exact = withBounds(value, value.lo, value.hi, NO_GRID, err);
  return rounded ? roundedAs('log', exact) : exact;
}

/** log Σ exp(part) in real arithmetic. */
function logSumExpOf(context: Context, parts: readonly Form[]): Num {
  const shift = commonShift(context, parts);
  const shifted = parts.map((part) => difference(context, part, shift));
  const atom = applied(context, 'logSumExp', shifted.map((form) => context.numOf(form))); // prettier-ignore
  return combine(atom, 1, context.numOf(shift), 1, 0, false);
}

/** What all forms have in common: of each atom the least coefficient, and the least constant. */
function commonShift(context: Context, forms: readonly Form[]): Form {
  const least = new Map<number, { factor: number; count: number }>();
  for (const { atoms, coefficients } of forms) {
    atoms.forEach((atom, k) => {
      const known = least.get(atom);
      const factor = Math.min(known?.factor ?? Infinity, coefficients[k]);
      least.set(atom, { factor, count: (known?.count ?? 0) + 1 });
    });
  }
  for (const [atom, { factor, count }] of least) {
    const common = count < forms.length ? Math.min(0, factor) : factor;
    if (common !== 0) context.accumulator.add(atom, common);
  }
  context.accumulator.addConstant(Math.min(...forms.map(({ constant }) => constant)));
  return context.accumulator.finish();
}

/** A sum of exponentials and of 0 or 1. */
interface ExponentialSum {
  readonly atoms: number[];
  constant: number;
  nodes: number;
}

function exponentialsOf(context: Context, num: Num): ExponentialSum | undefined {
  const sum: ExponentialSum = { atoms: [], constant: 0, nodes: 0 };
  if (!collectExponentials(context, num, sum)) return undefined;
  const isWhole = sum.constant === 0 || sum.constant === 1;
  return isWhole && sum.atoms.length > 0 ? sum : undefined;
}

/**
 * Makes sure that a sum of floats does not vanish: it holds a 1, or a term that is large enough, or the
 * exponentials of several numbers less the largest of them, one of which is 1.
 */
function requireNormal(context: Context, sum: ExponentialSum): void {
  if (sum.constant === 1) return;
  const exponents = new Set<string>();
  const maxima = new Set<number>();
  for (const number of sum.atoms) {
    const atom = context.atoms[number];
    if (atom.kind !== 'operation') continue;
    if (atom.lo >= Math.exp(EXP_LOW)) return;
    const [form] = atom.parts;
    exponents.add(context.formKey(form));
    for (const part of form.atoms) if (partsOfMaximum(context, part).length > 0) maxima.add(part);
  }
  const isShifted = [...maxima].some((number) =>
    partsOfMaximum(context, number).every((part) => {
      context.accumulator.addForm(part, 1);
      context.accumulator.add(number, -1);
      return exponents.has(context.formKey(context.accumulator.finish()));
    }),
  );
  if (!isShifted) throw new Undecided('a sum of exponentials that may vanish');
}

/** What an atom is the largest of; nothing for other atoms. */
function partsOfMaximum(context: Context, number: number): readonly Form[] {
  const atom = context.atoms[number];
  return atom.kind === 'operation' && atom.name === 'max' ? atom.parts : [];
}

function finiteOr(relative: number): number {
  return Number.isFinite(relative) ? relative : LIBRARY_ERROR;
}

function relativeError(errors: ReadonlyMap<number, number>, atom: number): number {
  const relative = errors.get(atom) ?? Infinity;
  if (!Number.isFinite(relative)) throw new Undecided('an exponential that may overflow');
  return relative;
}

function difference(context: Context, a: Form, b: Form): Form {
  context.accumulator.addForm(a, 1);
  context.accumulator.addForm(b, -1);
  return context.accumulator.finish();
}

/** The atom behind bounds, if the number is one atom and nothing else. */
function unwrap(num: Num): number | undefined {
  let node = num;
  while (node.atom < 0) {
    if (node.left === undefined || node.leftFactor !== 1) return undefined;
    if (node.right !== undefined || node.constant !== 0) return undefined;
    node = node.left;
  }
  return node.atom;
}

/** Walks a sum of exponentials and a constant; false for anything else. All terms are positive. */
function collectExponentials(
  context: Context,
  num: Num,
  sum: { atoms: number[]; constant: number; nodes: number },
): boolean {
  sum.nodes++;
  if (num.atom >= 0) {
    const atom = context.atoms[num.atom];
    if (atom.kind !== 'operation' || atom.name !== 'exp') return false;
    sum.atoms.push(num.atom);
    return true;
  }
  if (num.constant < 0) return false;
  sum.constant += num.constant;
  for (const [child, factor] of [
    [num.left, num.leftFactor],
    [num.right, num.rightFactor],
  ] as const) {
    if (child === undefined) continue;
    if (factor !== 1 || !collectExponentials(context, child, sum)) return false;
  }
  return true;
}

/**
 * 1 / (1 + Σ exp(differences)) as a real function; `err` bounds how far the text's own exponentials
 * and sums may be off (0 for the network).
 */
export function softmaxOf(context: Context, differences: readonly Form[], err: number): Num {
  const bare = differences.map((form) => (form.slop === 0 ? form : { ...form, slop: 0 }));
  const atom = context.operationAtom('softmax', bare, { lo: 0, hi: 1, grid: NO_GRID });
  const slop = differences.reduce((a, form) => Math.max(a, form.slop), 0);
  return withBounds(atom, 0, 1, NO_GRID, err + slop * SOFTMAX_LIPSCHITZ);
}

/** All classes of softmax over logits, in real arithmetic. */
export function softmaxOfLogits(context: Context, logits: readonly Num[]): Num[] {
  return logits.map((own, index) => {
    const others = logits.filter((_, other) => other !== index);
    const forms = others.map((other) => context.flatten(combine(other, 1, own, -1, 0, false)));
    return softmaxOf(context, forms, 0);
  });
}
