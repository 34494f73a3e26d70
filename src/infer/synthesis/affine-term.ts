/**
 * Spells an affine fit: `2 * a - b + 1`, or with a common factor taken out, `5 * (a - b)`. Booleans
 * take part as `(alive ? 5 : 0)`.
 */
import type { AffineFit } from './affine.js';
import { cleanNumber } from './affine.js';
import type { NumberAtom } from './space.js';
import { arithmetic, caseSplit, constantTerm, type BooleanTerm, type NumberTerm } from './term.js';

/** One summand: the size of its coefficient and whether it is added or subtracted. */
interface Summand {
  readonly term: NumberTerm;
  readonly negative: boolean;
}

/** A number that an affine sum may use: a numeric atom, or a boolean cell read as 0 or 1. */
export interface AffineAtom extends NumberAtom {
  /** The condition, for a boolean cell. */
  readonly condition?: BooleanTerm;
}

function scaled(atom: AffineAtom, size: number): NumberTerm {
  const { term, condition } = atom;
  const states = term.values.length;
  if (condition !== undefined) {
    return caseSplit(condition, constantTerm(size, states), constantTerm(0, states));
  }
  return size === 1 ? term : arithmetic('*', constantTerm(size, states), term);
}

/** Adds the summands, positive ones first; a leading negative one takes its sign along. */
function sum(summands: readonly Summand[], constant: number, states: number): NumberTerm {
  const rest = [...summands];
  const parts: Summand[] = [];
  if (constant !== 0) {
    parts.push({ term: constantTerm(Math.abs(constant), states), negative: constant < 0 });
  }
  const all = [...rest, ...parts];
  const ordered = [...all.filter((part) => !part.negative), ...all.filter((part) => part.negative)];
  const [first, ...others] = ordered;
  let total = first.term;
  if (first.negative) {
    total = arithmetic('*', constantTerm(-1, states), first.term);
    const { expression } = first.term;
    if (expression.kind === 'number') total = constantTerm(-expression.value, states);
    else if (
      expression.kind === 'binary' &&
      expression.operator === '*' &&
      expression.left.kind === 'number'
    ) {
      total = negatedProduct(first.term, expression.left.value, states);
    }
  }
  for (const part of others) total = arithmetic(part.negative ? '-' : '+', total, part.term);
  return total;
}

/** −(size · x) spelled with the sign in the constant. */
function negatedProduct(product: NumberTerm, size: number, states: number): NumberTerm {
  const { expression } = product;
  if (expression.kind !== 'binary') return product;
  const inner: NumberTerm = {
    type: 'number',
    expression: expression.right,
    halves: product.halves - constantTerm(size, 1).halves - 2,
    values: product.values.map((value) => value / size),
    grain: product.grain,
  };
  return arithmetic('*', constantTerm(-size, states), inner);
}

/** The cheaper spelling of `fit` over `atoms`. */
export function affineTerm(
  fit: AffineFit,
  atoms: readonly AffineAtom[],
  states: number,
): NumberTerm {
  const used = atoms.flatMap((atom, index) => {
    const coefficient = fit.coefficients[index];
    return coefficient === 0 ? [] : [{ atom, coefficient }];
  });
  if (used.length === 0) return constantTerm(fit.constant, states);
  const [{ atom, coefficient }] = used;
  if (used.length === 1 && atom.condition !== undefined) {
    const present = constantTerm(cleanNumber(fit.constant + coefficient), states);
    return caseSplit(atom.condition, present, constantTerm(fit.constant, states));
  }
  const spell = (factor: number): NumberTerm =>
    sum(
      used.map((part) => ({
        term: scaled(part.atom, cleanNumber(Math.abs(part.coefficient) / factor)),
        negative: part.coefficient < 0,
      })),
      cleanNumber(fit.constant / factor),
      states,
    );
  const plain = spell(1);
  const common = Math.min(...used.map((part) => Math.abs(part.coefficient)));
  if (common === 1 || used.length + (fit.constant === 0 ? 0 : 1) < 2) return plain;
  const factored = arithmetic('*', constantTerm(common, states), spell(common));
  return factored.halves < plain.halves ? factored : plain;
}
