/**
 * The search over one table: exhaust the bank to a small cost, divide and conquer on it, deepen the
 * bank, and so on in turns while effort lasts. The best so far is kept; depth and bank grow until two
 * rounds in a row bring no gain or the bank proves that nothing is cheaper.
 */
import { difference } from './bits.js';
import { Bank } from './bank.js';
import { Decomposer, MAX_DECOMPOSED_FEATURES } from './decompose.js';
import { createFlips } from './flips.js';
import type { SynthesisProblem } from './problem.js';
import { BooleanSolver } from './solve-boolean.js';
import { NumberSolver, onStates, wholeGoal } from './solve-number.js';
import { createSpace, type Space } from './space.js';
import type { BooleanTerm, NumberTerm } from './term.js';
import type { Work } from './work.js';

/** Bank levels in half points: exhaustive to cost 5, then one point at a time. */
const LEVELS = [10, 12, 14, 16, 18, 20] as const;
const MAX_DEPTH = 4;
/** No expression of this cost (half points) is worth finding. */
const MAX_HALVES = 240;
/** Shares of the remaining effort for enumerating and for dividing at one level. */
const BANK_SHARE = 0.35;
const SOLVE_SHARE = 0.5;
const DECOMPOSE_SHARE = 0.9;

export interface Found {
  readonly term: BooleanTerm | NumberTerm;
  readonly minimal: boolean;
}

type Solve = (limit: number, depth: number) => BooleanTerm | NumberTerm | undefined;

/** Solvers on the bank as it stands; a grown bank needs new ones, for what they remember is stale. */
function solverFor(
  space: Space,
  bank: Bank,
  work: Work,
  flips: ReturnType<typeof createFlips>,
): Solve {
  const booleans = new BooleanSolver(space, bank, work, flips);
  const { target, type } = space.problem;
  if (type === 'boolean') {
    const on = onStates(target);
    const off = difference(space.full, on);
    return (limit, depth) => booleans.solve(on, off, limit, depth);
  }
  const numbers = new NumberSolver(space, bank, work, booleans);
  const goal = wholeGoal(target);
  return (limit, depth) => numbers.solve(goal, limit, depth);
}

/**
 * The cheapest term found for `problem`; `whole` is the table that it is a sample of (or itself).
 * `minimal`: the bank holds no cheaper one.
 */
export function searchTable(
  problem: SynthesisProblem,
  whole: SynthesisProblem,
  work: Work,
): Found | undefined {
  const space = createSpace(problem, whole);
  const bank = new Bank(space, work);
  const flips = createFlips(problem);
  let best: BooleanTerm | NumberTerm | undefined;
  let idle = 0;
  for (const level of LEVELS) {
    work.openStage(BANK_SHARE);
    bank.grow(best === undefined ? level : Math.min(level, best.halves - 1));
    work.openStage(SOLVE_SHARE, best !== undefined);
    const before: number = best?.halves ?? Infinity;
    best = deepen(solverFor(space, bank, work, flips), best, work) ?? best;
    idle = best !== undefined && best.halves === before ? idle + 1 : 0;
    best = cheaper(best, decomposition(space, bank, best, level, work));
    work.closeStage();
    if (best !== undefined && best.halves <= bank.exhausted + 1 && !bank.capped) {
      return { term: best, minimal: true };
    }
    if (work.exhausted || bank.capped || idle >= 2) break;
  }
  return best === undefined ? undefined : { term: best, minimal: false };
}

function cheaper<T extends { readonly halves: number }>(a: T | undefined, b: T | undefined) {
  return a === undefined || (b !== undefined && b.halves < a.halves) ? b : a;
}

/** A formula by decomposition, for complete Boolean tables whose best term is long. */
function decomposition(
  space: Space,
  bank: Bank,
  best: BooleanTerm | NumberTerm | undefined,
  level: number,
  work: Work,
): BooleanTerm | undefined {
  const { features, states, target, type, columns } = space.problem;
  const count = features.length;
  const cells = space.literals.length === 2 * count && count <= MAX_DECOMPOSED_FEATURES;
  if (level !== LEVELS[0] || type !== 'boolean' || !cells || states !== 1 << count)
    return undefined;
  // A formula that reads each feature once or twice leaves nothing to win.
  if (best !== undefined && best.halves <= 3 * count) return undefined;
  const values = new Uint8Array(states);
  for (let state = 0; state < states; state++) {
    let row = 0;
    for (let feature = 0; feature < count; feature++) row |= columns[feature][state] << feature;
    values[row] = target[state];
  }
  work.openStage(DECOMPOSE_SHARE);
  const literals = features.map((_, feature) => space.literals[2 * feature]);
  const decomposer = new Decomposer(literals, space.full, (bits) => bank.find(bits), work);
  return decomposer.express(values);
}

/** Solves with growing depth; stops at two depths without gain. */
function deepen(
  solve: Solve,
  known: BooleanTerm | NumberTerm | undefined,
  work: Work,
): BooleanTerm | NumberTerm | undefined {
  let best = known;
  let idle = 0;
  for (let depth = 0; depth <= MAX_DEPTH && idle < 2; depth++) {
    const term = solve(best === undefined ? MAX_HALVES : best.halves - 1, depth);
    if (term !== undefined) {
      best = term;
      idle = 0;
      work.noteGain();
    } else if (best !== undefined) idle++;
    if (work.exhausted) break;
  }
  return best;
}
