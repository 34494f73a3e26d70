/**
 * line: one weight on all cells along some axes, the others fixed: rows, columns, planes. Lines may
 * cross: what the crossing disturbs is left to the next region.     ·■· / ·■· / ·■·
 */
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';
import type { Residual } from '../residual.js';
import { largestSlab, visitSlabs } from './slabs.js';

export const line: Pattern = { name: 'line', detect: detectLine, limit: largestSlab };

function detectLine(residual: Residual): Match | undefined {
  let best: Match | undefined;
  visitSlabs(residual, ({ accesses, coefficient, equal, empty }) => {
    best = better(best, makeMatch(residual, [{ coefficient, accesses }], equal - empty));
  });
  return best;
}
