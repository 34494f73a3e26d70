/**
 * Power laws that change their course at a scale: y = C · Π xᵢ^aᵢ · φ(c · u)^k, where u is a product of
 * powers as well. That is what dimensional analysis leaves of a law with one quantity without dimension
 * (Buckingham 1914): decay, saturation, occupation, screening.
 *
 *     rate = A · exp(−E / (R T))     growth = m · s / (K + s)     light = a · ν³ / (exp(b · ν / T) − 1)
 *
 * For given u, φ and c, log y is linear in the exponents and in k. So every u and φ is tried at every c
 * of a grid that follows the values of u; the constants of the best are then fitted as they stand.
 */
import { createEngine } from '../engine/engine.js';
import { variable } from '../formula.js';
import type { Formula } from '../formula.js';
import { gridOf, innerExponents } from './scaled-law/grid.js';
import { leftBy, logsOf, productColumn } from './scaled-law/logs.js';
import type { Logs } from './scaled-law/logs.js';
import type { Response } from './scaled-law/responses.js';
import { RESPONSES } from './scaled-law/responses.js';
import { times } from './shared/fold.js';
import { productOf } from './shared/build.js';
import { fitLinear } from './shared/least-squares.js';
import { refine } from './shared/refine.js';
import { roundings } from './shared/roundings.js';
import { takeSample } from './shared/sample.js';
import type { Sample } from './shared/sample.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const MOST_ROWS = 120;
/** Pairs of u and φ whose c is searched closely, and that are told as formulas. */
const MOST_SEARCHED = 400;
const MOST_KEPT = 24;
const LINE_STEPS = 16;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Values of k that φ^k is told with, where the fitted one is near. */
const OUTER_EXPONENTS = [1, -1, 2, -2, 0.5, -0.5];
const NEAR_EXPONENT = 0.35;

export const SCALED_LAW: Scout = {
  name: 'scaled law',
  find(problem, countEvaluation) {
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, SCALED_LAW.name);
    const sample = takeSample(problem, MOST_ROWS);
    if (problem.settings.operators.includes('*')) {
      const formulas = formulasOf(sample, (count) => {
        sample.engine.countEvaluations(count);
      });
      refine(formulas, sample, shortlist, { perComplexity: 4, mostProposed: 40 });
    }
    const candidates = shortlist.candidates();
    countEvaluation(sample.engine.evaluations() + engine.evaluations());
    return candidates;
  },
};

/** φ(c · u) for one c: how much it leaves of the target. */
interface Trial {
  readonly inner: readonly number[];
  readonly response: Response;
  /** Bounds of c in which a better one may lie. */
  readonly bracket: readonly [number, number];
  readonly scale: number;
  readonly left: number;
}

function formulasOf(sample: Sample, count: (trials: number) => void): readonly Formula[] {
  const logs = logsOf(sample);
  if (logs === undefined) return [];
  const { operators } = sample.problem.settings;
  const responses = RESPONSES.filter((response) =>
    response.operators.every((name) => operators.includes(name)),
  );
  const inners = innerExponents(logs.variables.length).map((inner) => ({
    inner,
    values: productColumn(inner, logs),
  }));
  const trials = inners.flatMap(({ inner, values }) =>
    responses.flatMap((response) => {
      const found = gridOf(values, response).map(({ scale, bracket }): Trial => {
        const left = leftBy(scale, values, response, logs);
        return { inner, response, bracket, scale, left };
      });
      count(found.length);
      return valleysOf(found);
    }),
  );
  return trials
    .sort(byLeft)
    .slice(0, MOST_SEARCHED)
    .map((trial) => searchScale(trial, logs))
    .sort(byLeft)
    .slice(0, MOST_KEPT)
    .flatMap((trial) => lawsOf(trial, logs, sample));
}

/** The points of a grid next to which nothing is lower: there is a valley around each. */
function valleysOf(grid: readonly Trial[]): readonly Trial[] {
  const leftAt = (at: number): number => {
    const left = grid.at(at)?.left ?? NaN;
    return Number.isNaN(left) ? Infinity : left;
  };
  return grid.filter(
    ({ left }, at) =>
      Number.isFinite(left) &&
      (at === 0 || leftAt(at - 1) >= left) &&
      (at === grid.length - 1 || leftAt(at + 1) >= left),
  );
}

function byLeft(a: Trial, b: Trial): number {
  return a.left - b.left;
}

/** The best c near the one of the grid, by golden section. */
function searchScale(trial: Trial, logs: Logs): Trial {
  const values = productColumn(trial.inner, logs);
  let [low, high] = trial.bracket;
  let best = trial;
  for (let step = 0; step < LINE_STEPS && high > low; step++) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    const [leftA, leftB] = [a, b].map((scale) => leftBy(scale, values, trial.response, logs));
    const isLower = leftA < leftB;
    if (isLower) high = b;
    else low = a;
    const [scale, left] = isLower ? [a, leftA] : [b, leftB];
    if (left < best.left) best = { ...best, scale, left };
  }
  return best;
}

/** The law with k as it comes and at near simple values, its exponents fitted and rounded for each. */
function lawsOf({ inner, response, scale }: Trial, logs: Logs, sample: Sample): readonly Formula[] {
  const { settings } = sample.problem;
  const logPhi = productColumn(inner, logs).map((u) => response.logarithm(scale * u));
  const ones = new Float64Array(logPhi.length).fill(1);
  const { coefficients } = fitLinear([ones, ...logs.columns, logPhi], logs.target, logs.roots);
  const fitted = coefficients[logs.columns.length + 1];
  if (!Number.isFinite(fitted) || fitted === 0) return [];
  const simple = OUTER_EXPONENTS.filter((k) => Math.abs(k - fitted) < NEAR_EXPONENT);
  const rates = response.isClosed ? [fitted] : [...simple, fitted];
  return rates.flatMap((k) => {
    const without = logs.target.map((y, i) => y - k * logPhi[i]);
    const powers = fitLinear([ones, ...logs.columns], without, logs.roots).coefficients;
    const u = productOf(
      inner.map((exponent, at) => ({ base: variable(logs.variables[at]), exponent })),
      1,
      settings,
    );
    const rate = response.isClosed ? scale * k : scale;
    const phi = response.build(times(rate, u, new Set(settings.operators)));
    return roundings(Array.from(powers.subarray(1))).map((exponents) => {
      const level = fitLevel(exponents, without, logs);
      const factors = exponents.map((exponent, at) => ({
        base: variable(logs.variables[at]),
        exponent,
      }));
      const outer = response.isClosed ? 1 : k;
      return productOf(
        [...factors, { base: phi, exponent: outer }],
        logs.sign * Math.exp(level),
        settings,
      );
    });
  });
}

/** The logarithm of the coefficient, for given exponents. */
function fitLevel(exponents: readonly number[], target: Float64Array, logs: Logs): number {
  const left = target.map(
    (y, i) => y - exponents.reduce((sum, e, at) => sum + e * logs.columns[at][i], 0),
  );
  return fitLinear([new Float64Array(left.length).fill(1)], left, logs.roots).coefficients[0];
}
