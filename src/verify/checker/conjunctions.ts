/**
 * Conjunctions of 0/1 values in canonical form. Lemmas used:
 * - a conjunction of conjunctions is the conjunction of all their literals;
 * - of [L ≥ 3] and [L ≥ 5] the second suffices, of their negations the first;
 * - a ∧ ¬a is 0, and so is [L ≥ 5] ∧ ¬[L ≥ 3];
 * - [L ≥ 3] ∧ ¬[L ≥ 5] = [L ≥ 3] − [L ≥ 5], which is how equality is written.
 */
import type { Atom, Context } from './context.js';
import type { Form } from './forms.js';
import type { Num } from './num.js';
import { combine } from './num.js';

/** [L ≥ n] or [L > t], told by its linear part and bound alone. */
export type Threshold = Atom & { readonly kind: 'ge' | 'real' };

interface Literal {
  readonly atom: Threshold;
  readonly literal: number;
}

/** True for thresholds that nothing can move. */
export function isThreshold(atom: Atom): atom is Threshold {
  return atom.kind === 'ge' || (atom.kind === 'real' && atom.doubt === 0);
}

/** Does a imply b, and not the other way round? Both are thresholds of one linear part. */
export function isStronger(a: Threshold, b: Threshold): boolean {
  if (a.threshold !== b.threshold) return a.threshold > b.threshold;
  return a.kind === 'real' && a.strict && !(b.kind === 'real' && b.strict);
}

/** 1 − a, for a 0/1 value. */
export function negate(context: Context, a: Num): Num {
  return combine(context.constant(1), 1, a, -1, 0, false);
}

/** A 0/1 value that is 2·atom (+ 1 when negated). */
export function literalNum(context: Context, literal: number): Num {
  const leaf = context.leaf(literal >> 1);
  return (literal & 1) === 1 ? negate(context, leaf) : leaf;
}

/** The literals whose conjunction a form is; undefined when it is not seen to be one. */
export function literalsOf(context: Context, form: Form): readonly number[] | undefined {
  const { atoms, coefficients, constant, slop } = form;
  if (slop !== 0) return undefined;
  if (atoms.length === 0) return constant === 1 ? [] : undefined;
  const first = context.atoms[atoms[0]];
  if (!first.binary) return undefined;
  if (atoms.length === 1) {
    if (constant === 0 && coefficients[0] === 1) {
      return first.kind === 'and' ? first.literals : [2 * atoms[0]];
    }
    return constant === 1 && coefficients[0] === -1 ? [2 * atoms[0] + 1] : undefined;
  }
  if (atoms.length !== 2 || constant !== 0) return undefined;
  const second = context.atoms[atoms[1]];
  if (!isThreshold(first) || !isThreshold(second) || first.linear !== second.linear) {
    return undefined;
  }
  const order = isStronger(second, first) ? 1 : -1;
  if (coefficients[0] !== order || coefficients[1] !== -order) return undefined;
  return order === 1 ? [2 * atoms[0], 2 * atoms[1] + 1] : [2 * atoms[1], 2 * atoms[0] + 1];
}

/** The conjunction of literals, in canonical form; a 0/1 value. */
export function conjunction(context: Context, literals: readonly number[]): Num {
  const opened: number[] = [];
  for (const literal of literals) {
    const atom = context.atoms[literal >> 1];
    if ((literal & 1) === 0 && atom.kind === 'and') opened.push(...atom.literals);
    else opened.push(literal);
  }
  const kept = strongest(context, opened);
  if (kept === undefined) return context.constant(0);
  if (kept.length === 0) return context.constant(1);
  if (kept.length === 1) return literalNum(context, kept[0]);
  if (kept.length === 2) {
    const difference = sameLinear(context, kept[0], kept[1]);
    if (difference !== undefined) return difference;
  }
  return context.conjunctionAtom(kept);
}

/** [L ≥ low] ∧ ¬[L ≥ high] as a difference; undefined for two literals of another kind. */
function sameLinear(context: Context, a: number, b: number): Num | undefined {
  const [positive, negative] = (a & 1) === 0 ? [a, b] : [b, a];
  const low = context.atoms[positive >> 1];
  const high = context.atoms[negative >> 1];
  if ((positive & 1) === 1 || (negative & 1) === 0) return undefined;
  if (!isThreshold(low) || !isThreshold(high) || low.linear !== high.linear) return undefined;
  return combine(context.leaf(positive >> 1), 1, context.leaf(negative >> 1), -1, 0, false);
}

/** Sorted literals without repeats or implied ones; undefined for a contradiction. */
function strongest(context: Context, literals: readonly number[]): number[] | undefined {
  const unique = [...new Set(literals)].sort((a, b) => a - b);
  const lows = new Map<number, Literal>();
  const highs = new Map<number, Literal>();
  const others: number[] = [];
  for (let k = 0; k < unique.length; k++) {
    const literal = unique[k];
    if ((literal & 1) === 0 && unique[k + 1] === literal + 1) return undefined;
    const atom = context.atoms[literal >> 1];
    if (!isThreshold(atom)) {
      others.push(literal);
      continue;
    }
    const negated = (literal & 1) === 1;
    const table = negated ? highs : lows;
    const known = table.get(atom.linear.id);
    const stronger =
      known === undefined ||
      (negated ? isStronger(known.atom, atom) : isStronger(atom, known.atom));
    if (stronger) table.set(atom.linear.id, { atom, literal });
  }
  for (const [linear, low] of lows) {
    const high = highs.get(linear);
    if (high !== undefined && (low.atom === high.atom || isStronger(low.atom, high.atom))) {
      return undefined;
    }
    others.push(low.literal);
  }
  for (const high of highs.values()) others.push(high.literal);
  return others.sort((a, b) => a - b);
}
