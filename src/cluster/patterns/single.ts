/** single: every cell left, each for itself; the last resort, in row-major order.   ··· / ·■· / ··· */
import type { Access, PlacedRegion } from '../region.js';
import type { Residual } from '../residual.js';
import { MAX_LISTED_CELLS } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { makeMatch } from './match.js';

export const single: Pattern = { name: 'single', detect: listCells };

function listCells(residual: Residual): Match | undefined {
  if (residual.count === 0 || residual.count > MAX_LISTED_CELLS) return undefined;
  const positions = residual.cells.slice(0, residual.count).sort();
  const regions = Array.from(positions, (position): PlacedRegion => ({
    coefficient: residual.values[position],
    accesses: residual.shape.map((extent, axis): Access =>
      extent === 1 ? { kind: 'all' } : { kind: 'at', index: residual.coordinates[axis][position] },
    ),
  }));
  return makeMatch(residual, regions, residual.count);
}
