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
 * Takes out the number at the last term, so that proportional sums have the same inside, and the atoms
 * that stand in every term. With `mayTake`, the number is taken without its sign, and of the atoms only
 * those allowed: what can be drawn out of a root.
 */
export function primitiveOf(
  algebra: Algebra,
  sum: Sum,
  mayTake?: (factor: Factor) => boolean,
): Primitive {
  const last = sum[sum.length - 1].coefficient;
  const coefficient = mayTake === undefined ? last : Math.abs(last);
  const shared = sharedFactors(sum).filter((factor) => mayTake?.(factor) ?? true);
  const opposite = shared.map(({ atom, exponent }) => ({ atom, exponent: -exponent }));
  const inside = sum.map((term) => ({
    coefficient: term.coefficient / coefficient,
    factors: mergeFactors(term.factors, opposite),
  }));
  return { outside: { coefficient, factors: shared }, inside: addSums(algebra, inside) };
}

/** The atoms that stand in every term, to their smallest power. */
function sharedFactors(sum: Sum): readonly Factor[] {
  const [first, ...others] = sum;
  return first.factors.flatMap(({ atom, exponent }) => {
    const exponents = others.map(
      ({ factors }) => factors.find((factor) => factor.atom === atom)?.exponent,
    );
    if (exponents.includes(undefined)) return [];
    return [{ atom, exponent: Math.min(exponent, ...exponents.map(Number)) }];
  });
}
