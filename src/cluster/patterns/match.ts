/** What a pattern detector answers; detectors are pure: they read a Residual and change nothing. */
import type { PlacedRegion } from '../region.js';
import { CELL_COST, regionCost } from '../region.js';
import type { Residual } from '../residual.js';

export interface Match {
  readonly regions: readonly PlacedRegion[];
  /** Cells explained minus cells newly disturbed. */
  readonly cleared: number;
  /** What the match saves beside listing cells, in the units of region.ts. */
  readonly gain: number;
}

export interface Pattern {
  readonly name: string;
  /** The best match of the pattern on the cells left; `undefined` where it has none. */
  readonly detect: (residual: Residual) => Match | undefined;
  /** No match of the pattern clears more cells than this; absent: there is no such limit. */
  readonly limit?: (residual: Residual) => number;
}

/** A match, its gain computed. */
export function makeMatch(
  residual: Residual,
  regions: readonly PlacedRegion[],
  cleared: number,
): Match {
  let gain = CELL_COST * cleared;
  for (const region of regions) gain -= regionCost(region, residual.weights);
  return { regions, cleared, gain };
}

/** The better of two matches; the first at a tie. */
export function better(best: Match | undefined, match: Match | undefined): Match | undefined {
  if (match === undefined) return best;
  return best === undefined || match.gain > best.gain ? match : best;
}
