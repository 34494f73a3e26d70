/**
 * What a scout hands over: the best few formulas of each complexity, so that a simple law under noise
 * stays on the list beside formulas that follow the noise.
 */
import { complexityOf, isAllowed } from '../../complexity.js';
import type { Engine } from '../../engine/engine.js';
import { fitConstants } from '../../fit/fit-constants.js';
import { constantsOf, keyOfFormula, withConstants } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { countBroken } from '../../knowledge/rules.js';
import type { Candidate } from '../../problem.js';
import { foldFormula } from './fold.js';
import { createJudgement } from './judgement.js';
import { trimConstants } from './trim.js';

const PER_COMPLEXITY = 3;
const MOST_CANDIDATES = 50;
const MOST_TRIMMED = 8;
/** Losses closer than this share are those of the same function, written in two ways. */
const SAME_LOSS = 1e-7;
/** A formula larger than allowed is still tried, for its constants may turn out to be needless. */
const OVERSIZE = 8;

export interface Shortlist {
  /** Fits the constants of a formula over all rows and keeps it if it is among the best. */
  readonly propose: (formula: Formula) => Candidate | undefined;
  /** The best formulas, needless constants taken out, in order of description length. */
  readonly candidates: () => readonly Candidate[];
}

export function createShortlist(engine: Engine, origin: string): Shortlist {
  const { settings } = engine.problem;
  const operators = new Set(settings.operators);
  const judgement = createJudgement(engine);
  const kept = new Map<number, Candidate[]>();
  const seen = new Set<string>();
  const keep = (candidate: Candidate): void => {
    const bucket = kept.get(candidate.complexity) ?? [];
    kept.set(candidate.complexity, bucket);
    const shape = shapeOf(candidate.formula);
    const twin = bucket.findIndex(({ formula }) => shapeOf(formula) === shape);
    if (twin < 0) bucket.push(candidate);
    else if (candidate.loss < bucket[twin].loss) bucket[twin] = candidate;
    bucket.sort((a, b) => a.loss - b.loss);
    if (bucket.length > PER_COMPLEXITY) bucket.pop();
  };
  const ranked = (): Candidate[] =>
    [...kept.values()].flat().sort((a, b) => judgement.scoreOf(a) - judgement.scoreOf(b));
  const fit = (raw: Formula): Candidate | undefined => {
    const fitted = fitConstants(raw, engine);
    if (fitted === undefined) return undefined;
    const complexity = complexityOf(fitted.formula, settings);
    return { ...fitted, complexity, origin };
  };
  return {
    propose(raw) {
      const formula = foldFormula(raw, operators);
      const key = keyOfFormula(formula);
      if (seen.has(key)) return undefined;
      seen.add(key);
      if (complexityOf(formula, settings) > settings.maxComplexity + OVERSIZE) return undefined;
      // Before it is fitted, and before it takes the place of one that keeps to the rules.
      if (countBroken(formula, settings) > 0) return undefined;
      const candidate = fit(formula);
      if (candidate !== undefined) keep(candidate);
      return candidate;
    },
    candidates() {
      for (const candidate of ranked().slice(0, MOST_TRIMMED)) {
        const trimmed = trimConstants(candidate, engine, judgement);
        if (trimmed.formula === candidate.formula) continue;
        if (countBroken(trimmed.formula, settings) > 0) continue;
        keep({ ...trimmed, complexity: complexityOf(trimmed.formula, settings), origin });
      }
      const all = ranked();
      return all
        .filter((one) => !all.some((other) => isBeaten(one, other, judgement.floor)))
        .filter(({ formula }) => isAllowed(formula, settings))
        .slice(0, MOST_CANDIDATES)
        .map(({ formula }) => engine.judge(formula, origin))
        .filter((candidate): candidate is Candidate => candidate !== undefined);
    },
  };
}

/** The formula without the values of its constants. */
function shapeOf(formula: Formula): string {
  return keyOfFormula(
    withConstants(
      formula,
      constantsOf(formula).map(() => 0),
    ),
  );
}

/** Whether a simpler formula is as good. */
function isBeaten(one: Candidate, other: Candidate, floor: number): boolean {
  return (
    other.complexity < one.complexity && other.loss <= Math.max(floor, one.loss * (1 + SAME_LOSS))
  );
}
