/** Adding sums, scaling them, and taking out what all their terms share. */
import { keyOfTerm } from './algebra.js';
import type { Algebra, Factor, Sum, Term } from './algebra.js';

/** Exponents this near to a fraction with a small denominator are that fraction. */
const EXPONENT_TOLERANCE = 1e-12;
const LARGEST_DENOMINATOR = 24;

/** The number, or 0 and the algebra marked as undefined where it is infinite or none. */
export function checkedNumber(algebra: Algebra, value: number): number {
  if (Number.isFinite(value)) return value;
  algebra.isUndefined = true;
  return 0;
}

/** All terms of the sums, like terms together; what cancels within the tolerance is gone. */
export function addSums(algebra: Algebra, ...sums: readonly Sum[]): Sum {
  const terms = new Map<string, Term>();
  for (const term of sums.flat()) {
    const key = keyOfTerm(term);
    const before = terms.get(key);
    if (before === undefined) {
      terms.set(key, term);
      continue;
    }
    const coefficient = checkedNumber(algebra, before.coefficient + term.coefficient);
    const size = Math.max(Math.abs(before.coefficient), Math.abs(term.coefficient));
    if (Math.abs(coefficient) <= algebra.options.tolerance * size) terms.delete(key);
    else terms.set(key, { ...term, coefficient });
  }
  return [...terms.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, term]) => term);
}

export function scaleSum(algebra: Algebra, sum: Sum, factor: number): Sum {
  return sum.flatMap((term) => {
    const coefficient = checkedNumber(algebra, term.coefficient * factor);
    return coefficient === 0 ? [] : [{ ...term, coefficient }];
  });
}

/** An exponent, told as the fraction that it nearly is. */
export function neatExponent(exponent: number): number {
  for (let below = 1; below <= LARGEST_DENOMINATOR; below++) {
    const near = Math.round(exponent * below) / below;
    if (Math.abs(near - exponent) <= EXPONENT_TOLERANCE * Math.max(1, Math.abs(exponent))) {
      return near;
    }
  }
  return Number(exponent.toPrecision(12));
}

/** The factors of a product: exponents of one atom added, those that cancel gone. */
export function mergeFactors(...lists: readonly (readonly Factor[])[]): readonly Factor[] {
  const exponents = new Map<number, number>();
  for (const { atom, exponent } of lists.flat()) {
    exponents.set(atom, (exponents.get(atom) ?? 0) + exponent);
  }
  return [...exponents.entries()]
    .map(([atom, exponent]): Factor => ({ atom, exponent: neatExponent(exponent) }))
    .filter(({ exponent }) => exponent !== 0)
    .sort((a, b) => a.atom - b.atom);
}

/** A sum as `outside` × `inside`. */
export interface Primitive {
  readonly outside: Term;
  readonly inside: Sum;
}

/**
 * Takes out the number at the last term, so that proportional sums have the same inside, the atoms that
 * stand in every term, and the denominators. With `mayTake`, the number is taken without its sign, and of
 * the atoms only those allowed: what can be drawn out of a root.
 */
export function primitiveOf(
  algebra: Algebra,
  sum: Sum,
  mayTake?: (factor: Factor) => boolean,
): Primitive {
  const last = sum[sum.length - 1].coefficient;
  const coefficient = mayTake === undefined ? last : Math.abs(last);
  const shared = sharedFactors(algebra, sum).filter((factor) => mayTake?.(factor) ?? true);
  const inside = divideSum(algebra, sum, { coefficient, factors: shared });
  return { outside: { coefficient, factors: shared }, inside };
}

/** The sum divided by a term, term by term. */
export function divideSum(algebra: Algebra, sum: Sum, { coefficient, factors }: Term): Sum {
  const opposite = factors.map(({ atom, exponent }) => ({ atom, exponent: -exponent }));
  const divided = sum.map((term) => ({
    coefficient: term.coefficient / coefficient,
    factors: mergeFactors(term.factors, opposite),
  }));
  return addSums(algebra, divided);
}

/** The atoms that stand in every term, or below a line in any, to their smallest power. */
export function sharedFactors(algebra: Algebra, sum: Sum): readonly Factor[] {
  const smallest = new Map<number, { exponent: number; count: number }>();
  for (const { atom, exponent } of sum.flatMap(({ factors }) => factors)) {
    const before = smallest.get(atom) ?? { exponent: Infinity, count: 0 };
    smallest.set(atom, {
      exponent: Math.min(before.exponent, exponent),
      count: before.count + 1,
    });
  }
  // A bracket that is multiplied with what stood not below it would have to be opened.
  return [...smallest.entries()]
    .filter(
      ([atom, { exponent, count }]) =>
        count === sum.length || (exponent < 0 && algebra.atoms[atom].name !== 'sum'),
    )
    .map(([atom, { exponent }]) => ({ atom, exponent }))
    .sort((a, b) => a.atom - b.atom);
}
