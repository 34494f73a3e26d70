/**
 * Where constants are pure numbers, dimensions leave few formulas: a product of powers that has the target's
 * dimension, times a function of a product that has none (Buckingham's theorem, Phys. Rev. 4, 1914). Products
 * are enumerated, small exponents first; the function is one operator at a time.
 *
 *     R as J/(mol K):   p = n · R · T / V          h as J s, k as J/K:   h · ν³ / c² / (exp(h · ν / (k · T)) − 1)
 */
import { areAlike, combine, NUMBER, raise } from '../dimensions/dimension.js';
import type { Dimension } from '../dimensions/dimension.js';
import { createEngine } from '../engine/engine.js';
import { evaluateFormula } from '../engine/evaluate-formula.js';
import { call } from '../formula.js';
import type { Formula } from '../formula.js';
import { operatorIn } from '../operators/index.js';
import type { Problem, Settings } from '../problem.js';
import { monomialOf, sumOf } from './shared/build.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const EXPONENTS = [0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -1.5];
/** Sum of the sizes of all exponents, at most. */
const MOST_POWER = 8;
/** Products looked at, and of those that have the right dimension, the simplest few. */
const MOST_TRIED = 400_000;
const MOST_PRODUCTS = 12;
const MOST_GROUPS = 6;

/** Constants begin here; none of them may vanish at once. */
const START = 1.1;

export const DIMENSIONAL: Scout = {
  name: 'dimensions',
  find(problem, countEvaluation) {
    const { dimensions } = problem.settings.knowledge ?? {};
    // Free constants take up any dimension: then these say nothing.
    if (dimensions === undefined || dimensions.constants === 'free') return [];
    const { target } = dimensions;
    if (target === null) return [];
    const known = dimensions.variables.map((one) => one ?? undefined);
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, DIMENSIONAL.name);
    const products = productsOf(known, target).slice(0, MOST_PRODUCTS);
    const groups = productsOf(known, NUMBER)
      .filter((exponents) => (exponents.find((one) => one !== 0) ?? -1) > 0)
      .slice(0, MOST_GROUPS);
    for (const exponents of products) {
      const product = monomialOf(exponents, problem.settings);
      const size = typicalRatio(product, problem);
      if (!Number.isFinite(size) || size === 0) continue;
      shortlist.propose(scaled(size, product, problem.settings));
      for (const group of groups) {
        const ratio = monomialOf(group, problem.settings);
        for (const one of timesFunctions(product, ratio, engine.operators, problem.settings)) {
          shortlist.propose(one);
        }
      }
    }
    const candidates = shortlist.candidates();
    countEvaluation(engine.evaluations());
    return candidates;
  },
};

type Exponents = readonly number[];

/** Exponents of products of that dimension, the simplest first; not all 0. */
function productsOf(variables: readonly (Dimension | undefined)[], wanted: Dimension): Exponents[] {
  const found: Exponents[] = [];
  let tried = 0;
  const extend = (exponents: Exponents, dimension: Dimension, left: number): void => {
    if (tried > MOST_TRIED) return;
    const at = exponents.length;
    if (at === variables.length) {
      tried++;
      if (exponents.some((one) => one !== 0) && areAlike(dimension, wanted)) found.push(exponents);
      return;
    }
    const own = variables[at];
    for (const exponent of own === undefined ? [0] : EXPONENTS) {
      if (Math.abs(exponent) > left) continue;
      const next = own === undefined ? dimension : combine(dimension, raise(own, exponent), 1);
      extend([...exponents, exponent], next, left - Math.abs(exponent));
    }
  };
  extend([], NUMBER, MOST_POWER);
  const powerOf = (exponents: Exponents): number =>
    exponents.reduce((sum, one) => sum + Math.abs(one) + Number(!Number.isInteger(one)), 0);
  return found.sort((a, b) => powerOf(a) - powerOf(b));
}

/** The median of target over product. */
function typicalRatio(product: Formula, { data }: Problem): number {
  const ratios = data.target
    .map(
      (y, row) =>
        y /
        evaluateFormula(
          product,
          data.columns.map((column) => column[row]),
        ),
    )
    .sort();
  return ratios[ratios.length >> 1];
}

function scaled(factor: number, formula: Formula, settings: Settings): Formula {
  return sumOf([{ coefficient: factor, formula }], 0, settings);
}

/** a · P · g(b · π), and a · P over g(b · π) + c; constants to begin with. */
function timesFunctions(
  product: Formula,
  ratio: Formula,
  table: Parameters<typeof operatorIn>[0],
  settings: Settings,
): readonly Formula[] {
  const unary = settings.operators.filter((name) => operatorIn(table, name).arity === 1);
  return unary.flatMap((name) =>
    [START, -START].flatMap((factor) => {
      const value = call(name, scaled(factor, ratio, settings));
      const above = scaled(START, call('*', product, value), settings);
      const below = [START, -START].map((offset) => {
        const sum = sumOf([{ coefficient: 1, formula: value }], offset, settings);
        return scaled(START, call('/', product, sum), settings);
      });
      return [above, ...below];
    }),
  );
}
