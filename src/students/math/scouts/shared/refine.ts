/**
 * From many rough formulas to a few fitted ones: constants are fitted on the sample, and the best of each
 * complexity go on to be fitted on all rows. The order is by loss, for a given complexity.
 */
import { complexityOf } from '../../complexity.js';
import { fitConstants } from '../../fit/fit-constants.js';
import { keyOfFormula } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { createBuckets } from './buckets.js';
import { foldFormula } from './fold.js';
import { createJudgement } from './judgement.js';
import type { Sample } from './sample.js';
import type { Shortlist } from './shortlist.js';

export interface RefineOptions {
  /** Formulas of each complexity, and in all, that are fitted on all rows. */
  readonly perComplexity: number;
  readonly mostProposed: number;
  /** Most steps of a fit on the sample. */
  readonly iterations?: number;
}

const DEFAULT_ITERATIONS = 15;

/** Fits formulas on a sample, in the sample's units, and proposes the best to the shortlist. */
export function refine(
  formulas: readonly Formula[],
  sample: Sample,
  shortlist: Shortlist,
  { perComplexity, mostProposed, iterations = DEFAULT_ITERATIONS }: RefineOptions,
): void {
  const { settings } = sample.problem;
  const operators = new Set(settings.operators);
  const judgement = createJudgement(sample.engine);
  const seen = new Set<string>();
  const best = createBuckets<{ readonly formula: Formula; readonly score: number }>(perComplexity);
  for (const raw of formulas) {
    const folded = foldFormula(raw, operators);
    const key = keyOfFormula(folded);
    if (seen.has(key)) continue;
    seen.add(key);
    if (!sample.isRight(folded)) continue;
    const fitted = fitConstants(folded, sample.engine, { iterations });
    if (fitted === undefined) continue;
    const complexity = complexityOf(fitted.formula, settings);
    const score = judgement.scoreOf({ loss: fitted.loss, complexity });
    best.offer(complexity, fitted.loss, { formula: fitted.formula, score });
  }
  const ranked = [...best.all()].sort((a, b) => a.score - b.score);
  for (const { formula } of ranked.slice(0, mostProposed)) {
    shortlist.propose(sample.restore(formula));
  }
}
