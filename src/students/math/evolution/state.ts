/** An island between two barriers, as plain data: it can be sent anywhere and stored to be resumed. */
import type { Formula } from '../formula.js';

export interface Member {
  readonly formula: Formula;
  readonly complexity: number;
  readonly loss: number;
  /** Number of the birth; the lowest is the oldest. */
  readonly birth: number;
}

export interface IslandState {
  /** Which island; with the seed and `epoch` it seeds the island's random numbers. */
  readonly island: number;
  readonly epoch: number;
  readonly members: readonly Member[];
  readonly births: number;
  /** How often each complexity was seen lately; drives the adaptive parsimony. */
  readonly frequencies: readonly number[];
}
