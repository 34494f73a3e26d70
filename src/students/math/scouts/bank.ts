/**
 * A bank of small expressions: all that the operators can make, each once, and functions with a constant
 * inside; then sums of one to four of them, for y and for functions of y whose inverse goes around the
 * sum. What fits best for its complexity gets its constants fitted.
 */
import { createEngine } from '../engine/engine.js';
import { constant } from '../formula.js';
import { bestFormulas } from './bank/best-formulas.js';
import { enumerateBlocks } from './bank/enumerate.js';
import type { EnumerationLimits } from './bank/enumerate.js';
import { familyFeatures } from './bank/families.js';
import { featuresOf } from './bank/features.js';
import { searchTarget } from './bank/search.js';
import type { Dictionary, SearchSizes } from './bank/search.js';
import { targetsOf } from './bank/targets.js';
import { refine } from './shared/refine.js';
import { isFlat, takeSample } from './shared/sample.js';
import type { Sample } from './shared/sample.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

export interface BankSizes {
  readonly rows: number;
  readonly limits: EnumerationLimits;
  /** Blocks that stand in functions with a constant inside: the simplest. */
  readonly mostArguments: number;
  /** Formulas that are fitted on all rows. */
  readonly mostProposed: number;
  /** What is looked at for y, and for functions of y. */
  readonly plain: SearchSizes;
  readonly transformed: SearchSizes;
}

const FULL_SEARCH: SearchSizes = {
  simplest: 450,
  promising: 350,
  partners: 120,
  withAll: 50,
  perKind: 4,
  mostTerms: 4,
};
const FULL: BankSizes = {
  rows: 100,
  limits: { mostBlocks: 16_000, mostTried: 100_000, mostComplexity: 9 },
  mostArguments: 20,
  mostProposed: 36,
  plain: FULL_SEARCH,
  transformed: {
    ...FULL_SEARCH,
    simplest: 350,
    promising: 250,
    partners: 40,
    withAll: 0,
    perKind: 2,
  },
};

const SMALL_SEARCH: SearchSizes = {
  ...FULL_SEARCH,
  simplest: 220,
  promising: 120,
  partners: 50,
  withAll: 20,
};
/** For the parts of a problem that was taken apart. */
export const SMALL_BANK: BankSizes = {
  rows: 80,
  limits: { mostBlocks: 4000, mostTried: 25_000, mostComplexity: 8 },
  mostArguments: 10,
  mostProposed: 16,
  plain: SMALL_SEARCH,
  transformed: {
    ...SMALL_SEARCH,
    simplest: 150,
    promising: 80,
    partners: 20,
    withAll: 0,
    perKind: 2,
  },
};

const MOST_ARGUMENT_COMPLEXITY = 4;
/** Formulas of each target and complexity that are fitted on the sample. */
const PER_KIND = 3;
/** Formulas of each complexity that are fitted on all rows. */
const PER_COMPLEXITY = 4;

export const BANK: Scout = createBank('bank', FULL);

/** A scout with a bank of that size. */
export function createBank(name: string, sizes: BankSizes): Scout {
  return {
    name,
    find(problem, countEvaluation) {
      const engine = createEngine(problem);
      const shortlist = createShortlist(engine, name);
      shortlist.propose(constant(problem.data.target[0]));
      const sample = takeSample(problem, sizes.rows);
      const dictionary = dictionaryOf(sample, sizes);
      sample.engine.countEvaluations(dictionary.features.length);
      const targets = isFlat(sample) ? [] : targetsOf(sample);
      const formulas = targets.flatMap((target, index) => {
        const searchSizes = index === 0 ? sizes.plain : sizes.transformed;
        const combinations = searchTarget(target, dictionary, sample, searchSizes);
        return bestFormulas(target, combinations, sample, PER_KIND);
      });
      const { mostProposed } = sizes;
      refine(formulas, sample, shortlist, { perComplexity: PER_COMPLEXITY, mostProposed });
      const candidates = shortlist.candidates();
      countEvaluation(sample.engine.evaluations() + engine.evaluations());
      return candidates;
    },
  };
}

function dictionaryOf(sample: Sample, { limits, mostArguments }: BankSizes): Dictionary {
  const blocks = enumerateBlocks(sample, limits);
  const changing = blocks.filter(({ isConstant }) => !isConstant);
  return {
    features: featuresOf(blocks),
    members: familyFeatures(changing.slice(0, mostArguments), sample, MOST_ARGUMENT_COMPLEXITY),
  };
}
