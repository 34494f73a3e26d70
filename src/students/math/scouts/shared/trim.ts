/** Takes constants out of a fitted formula that do it no measurable good: each is tried as 0, and as 1
 * or −1 by its sign: of two factors that can make up for each other, one goes. */
import { complexityOf } from '../../complexity.js';
import type { Engine } from '../../engine/engine.js';
import { fitConstants } from '../../fit/fit-constants.js';
import type { Fitted } from '../../fit/fit-constants.js';
import { constantsOf, withConstants } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { foldFormula } from './fold.js';
import type { Judgement } from './judgement.js';

const ITERATIONS = 8;

/** Drops constants one at a time, the least harmful first, with the others fitted again. */
export function trimConstants(fitted: Fitted, engine: Engine, judgement: Judgement): Fitted {
  let current = fitted;
  for (;;) {
    const simpler = simplerForms(current.formula, engine)
      .map((formula) => fitConstants(formula, engine, { iterations: ITERATIONS }))
      .filter((one): one is Fitted => one !== undefined)
      .filter(({ loss }) => judgement.isAsGood(loss, current.loss));
    if (simpler.length === 0) return current;
    current = simpler.reduce((best, one) => (one.loss < best.loss ? one : best));
  }
}

function simplerForms(formula: Formula, engine: Engine): readonly Formula[] {
  const { settings } = engine.problem;
  const operators = new Set(settings.operators);
  const values = constantsOf(formula);
  const before = complexityOf(formula, settings);
  return values.flatMap((value, at) =>
    [0, Math.sign(value)]
      .map((replacement) => values.map((other, k) => (k === at ? replacement : other)))
      .map((replaced) => foldFormula(withConstants(formula, replaced), operators))
      .filter((simpler) => complexityOf(simpler, settings) < before),
  );
}
