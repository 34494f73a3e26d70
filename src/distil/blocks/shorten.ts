/**
 * Constants of equations: left out where they hardly matter, and with as few digits as they need. A network's own
 * error is larger than what they and their last digits tell.
 *
 *   1.00031 · a · (b − 0.0012)   →   also a · b on the front, with no constants
 */
import { createEngine } from '../../students/math/engine/engine.js';
import type { Engine } from '../../students/math/engine/engine.js';
import { dataSizeOf } from '../../students/math/fit/polish.js';
import { trimFormula } from '../../students/math/fit/trim.js';
import { constantsOf, withConstants } from '../../students/math/formula.js';
import type { Candidate, Problem } from '../../students/math/problem.js';
import { mergeFront } from '../../students/math/search/merge-front.js';
import { varianceOf } from './dependence.js';

/** By so much of itself the loss may grow. */
const GROWTH = 0.01;

/** By so much of the target's variance it may grow in any case: what fits to rounding needs no more digits. */
const ROUNDING = 1e-12;

const FEWEST_DIGITS = 2;
const MOST_DIGITS = 16;

/** What a constant is set to so that it goes: nothing is added, or it multiplies by one. */
const NEUTRAL = [0, 1];

/** The front with simpler formulas, and with constants rounded. */
export function shortenConstants(
  problem: Problem,
  front: readonly Candidate[],
): readonly Candidate[] {
  const engine = createEngine(problem);
  const spare = ROUNDING * varianceOf(problem.data.target);
  const simpler = front.flatMap((candidate) => withoutConstants(engine, candidate));
  const { perComplexity } = problem.settings;
  const merged = mergeFront(front, simpler, perComplexity, dataSizeOf(engine));
  return merged.map((candidate) => shortened(engine, candidate, spare));
}

/** The formula without one, and without several of its constants. */
function withoutConstants(engine: Engine, { formula, complexity, origin }: Candidate): Candidate[] {
  const values = constantsOf(formula);
  const found: Candidate[] = [];
  values.forEach((_, position) => {
    for (const neutral of NEUTRAL) {
      const trimmed = trimFormula(withConstants(formula, values.with(position, neutral)));
      const judged = engine.judge(trimmed, origin);
      if (judged === undefined || judged.complexity >= complexity) continue;
      found.push(judged, ...withoutConstants(engine, judged));
    }
  });
  return found;
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
