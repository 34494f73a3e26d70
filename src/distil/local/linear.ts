/**
 * The sums of features that fit rows around a point best, by number of features: what a reader knows as
 * a local explanation (LIME, Ribeiro and others 2016). No search is needed for them, so there is one even
 * where the search was stopped, and longer formulas have to do better.
 *
 *   b · income,   a + b · income,   b · income − c · debt,   a + b · income − c · debt,   …
 */
import { fitConstants } from '../../students/math/fit/fit-constants.js';
import { polish } from '../../students/math/fit/polish.js';
import { call, constant, constantsOf, variable } from '../../students/math/formula.js';
import type { Formula } from '../../students/math/formula.js';
import type { Engine } from '../../students/math/engine/engine.js';
import type { Candidate } from '../../students/math/problem.js';

/** Features of a sum. */
const MOST_TERMS = 8;

const ORIGIN = 'linear';

/** Simplest first; those that the settings do not allow are left out. */
export function linearCandidates(engine: Engine): readonly Candidate[] {
  const { columns } = engine.problem.data;
  const order = byInfluence(engine);
  const most = Math.min(MOST_TERMS, columns.length);
  const sums = Array.from({ length: most }, (_, k) => order.slice(0, k + 1)).flatMap((features) => [
    sumOf(features),
    call('+', constant(0), sumOf(features)),
  ]);
  return sums.flatMap((sum) => {
    const fitted = fitConstants(sum, engine);
    const judged = fitted && engine.judge(fitted.formula, ORIGIN);
    return judged === undefined ? [] : [polish(judged, engine)];
  });
}

/** Features by what they move in the sum of all: |slope| times their spread, larger first. */
function byInfluence(engine: Engine): readonly number[] {
  const { columns } = engine.problem.data;
  const all = columns.map((_, k) => k);
  const fitted = fitConstants(call('+', constant(0), sumOf(all)), engine);
  if (fitted === undefined) return all;
  const slopes = constantsOf(fitted.formula).slice(1);
  const influence = all.map((k) => Math.abs(slopes[k]) * spreadOf(columns[k], engine.shares));
  return all.sort((one, other) => influence[other] - influence[one] || one - other);
}

function sumOf(features: readonly number[]): Formula {
  return features
    .map((feature): Formula => call('*', constant(0), variable(feature)))
    .reduce((sum, term) => call('+', sum, term));
}

/** The weighted standard deviation of a column. */
function spreadOf(column: Float64Array, shares: Float64Array): number {
  const mean = column.reduce((sum, value, row) => sum + shares[row] * value, 0);
  return Math.sqrt(column.reduce((sum, value, row) => sum + shares[row] * (value - mean) ** 2, 0));
}
