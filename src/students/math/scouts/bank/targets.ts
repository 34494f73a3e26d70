/**
 * What a sum of features is fitted to: y itself, or a function of y whose inverse is then put around the
 * sum. An error of y is one of T(y) times T′(y), by which the rows' weights are divided (delta method).
 *
 *     1/y = 1/u + n/v   →   y = 1/(1/u + n/v)
 */
import { call, constant } from '../../formula.js';
import type { Formula } from '../../formula.js';
import type { Settings } from '../../problem.js';
import { productOf, sumOf } from '../shared/build.js';
import { times } from '../shared/fold.js';
import type { Sample } from '../shared/sample.js';
import type { Feature } from './features.js';

export interface Target {
  readonly name: string;
  readonly values: Float64Array;
  /** Square roots of the weights. */
  readonly roots: Float64Array;
  /** Whether features are to be taken as factors, by their logarithms, too. */
  readonly takesPowers: boolean;
  /** The formula for y of offset + Σ coefficient · feature. */
  readonly formulasOf: (
    features: readonly Feature[],
    coefficients: ArrayLike<number>,
    offset: number,
  ) => readonly Formula[];
}

interface Transform {
  readonly name: string;
  /** The operator that undoes it; `undefined` where none is needed. */
  readonly undo?: string;
  readonly isDefined: (value: number) => boolean;
  readonly value: (value: number) => number;
  readonly slope: (value: number) => number;
  readonly wrap: (sum: Formula) => Formula;
}

/** Larger values have no exponential that least squares could use. */
const LARGEST_EXPONENT = 25;

const TRANSFORMS: readonly Transform[] = [
  { name: 'y', isDefined: () => true, value: (y) => y, slope: () => 1, wrap: (sum) => sum },
  {
    name: '1/y',
    undo: '/',
    isDefined: (y) => y !== 0,
    value: (y) => 1 / y,
    slope: (y) => 1 / (y * y),
    wrap: (sum) => call('/', constant(1), sum),
  },
  {
    name: 'y²',
    undo: 'sqrt',
    isDefined: (y) => y > 0,
    value: (y) => y * y,
    slope: (y) => 2 * y,
    wrap: (sum) => call('sqrt', sum),
  },
  {
    name: '√y',
    undo: 'square',
    isDefined: (y) => y > 0,
    value: Math.sqrt,
    slope: (y) => 0.5 / Math.sqrt(y),
    wrap: (sum) => call('square', sum),
  },
  {
    name: 'exp y',
    undo: 'log',
    isDefined: (y) => Math.abs(y) < LARGEST_EXPONENT,
    value: Math.exp,
    slope: Math.exp,
    wrap: (sum) => call('log', sum),
  },
];

/** The targets that are defined at all rows of a sample, y first. */
export function targetsOf(sample: Sample): readonly Target[] {
  const { settings } = sample.problem;
  const found: Target[] = TRANSFORMS.filter(
    ({ undo, isDefined }) =>
      (undo === undefined || settings.operators.includes(undo)) &&
      sample.target.every((y) => isDefined(y)),
  ).map(({ name, value, slope, wrap }) => ({
    name,
    values: sample.target.map(value),
    roots: normalise(sample.roots.map((root, i) => root / Math.abs(slope(sample.target[i])))),
    takesPowers: false,
    formulasOf: (features, coefficients, offset) => {
      const terms = features.map(({ formula }, k) => ({ formula, coefficient: coefficients[k] }));
      return [wrap(sumOf(terms, offset, settings))];
    },
  }));
  const logarithm = logarithmOf(sample);
  return logarithm === undefined ? found : [found[0], logarithm, ...found.slice(1)];
}

function normalise(roots: Float64Array): Float64Array {
  const size = Math.sqrt(roots.reduce((sum, root) => sum + root * root, 0));
  return roots.map((root) => root / size);
}

/** log|y|: features are factors by their logarithms, or stand in the exponent of e. */
function logarithmOf({ problem, target, logRoots }: Sample): Target | undefined {
  const { settings } = problem;
  const sign = target.reduce((sum, y) => sum + Math.sign(y), 0) < 0 ? -1 : 1;
  const isUsable = target.filter((y) => y !== 0).length > target.length / 2;
  if (!isUsable || !settings.operators.includes('*')) return undefined;
  return {
    name: 'log y',
    values: target.map((y) => (y === 0 ? 0 : Math.log(Math.abs(y)))),
    roots: logRoots,
    takesPowers: true,
    formulasOf: (features, coefficients, offset) =>
      EXPONENT_STEPS.map((step) =>
        productFrom(features, coefficients, sign * Math.exp(offset), step, settings),
      ).filter((formula): formula is Formula => formula !== undefined),
  };
}

/** Exponents as they come, and rounded to multiples of these. */
const EXPONENT_STEPS = [0, 1, 1 / 2, 1 / 3];

function productFrom(
  features: readonly Feature[],
  coefficients: ArrayLike<number>,
  factor: number,
  step: number,
  settings: Settings,
): Formula | undefined {
  if (!Number.isFinite(factor)) return undefined;
  const all = features.map((feature, k) => ({ ...feature, coefficient: coefficients[k] }));
  const powers = all
    .filter(({ kind }) => kind === 'power')
    .map(({ formula, coefficient }) => ({
      base: formula,
      exponent: step === 0 ? coefficient : Math.round(coefficient / step) * step,
    }));
  const product = productOf(powers, 1, settings);
  const terms = all.filter(({ kind }) => kind === 'term');
  const operators = new Set(settings.operators);
  if (terms.length === 0) return times(factor, product, operators);
  if (!operators.has('exp')) return undefined;
  const growth = call('exp', sumOf(terms, 0, settings));
  return times(factor, powers.length === 0 ? growth : call('*', product, growth), operators);
}
