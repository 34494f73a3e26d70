/**
 * Softmax and sigmoid: exp(A) / Σ exp(B) is told by the differences B − A alone, so that any common
 * shift of the logits (subtracting their maximum) cancels. Softmax moves by at most a quarter of the
 * largest change of a difference: ∂p/∂d sums to p·(1 − p) ≤ 1/4 over the classes.
 */
import type { Context } from './context.js';
import { LIBRARY_ERROR, NO_GRID, UNIT } from './float.js';
import type { Form } from './forms.js';
import type { Num } from './num.js';
import { combine, withBounds } from './num.js';
import { constantForm } from './operations.js';
import { Undecided } from './undecided.js';

/** Softmax changes by at most this share of the largest change of a difference of logits. */
export const SOFTMAX_LIPSCHITZ = 0.25;

/** Largest argument at which `Math.exp` surely stays finite. */
const EXP_LIMIT = 709;

/** Math.exp; where the float may overflow, `err` is infinite. */
export function exponential(context: Context, a: Num): Num {
  const form = context.flatten(a);
  const top = belowMaximum(context, form) ? Math.min(0, a.hi) + a.err : a.hi + a.err;
  const hi = Math.exp(top) * (1 + 1e-9);
  const leaf = context.operationAtom('exp', [form], { lo: 0, hi, grid: NO_GRID });
  const relative = Math.expm1(a.err + form.slop) * (1 + 1e-9) + LIBRARY_ERROR;
  const known = context.exponentErrors.get(leaf.atom) ?? 0;
  const overflow = top > EXP_LIMIT;
  context.exponentErrors.set(leaf.atom, Math.max(known, overflow ? Infinity : relative));
  return withBounds(leaf, 0, hi, NO_GRID, overflow ? Infinity : hi * relative);
}

/** Is the form one of the parts of a maximum less that maximum? */
function belowMaximum(context: Context, form: Form): boolean {
  for (let k = 0; k < form.atoms.length; k++) {
    const atom = context.atoms[form.atoms[k]];
    if (form.coefficients[k] !== -1 || atom.kind !== 'operation' || atom.name !== 'max') continue;
    context.accumulator.addForm(form, 1);
    context.accumulator.add(form.atoms[k], 1);
    const key = context.formKey(context.accumulator.finish());
    if (atom.parts.some((part) => context.formKey(part) === key)) return true;
  }
  return false;
}

/** numerator / denominator as a softmax, where it has that shape; else undefined. */
export function softmaxQuotient(
  context: Context,
  numerator: Num | number,
  denominator: Num,
): Num | undefined {
  const sum = { atoms: new Array<number>(), constant: 0, nodes: 0 };
  if (!collectExponentials(context, denominator, sum)) return undefined;
  if (sum.constant !== 0 && sum.constant !== 1) return undefined;
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
  let relative = own !== undefined && own >= 0 ? relativeError(context, own) : 0;
  if (sum.constant === 1 && !skipped) differences.push(difference(context, constantForm(0), logit));
  let widest = 0;
  for (const number of sum.atoms) {
    // 1 / (1 + Infinity) is 0, within the tolerance of what it stands for; Infinity / Infinity is not.
    if (!skipped) widest = Math.max(widest, relativeError(context, number));
    else widest = Math.max(widest, finiteOr(context.exponentErrors.get(number) ?? 0));
    const atom = context.atoms[number];
    if (number === own && !skipped) skipped = true;
    else if (atom.kind === 'operation') differences.push(difference(context, atom.parts[0], logit));
  }
  if (!skipped) return undefined;
  relative += widest + (sum.nodes + 2) * 2 * UNIT;
  return softmaxOf(context, differences, relative * (1 + 1e-6) + 2 ** -1000);
}

function finiteOr(relative: number): number {
  return Number.isFinite(relative) ? relative : LIBRARY_ERROR;
}

function relativeError(context: Context, atom: number): number {
  const relative = context.exponentErrors.get(atom) ?? Infinity;
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
