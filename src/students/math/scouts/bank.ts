/**
 * A bank of small expressions: all that the operators can make, each once, and functions with a constant
 * inside; then sums of one to four of them, for y and for functions of y whose inverse goes around the
 * sum. What fits best for its complexity gets its constants fitted.
 */
import { createEngine } from '../engine/engine.js';
import { bestFormulas } from './bank/best-formulas.js';
import { enumerateBlocks } from './bank/enumerate.js';
import { familyFeatures } from './bank/families.js';
import { featuresOf } from './bank/features.js';
import { searchTarget } from './bank/search.js';
import type { Dictionary, SearchSizes } from './bank/search.js';
import { targetsOf } from './bank/targets.js';
import { refine } from './shared/refine.js';
import { takeSample } from './shared/sample.js';
import type { Sample } from './shared/sample.js';
import { createShortlist } from './shared/shortlist.js';
import type { Scout } from './scout.js';

const MOST_ROWS = 120;
const LIMITS = { mostBlocks: 20_000, mostTried: 120_000, mostComplexity: 9 };
/** Blocks that stand in functions with a constant inside: the simplest. */
const MOST_ARGUMENTS = 20;
const MOST_ARGUMENT_COMPLEXITY = 4;
const SIZES: SearchSizes = {
  simplest: 500,
  promising: 400,
  partners: 120,
  perKind: 4,
  mostTerms: 4,
};
/** Functions of y get less room than y itself. */
const SIZES_TRANSFORMED: SearchSizes = { ...SIZES, partners: 40, perKind: 2 };
/** Formulas of each target and complexity that are fitted on the sample. */
const PER_KIND = 3;

export const BANK: Scout = {
  name: 'bank',
  find(problem, countEvaluation) {
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, BANK.name);
    const sample = takeSample(problem, MOST_ROWS);
    const dictionary = dictionaryOf(sample);
    sample.engine.countEvaluations(dictionary.features.length);
    const formulas = targetsOf(sample).flatMap((target, index) => {
      const sizes = index === 0 ? SIZES : SIZES_TRANSFORMED;
      return bestFormulas(
        target,
        searchTarget(target, dictionary, sample, sizes),
        sample,
        PER_KIND,
      );
    });
    refine(formulas, sample, shortlist, { perComplexity: 4, mostProposed: 40 });
    const candidates = shortlist.candidates();
    countEvaluation(sample.engine.evaluations() + engine.evaluations());
    return candidates;
  },
};

function dictionaryOf(sample: Sample): Dictionary {
  const blocks = enumerateBlocks(sample, LIMITS);
  const changing = blocks.filter(({ isConstant }) => !isConstant);
  return {
    features: featuresOf(blocks),
    members: familyFeatures(changing.slice(0, MOST_ARGUMENTS), sample, MOST_ARGUMENT_COMPLEXITY),
  };
}
