/** Ways to decide the current variable of a formula's grid: the baselines, and a network's softmax. */
import type { Random } from '../../src/numeric/random.js';

/** Decides rows 0 and 1 of a grid (see `formula.ts`); true assigns true. */
export type Player = (grid: Float64Array, clauses: number, random: Random) => boolean;

/** What the clauses say about the current variable. */
interface Votes {
  readonly positive: number;
  readonly negative: number;
  /** Those among them in which no other literal is left. */
  readonly lonePositive: number;
  readonly loneNegative: number;
}

function countVotes(grid: Float64Array, clauses: number): Votes {
  const votes = { positive: 0, negative: 0, lonePositive: 0, loneNegative: 0 };
  for (let column = 0; column < clauses; column++) {
    let others = 0;
    for (let cell = 2 * clauses + column; cell < grid.length; cell += clauses) others += grid[cell];
    votes.positive += grid[column];
    votes.negative += grid[clauses + column];
    if (others > 0) continue;
    votes.lonePositive += grid[column];
    votes.loneNegative += grid[clauses + column];
  }
  return votes;
}

/** The value that satisfies more clauses at once; true where both satisfy as many. */
export const playGreedy: Player = (grid, clauses) => {
  const { positive, negative } = countVotes(grid, clauses);
  return positive >= negative;
};

/**
 * The randomised greedy algorithm that satisfies at least 3/4 of the optimum in expectation: M. Poloczek
 * and G. Schnitger, "Randomized variants of Johnson's algorithm for MAX SAT" (SODA 2011), in the form
 * of M. Poloczek, D. P. Williamson and A. van Zuylen, "On some recent approximation algorithms for
 * MAX SAT" (LATIN 2014): with t and f the gains of (satisfied − lost) clauses, true is taken with
 * probability t / (t + f), and surely where the other gain is not positive.
 */
export const playThreeQuarters: Player = (grid, clauses, random) => {
  const { positive, negative, lonePositive, loneNegative } = countVotes(grid, clauses);
  const gainTrue = positive - loneNegative;
  const gainFalse = negative - lonePositive;
  if (gainFalse <= 0) return true;
  if (gainTrue <= 0) return false;
  return random.unit() * (gainTrue + gainFalse) < gainTrue;
};

/** Draws from the two probabilities that `probabilities` gives for a flat grid: true, false. */
export function createSoftmaxPlayer(
  probabilities: (grid: Float64Array) => ArrayLike<number>,
): Player {
  return (grid, _, random) => random.unit() < probabilities(grid)[0];
}
