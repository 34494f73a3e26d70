/**
 * A scout looks for one kind of formula in a fixed order, without chance and without time limits: by
 * counts of work. It answers within seconds, and what it finds seeds the islands.
 */
import type { Candidate, Problem } from '../problem.js';

export interface Scout {
  readonly name: string;
  /**
   * The formulas it found, best last effort first, with fitted constants; may be empty. `countEvaluation`
   * is told how many formulas were evaluated over the data set.
   */
  readonly find: (
    problem: Problem,
    countEvaluation: (count: number) => void,
  ) => readonly Candidate[];
}
