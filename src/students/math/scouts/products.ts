/**
 * Sums of separable products: f(u) · g(v) · h(w) with factors that share no variable, alone and in sums
 * with each other and with simple terms. They are too large for the bank, where small expressions that
 * are worth less would crowd them out.
 */
import { createEngine } from '../engine/engine.js';
import { constant } from '../formula.js';
import { bestFormulas } from './bank/best-formulas.js';
import { enumerateBlocks } from './bank/enumerate.js';
import { familyFeatures } from './bank/families.js';
import { featuresOf } from './bank/features.js';
import { memberProducts, productsOf } from './bank/products.js';
import { searchTarget } from './bank/search.js';
import type { Dictionary, SearchSizes } from './bank/search.js';
import { targetsOf } from './bank/targets.js';
import { refine } from './shared/refine.js';
import { isFlat, takeSample } from './shared/sample.js';
import type { Sample } from './shared/sample.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const MOST_ROWS = 100;
const LIMITS = { mostBlocks: 3000, mostTried: 30_000, mostComplexity: 6 };
const PRODUCTS = { factors: 220, factorsOfThree: 12, mostProducts: 24_000 };
/** Simple features that join the products in sums. */
const MOST_SIMPLE = 200;
/** Factors of functions with a constant inside. */
const MOST_MEMBER_FACTORS = 48;
const SIZES: SearchSizes = {
  simplest: 150,
  promising: 500,
  partners: 60,
  withAll: 30,
  perKind: 4,
  mostTerms: 4,
};
const SIZES_TRANSFORMED: SearchSizes = {
  ...SIZES,
  promising: 250,
  partners: 0,
  withAll: 0,
  perKind: 2,
};
const PER_KIND = 3;

export const PRODUCTS_SCOUT: Scout = {
  name: 'products',
  find(problem, countEvaluation) {
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, PRODUCTS_SCOUT.name);
    shortlist.propose(constant(problem.data.target[0]));
    const sample = takeSample(problem, MOST_ROWS);
    const dictionary = dictionaryOf(sample);
    sample.engine.countEvaluations(dictionary.features.length + dictionary.members.length);
    const targets = isFlat(sample) ? [] : targetsOf(sample);
    const formulas = targets
      .filter(({ takesPowers }) => !takesPowers)
      .flatMap((target, index) => {
        const sizes = index === 0 ? SIZES : SIZES_TRANSFORMED;
        const searched = index === 0 ? dictionary : { ...dictionary, members: [] };
        const combinations = searchTarget(target, searched, sample, sizes);
        return bestFormulas(target, combinations, sample, PER_KIND);
      });
    refine(formulas, sample, shortlist, { perComplexity: 4, mostProposed: 40 });
    const candidates = shortlist.candidates();
    countEvaluation(sample.engine.evaluations() + engine.evaluations());
    return candidates;
  },
};

function dictionaryOf(sample: Sample): Dictionary {
  const blocks = enumerateBlocks(sample, LIMITS);
  const features = featuresOf(blocks);
  const variables = blocks.filter(({ formula }) => formula.kind === 'variable');
  const members = familyFeatures(variables, sample, Infinity);
  const factors = features.slice(0, MOST_MEMBER_FACTORS);
  return {
    features: [...features.slice(0, MOST_SIMPLE), ...productsOf(features, sample, PRODUCTS)],
    members: memberProducts(factors, members, sample),
  };
}
