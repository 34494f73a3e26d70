/**
 * "Is x[i] the largest?" for every i, as a program says it: which end of the order is meant, what
 * equals mean, and the numbers that stand for yes and no.
 */
import type { CellRole } from '../recurrence/chain.js';

export interface Champion {
  /** The compared cells, one for each index point. */
  readonly role: CellRole;
  readonly end: 'largest' | 'smallest';
  /**
   * Which of several equal ones counts: the one of lowest or of highest index, all of them, or none
   * (it must be strictly beyond all others).
   */
  readonly ties: 'first' | 'last' | 'all' | 'none';
  readonly yes: number;
  readonly no: number;
}
