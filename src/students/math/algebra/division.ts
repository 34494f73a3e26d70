/**
 * Division of polynomials in the atoms: (x⁷ − x)/(x − 1) is x⁶ + … + x, which has no hole at 1 and reads
 * as what it is.
 */
import type { Algebra, Factor, Sum, Term } from './algebra.js';
import { addSums, mergeFactors, scaleSum } from './sums.js';

/** Terms of a quotient; longer ones are no simplification. */
const MOST_TERMS = 16;

/**
 * The quotient where it is a polynomial, by division with the leading terms in lexicographic order (Cox,
 * Little and O'Shea, Ideals, Varieties, and Algorithms, section 2.3); `undefined` where there is a
 * remainder, or either is no polynomial.
 */
export function divideExactly(algebra: Algebra, dividend: Sum, divisor: Sum): Sum | undefined {
  if (![...dividend, ...divisor].every(isPolynomialTerm)) return undefined;
  const leading = leadingTerm(divisor);
  const quotient: Term[] = [];
  let rest = dividend;
  while (rest.length > 0) {
    const step = divideTerm(leadingTerm(rest), leading);
    if (step === undefined || quotient.length === MOST_TERMS) return undefined;
    quotient.push(step);
    const product = divisor.map((term) => timesTerm(term, step));
    rest = addSums(algebra, rest, scaleSum(algebra, product, -1));
  }
  return addSums(algebra, quotient);
}

function isPolynomialTerm({ factors }: Term): boolean {
  return factors.every(({ exponent }) => Number.isInteger(exponent) && exponent > 0);
}

function leadingTerm(sum: Sum): Term {
  return sum.reduce((best, term) => (isAbove(term.factors, best.factors) ? term : best));
}

/** Lexicographic, the atom of the smallest number first. */
function isAbove(a: readonly Factor[], b: readonly Factor[]): boolean {
  for (let k = 0; ; k++) {
    const [left, right] = [a.at(k), b.at(k)];
    if (left === undefined) return false;
    if (right === undefined) return true;
    if (left.atom !== right.atom) return left.atom < right.atom;
    if (left.exponent !== right.exponent) return left.exponent > right.exponent;
  }
}

/** `undefined` where an exponent would become negative. */
function divideTerm(above: Term, below: Term): Term | undefined {
  const opposite = below.factors.map(({ atom, exponent }) => ({ atom, exponent: -exponent }));
  const term = {
    coefficient: above.coefficient / below.coefficient,
    factors: mergeFactors(above.factors, opposite),
  };
  return isPolynomialTerm(term) && Number.isFinite(term.coefficient) ? term : undefined;
}

function timesTerm(a: Term, b: Term): Term {
  return {
    coefficient: a.coefficient * b.coefficient,
    factors: mergeFactors(a.factors, b.factors),
  };
}
