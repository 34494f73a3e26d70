/**
 * Products of powers: least squares of log|y| on log|x|, over the variables that matter most, with
 * exponents as they come and as near fractions, and with a constant added where that helps.
 *
 *     log F = log G + log m₁ + log m₂ − 2 log r   →   F = G · m₁ · m₂ / r²
 */
import { createEngine } from '../engine/engine.js';
import { call, constant, variable } from '../formula.js';
import type { Formula } from '../formula.js';
import { productOf, sumOf } from './shared/build.js';
import { fitLinear } from './shared/least-squares.js';
import type { LinearFit } from './shared/least-squares.js';
import { refine } from './shared/refine.js';
import { roundings } from './shared/roundings.js';
import { takeSample } from './shared/sample.js';
import type { Sample } from './shared/sample.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const MOST_ROWS = 400;
const MOST_VARIABLES = 10;

export const POWER_LAW: Scout = {
  name: 'power law',
  find(problem, countEvaluation) {
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, POWER_LAW.name);
    const sample = takeSample(problem, MOST_ROWS);
    refine(formulasOf(sample), sample, shortlist, { perComplexity: 3, mostProposed: 30 });
    countEvaluation(sample.engine.evaluations());
    const candidates = shortlist.candidates();
    countEvaluation(engine.evaluations());
    return candidates;
  },
};

/** A set of variables with their exponents, and y's size where they are all 1. */
interface Law {
  readonly variables: readonly number[];
  readonly exponents: readonly number[];
  readonly coefficient: number;
}

function formulasOf(sample: Sample): readonly Formula[] {
  const { settings } = sample.problem;
  const logarithmic = [...lawsOf(sample, true), ...lawsOf(sample, false)].flatMap(roundedLaws);
  const laws = [...logarithmic, ...logarithmic.map((law) => descend(law, sample))];
  const plain = laws.flatMap(({ variables, exponents, coefficient }) => {
    const powers = variables.map((index, k) => ({ base: variable(index), exponent: exponents[k] }));
    const formula = productOf(powers, coefficient, settings);
    return [formula, sumOf([{ coefficient: 1, formula }], SHIFT, settings)];
  });
  const moved = logarithmic.slice(0, MOST_MOVED).map((law) => descend(law, sample));
  return [...plain, ...moved.flatMap((law) => movedLaws(law, sample))];
}

/** Laws of which every base in turn is moved by a constant. */
const MOST_MOVED = 2;
const MOVED_EXPONENTS = [1, -1, 2, -2];

/** The law with x + c for one of its variables, c of the variable's size to begin with. */
function movedLaws(
  { variables, exponents, coefficient }: Law,
  { columns, problem }: Sample,
): readonly Formula[] {
  return variables.flatMap((moved) => {
    const column = columns[moved];
    const size = column.reduce((sum, value) => sum + Math.abs(value), 0) / column.length;
    return MOVED_EXPONENTS.map((exponent) => {
      const powers = variables.map((index, k) =>
        index === moved
          ? { base: call('+', variable(index), constant(size)), exponent }
          : { base: variable(index), exponent: exponents[k] },
      );
      return productOf(powers, coefficient, problem.settings);
    });
  });
}

/** Any small number: the constant that is added is fitted. */
const SHIFT = 1e-3;

/**
 * The laws of all variables, then of one less at a time, the least missed first; for errors of y as the
 * loss judges them, or for errors of log y that are alike everywhere.
 */
function lawsOf(sample: Sample, isJudged: boolean): readonly Law[] {
  const logs = sample.columns.map((column) => column.map((value) => Math.log(Math.abs(value))));
  const logTarget = sample.target.map((value) => Math.log(Math.abs(value)));
  const roots = isJudged
    ? sample.logRoots
    : sample.engine.shares.map((share, i) => (sample.target[i] === 0 ? 0 : Math.sqrt(share)));
  const target = logTarget.map((value) => (Number.isFinite(value) ? value : 0));
  const fit = (variables: readonly number[]): LinearFit =>
    fitLinear(
      [new Float64Array(sample.rows).fill(1), ...variables.map((k) => logs[k])],
      target,
      roots,
    );
  let variables = logs
    .map((_, index) => index)
    .filter((index) => logs[index].every(Number.isFinite) && isSpread(sample.columns[index]));
  const laws: Law[] = [];
  while (variables.length > 0) {
    const { coefficients, deviations } = fit(variables);
    const exponents = variables.map((_, k) => coefficients[k + 1]);
    const coefficient = signOf(sample) * Math.exp(coefficients[0]);
    if (variables.length <= MOST_VARIABLES && Number.isFinite(coefficient)) {
      laws.push({ variables, exponents, coefficient });
    }
    const weights = exponents.map((exponent, k) => Math.abs(exponent) / deviations[k + 1]);
    const least = weights.indexOf(Math.min(...weights));
    variables = variables.filter((_, k) => k !== least);
  }
  return laws;
}

/** The law as it is, and with its exponents at near fractions. */
function roundedLaws(law: Law): readonly Law[] {
  return roundings(law.exponents)
    .map((exponents) => ({ ...law, exponents }))
    .filter(({ exponents }) => exponents.some((exponent) => exponent !== 0));
}

function isSpread(column: Float64Array): boolean {
  return column.some((value) => value !== column[0]);
}

function signOf({ target }: Sample): number {
  return target.reduce((sum, value) => sum + Math.sign(value), 0) < 0 ? -1 : 1;
}

const STEP = 0.5;
const MOST_STEPS = 24;

/**
 * The law that no step of one or two exponents by a half improves, judged on y itself: errors that swamp
 * small values of y mislead least squares of logarithms.
 */
function descend(law: Law, sample: Sample): Law {
  const { variables } = law;
  let exponents = law.exponents.map((exponent) => Math.round(exponent / STEP) * STEP);
  let best = fitCoefficient(variables, exponents, sample);
  for (let step = 0; step < MOST_STEPS; step++) {
    const tried = neighbours(exponents).map((next) => ({
      next,
      fit: fitCoefficient(variables, next, sample),
    }));
    const winner = tried.reduce((a, b) => (b.fit.residue < a.fit.residue ? b : a));
    if (!(winner.fit.residue < best.residue)) break;
    exponents = winner.next;
    best = winner.fit;
  }
  return { variables, exponents, coefficient: best.coefficient };
}

function neighbours(exponents: readonly number[]): number[][] {
  const moves: number[][] = [];
  exponents.forEach((_, a) => {
    for (let b = a; b < exponents.length; b++) {
      for (const [stepA, stepB] of [
        [STEP, STEP],
        [STEP, -STEP],
        [-STEP, STEP],
        [-STEP, -STEP],
      ]) {
        moves.push(exponents.map((e, k) => e + (k === a ? stepA : k === b ? stepB : 0)));
      }
    }
  });
  return moves;
}

/** The coefficient of least squares, and what is left; the residue is NaN where a power is undefined. */
function fitCoefficient(
  variables: readonly number[],
  exponents: readonly number[],
  { columns, target, roots, rows }: Sample,
): { readonly coefficient: number; readonly residue: number } {
  let [square, product, total] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    let power = roots[i];
    for (let k = 0; k < variables.length; k++) power *= columns[variables[k]][i] ** exponents[k];
    const wanted = roots[i] * target[i];
    square += power * power;
    product += power * wanted;
    total += wanted * wanted;
  }
  return { coefficient: product / square, residue: total - product ** 2 / square };
}
