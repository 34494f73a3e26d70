/**
 * Constants of equations with as few digits as they need: a network's own error is larger than what the last
 * digits of a fit tell.
 */
import { createEngine } from '../../students/math/engine/engine.js';
import type { Engine } from '../../students/math/engine/engine.js';
import { constantsOf, withConstants } from '../../students/math/formula.js';
import type { Candidate, Problem } from '../../students/math/problem.js';
import { varianceOf } from './dependence.js';

/** By so much of itself the loss may grow. */
const GROWTH = 0.01;

/** By so much of the target's variance it may grow in any case: what fits to rounding needs no more digits. */
const ROUNDING = 1e-12;

const FEWEST_DIGITS = 2;
const MOST_DIGITS = 16;

/** The front with its constants rounded. */
export function shortenConstants(
  problem: Problem,
  front: readonly Candidate[],
): readonly Candidate[] {
  const engine = createEngine(problem);
  const spare = ROUNDING * varianceOf(problem.data.target);
  return front.map((candidate) => shortened(engine, candidate, spare));
}

function shortened(engine: Engine, candidate: Candidate, spare: number): Candidate {
  const { formula, loss, origin } = candidate;
  const values = constantsOf(formula);
  if (values.length === 0) return candidate;
  for (let digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
    const rounded = values.map((value) => Number(value.toPrecision(digits)));
    const judged = engine.judge(withConstants(formula, rounded), origin);
    if (judged !== undefined && judged.loss <= (1 + GROWTH) * loss + spare) return judged;
  }
  return candidate;
}
