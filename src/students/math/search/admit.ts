/**
 * The gate to the front: nobody puts a formula there but through here, whoever found it, stored fronts
 * included. What breaks a rule of what is known does not pass. Also the guesses, which come first.
 */
import type { DataSize } from '../description-length.js';
import type { Engine } from '../engine/engine.js';
import { fitConstants } from '../fit/fit-constants.js';
import { createRandom } from '../../../numeric/random.js';
import { polish } from '../fit/polish.js';
import { keyOfFormula } from '../formula.js';
import { countBroken } from '../knowledge/rules.js';
import type { Candidate, Settings } from '../problem.js';
import { mergeFront } from './merge-front.js';

export const GUESS = 'guess';

/** The front of both, without what breaks a rule; `mostRivals` as in `mergeFront`. */
export function admit(
  front: readonly Candidate[],
  found: readonly Candidate[],
  settings: Settings,
  size: DataSize,
  mostRivals?: number,
): readonly Candidate[] {
  const right = [front, found].map((candidates) => withoutBroken(candidates, settings));
  return mergeFront(right[0], right[1], settings.perComplexity, size, mostRivals);
}

/** Those of them that break no rule. */
export function withoutBroken(
  candidates: readonly Candidate[],
  settings: Settings,
): readonly Candidate[] {
  return candidates.filter(({ formula }) => countBroken(formula, settings) === 0);
}

/** What islands begin with: the front, and the guesses that it has no place for. */
export function withGuesses(
  front: readonly Candidate[],
  guesses: readonly Candidate[],
): readonly Candidate[] {
  const known = new Set(front.map(({ formula }) => keyOfFormula(formula)));
  return [...front, ...guesses.filter(({ formula }) => !known.has(keyOfFormula(formula)))];
}

/** Starts from which the constants of a guess are fitted, besides its own. */
const RESTARTS = 8;

/** The guesses with fitted constants, and polished; one that is undefined at a row is left out. */
export function fitGuesses(engine: Engine): readonly Candidate[] {
  const { knowledge, seed } = engine.problem.settings;
  return (knowledge?.guesses ?? []).flatMap((guess) => {
    const random = createRandom(seed);
    const fitted = fitConstants(guess, engine, { restarts: RESTARTS, random });
    const candidate = engine.judge(fitted?.formula ?? guess, GUESS);
    return candidate === undefined ? [] : [candidate, polish(candidate, engine)];
  });
}
