/**
 * Polynomials in all variables: every monomial up to a degree that the rows can tell apart, then the
 * least significant out, one at a time, and the best few from below. Columns are scaled, and least
 * squares is done by orthogonalisation, so that data without noise give exact coefficients.
 */
import { createEngine } from '../engine/engine.js';
import type { Formula } from '../formula.js';
import { monomialOf, sumOf } from './shared/build.js';
import { fitLinear } from './shared/least-squares.js';
import { columnOfMonomial, monomialsUpTo } from './shared/monomials.js';
import { refine } from './shared/refine.js';
import { takeSample } from './shared/sample.js';
import type { Sample } from './shared/sample.js';
import { selectBackward, selectForward } from './shared/select-terms.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const MOST_ROWS = 400;
const MOST_DEGREE = 8;
/** Monomials that elimination starts from, and that the beam looks at. */
const MOST_ELIMINATED = 84;
const MOST_LOOKED_AT = 260;
/** Share of the rows that elimination may use up. */
const MOST_OF_ROWS = 0.6;
const MOST_TERMS = 8;
const MOST_TERMS_FORWARD = 6;
const BEAM_WIDTH = 8;
/** Sets of each size that are fitted. */
const PER_SIZE = 3;

const REFINED = { perComplexity: 2, mostProposed: 24 };

export const POLYNOMIAL: Scout = {
  name: 'polynomial',
  find(problem, countEvaluation) {
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, POLYNOMIAL.name);
    const sample = takeSample(problem, MOST_ROWS);
    // The coefficients are those of least squares already.
    refine(formulasOf(sample), sample, shortlist, { ...REFINED, iterations: 1 });
    countEvaluation(sample.engine.evaluations());
    const candidates = shortlist.candidates();
    countEvaluation(engine.evaluations());
    return candidates;
  },
};

function formulasOf(sample: Sample): readonly Formula[] {
  const eliminated = setsByElimination(sample);
  const grown = setsByBeam(sample);
  return [...eliminated, ...grown].map((monomials) => polynomialOf(sample, monomials));
}

type Monomial = readonly number[];

function setsByElimination(sample: Sample): readonly (readonly Monomial[])[] {
  const most = Math.min(MOST_ELIMINATED, Math.floor(MOST_OF_ROWS * sample.rows));
  const monomials = monomialsUpTo(sample.columns.length, MOST_DEGREE, most);
  const columns = monomials.map((monomial) => columnOfMonomial(monomial, sample));
  return selectBackward({ ...sample, columns })
    .filter(({ terms }) => terms.length <= MOST_TERMS)
    .map(({ terms }) => terms.map((index) => monomials[index]));
}

function setsByBeam(sample: Sample): readonly (readonly Monomial[])[] {
  const monomials = monomialsUpTo(sample.columns.length, MOST_DEGREE, MOST_LOOKED_AT).slice(1);
  const columns = monomials.map((monomial) => columnOfMonomial(monomial, sample));
  const one = new Float64Array(sample.rows).fill(1);
  const options = { mostTerms: MOST_TERMS_FORWARD, width: BEAM_WIDTH };
  const sets = [[one], []].flatMap((always) =>
    selectForward({ ...sample, columns }, { ...options, always })
      .filter((set, index, all) => index - all.findIndex(sameSize(set.terms.length)) < PER_SIZE)
      .map(({ terms }) => {
        const chosen = terms.map((index) => monomials[index]);
        return always.length === 0 ? chosen : [monomials[0].map(() => 0), ...chosen];
      }),
  );
  return sets;
}

function sameSize(size: number): (set: { readonly terms: readonly number[] }) => boolean {
  return ({ terms }) => terms.length === size;
}

function polynomialOf(sample: Sample, monomials: readonly Monomial[]): Formula {
  const { settings } = sample.problem;
  const columns = monomials.map((monomial) => columnOfMonomial(monomial, sample));
  const { coefficients } = fitLinear(columns, sample.target, sample.roots);
  const terms = monomials
    .map((monomial, k) => ({
      coefficient: coefficients[k],
      formula: monomialOf(monomial, settings),
      degree: monomial.reduce((sum, exponent) => sum + exponent, 0),
    }))
    .sort((a, b) => b.degree - a.degree);
  const offset = terms.find(({ degree }) => degree === 0)?.coefficient ?? 0;
  return sumOf(
    terms.filter(({ degree }) => degree > 0),
    offset,
    settings,
  );
}
