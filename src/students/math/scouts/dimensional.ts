/**
 * Where constants are pure numbers, dimensions leave few formulas: a product of powers that has the target's
 * dimension, times a function of a product that has none (Buckingham's theorem, Phys. Rev. 4, 1914). Products
 * are enumerated, small exponents first; the function is one operator at a time.
 *
 *     R as J/(mol K):   p = n · R · T / V          h as J s, k as J/K:   h · ν³ / c² / (exp(h · ν / (k · T)) − 1)
 */
import { combine, NUMBER, raise } from '../dimensions/dimension.js';
import type { Dimension } from '../dimensions/dimension.js';
import { createEngine } from '../engine/engine.js';
import { evaluateFormula } from '../engine/evaluate-formula.js';
import { call } from '../formula.js';
import type { Formula } from '../formula.js';
import { operatorIn } from '../operators/index.js';
import type { Problem, Settings } from '../problem.js';
import { monomialOf, sumOf } from './shared/build.js';
import { createJudgement } from './shared/judgement.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const EXPONENTS = [0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -1.5];
/** Sum of the sizes of all exponents, at most. */
const MOST_POWER = 8;
/** Products looked at, and of those that have the right dimension, the simplest few. */
const MOST_TRIED = 100_000;
/** Exponents are sums of halves: what differs by less is the same. */
const SAME = 1e-9;
const MOST_PRODUCTS = 12;
/** Of these, the products that are multiplied by functions, and what the functions are of: both ways up. */
const MOST_MULTIPLIED = 6;
const MOST_GROUPS = 4;
/** Functions that only make another power of a product. */
const POWERS: ReadonlySet<string> = new Set([
  'neg',
  'square',
  'cube',
  'sqrt',
  'cbrt',
  'abs',
  'sign',
]);

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
    const { floor } = createJudgement(engine);
    const found = products.map((exponents) => {
      const product = monomialOf(exponents, problem.settings);
      const size = typicalRatio(product, problem);
      if (!Number.isFinite(size) || size === 0) return Infinity;
      return shortlist.propose(scaled(size, product, problem.settings))?.loss ?? Infinity;
    });
    // What a product tells exactly needs no function.
    const multiplied = found.some((loss) => loss <= floor)
      ? []
      : products.slice(0, MOST_MULTIPLIED);
    const groups = productsOf(known, NUMBER).slice(0, MOST_GROUPS);
    for (const exponents of multiplied) {
      const product = monomialOf(exponents, problem.settings);
      for (const group of groups) {
        const ratio = monomialOf(group, problem.settings);
        const formulas = timesFunctions(product, ratio, engine.operators, problem.settings);
        for (const formula of formulas) shortlist.propose(formula);
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
  const known = variables.flatMap((one, index) => (one === undefined ? [] : [{ one, index }]));
  // Variables of many units come first: what is left is then settled unit by unit.
  const unitsIn = (one: Dimension): number => one.filter((exponent) => exponent !== 0).length;
  const ordered = known.sort((a, b) => unitsIn(b.one) - unitsIn(a.one) || a.index - b.index);
  const steps = ordered.map(({ one }) => EXPONENTS.map((exponent) => raise(one, exponent)));
  const found: Exponents[] = [];
  const chosen = variables.map(() => 0);
  let tried = 0;
  const canReach = (dimension: Dimension, at: number): boolean =>
    dimension.every(
      (exponent, k) =>
        Math.abs(exponent - wanted[k]) < SAME || ordered.slice(at).some(({ one }) => one[k] !== 0),
    );
  const extend = (at: number, dimension: Dimension, left: number): void => {
    if (tried++ > MOST_TRIED || !canReach(dimension, at)) return;
    if (at === ordered.length) {
      if (chosen.some((one) => one !== 0)) found.push([...chosen]);
      return;
    }
    EXPONENTS.forEach((exponent, k) => {
      if (Math.abs(exponent) > left) return;
      chosen[ordered[at].index] = exponent;
      extend(at + 1, combine(dimension, steps[at][k], 1), left - Math.abs(exponent));
    });
    chosen[ordered[at].index] = 0;
  };
  extend(0, NUMBER, MOST_POWER);
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
  const unary = settings.operators.filter(
    (name) => operatorIn(table, name).arity === 1 && !POWERS.has(name),
  );
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
