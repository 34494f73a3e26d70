/**
 * Quotients of short polynomials: y · d = N − y · D is linear in the coefficients of N and D once a
 * monomial d of the denominator has coefficient 1. Each d is tried, the terms are chosen by a beam, and
 * the quotient itself is fitted, since errors of y spoil the linear form.
 *
 *     y = (m₁r₁ + m₂r₂) / (m₁ + m₂):   y m₁ = m₁r₁ + m₂r₂ − y m₂
 */
import { createEngine } from '../engine/engine.js';
import { call } from '../formula.js';
import type { Formula } from '../formula.js';
import { createBuckets } from './shared/buckets.js';
import { monomialOf, sumOf } from './shared/build.js';
import { fitLinear } from './shared/least-squares.js';
import { columnOfMonomial, monomialsUpTo } from './shared/monomials.js';
import { refine } from './shared/refine.js';
import { takeSample } from './shared/sample.js';
import type { Sample } from './shared/sample.js';
import { selectForward } from './shared/select-terms.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const MOST_ROWS = 200;
const MOST_DEGREE = 4;
const MOST_MONOMIALS = 36;
/**
 * Degrees above and below the line that are tried apart: among few monomials, noise finds fewer that stand
 * in for each other.
 */
const SMALL_DEGREES = [
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
] as const;
/** Monomials that are tried as the one with coefficient 1. */
const MOST_LEADING = 16;
const MOST_TERMS = 5;
const BEAM_WIDTH = 18;
/** Quotients of each number of terms that are fitted on the sample. */
const PER_SIZE = 24;
/** Quotients that are fitted on all rows. */
const MOST_PROPOSED = 24;

export const RATIONAL: Scout = {
  name: 'rational',
  find(problem, countEvaluation) {
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, RATIONAL.name);
    if (problem.settings.operators.includes('/')) {
      const sample = takeSample(problem, MOST_ROWS);
      refine(formulasOf(sample), sample, shortlist, {
        perComplexity: 3,
        mostProposed: MOST_PROPOSED,
      });
      countEvaluation(sample.engine.evaluations());
    }
    const candidates = shortlist.candidates();
    countEvaluation(engine.evaluations());
    return candidates;
  },
};

function formulasOf(sample: Sample): readonly Formula[] {
  const variables = sample.columns.length;
  const upTo = (degree: number): Monomials => monomialsUpTo(variables, degree, MOST_MONOMIALS);
  const all = upTo(MOST_DEGREE);
  const small = SMALL_DEGREES.map(([above, below]) => [upTo(above), upTo(below)] as const);
  const buckets = createBuckets<Formula>(PER_SIZE);
  for (const [above, below] of [...small, [all, all] as const]) {
    for (const leading of below.slice(0, MOST_LEADING)) {
      for (const { size, formula } of quotientsOver(leading, above, below, sample)) {
        if (!sample.isRight(formula)) continue;
        const judged = sample.engine.judge(formula, RATIONAL.name);
        if (judged !== undefined) buckets.offer(size, judged.loss, formula);
      }
    }
  }
  return buckets.all();
}

type Monomials = readonly (readonly number[])[];

interface Quotient {
  readonly size: number;
  readonly formula: Formula;
}

/** The best quotients in whose denominator `leading` has coefficient 1. */
function quotientsOver(
  leading: readonly number[],
  monomials: Monomials,
  divisors: Monomials,
  sample: Sample,
): readonly Quotient[] {
  const { target } = sample;
  const first = columnOfMonomial(leading, sample);
  const plain = monomials.map((monomial) => columnOfMonomial(monomial, sample));
  const below = divisors.filter((monomial) => monomial !== leading);
  const times = (column: Float64Array): Float64Array =>
    column.map((value, i) => -value * target[i]);
  const columns = [...plain, ...below.map((monomial) => times(columnOfMonomial(monomial, sample)))];
  // An error of y is multiplied by the denominator, of which `first` is the part that is known.
  const roots = sample.roots.map((root, i) => (first[i] === 0 ? 0 : root / Math.abs(first[i])));
  const product = first.map((value, i) => value * target[i]);
  const selection = { columns, target: product, roots };
  const sets = selectForward(selection, { always: [], mostTerms: MOST_TERMS, width: BEAM_WIDTH });
  return sets
    .filter(({ terms }) => terms.some((index) => index < monomials.length))
    .map(({ terms }) => {
      const chosen = terms.map((index) => columns[index]);
      const { coefficients } = fitLinear(chosen, product, roots);
      const parts = terms.map((index, k) => ({
        isAbove: index < monomials.length,
        monomial: index < monomials.length ? monomials[index] : below[index - monomials.length],
        coefficient: coefficients[k],
      }));
      const numerator = parts.filter(({ isAbove }) => isAbove);
      const denominator = parts.filter(({ isAbove }) => !isAbove);
      const formula = call(
        '/',
        polynomialOf(numerator, sample),
        polynomialOf([{ monomial: leading, coefficient: 1 }, ...denominator], sample),
      );
      return { size: terms.length, formula };
    });
}

function polynomialOf(
  parts: readonly { readonly monomial: readonly number[]; readonly coefficient: number }[],
  sample: Sample,
): Formula {
  const { settings } = sample.problem;
  const isConstant = (monomial: readonly number[]): boolean => monomial.every((e) => e === 0);
  const offset = parts.find(({ monomial }) => isConstant(monomial))?.coefficient ?? 0;
  const terms = parts
    .filter(({ monomial }) => !isConstant(monomial))
    .map(({ monomial, coefficient }) => ({
      coefficient,
      formula: monomialOf(monomial, settings),
    }));
  return sumOf(terms, offset, settings);
}
