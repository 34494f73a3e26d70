/** all: one weight on every cell of the source, most of them unexplained yet.  ■■■ / ■■■ / ■■■ */
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';

export const all: Pattern = { name: 'all', detect: detectAll };

function detectAll(residual: Residual): Match | undefined {
  const counts = new Int32Array(residual.classes.length);
  for (let k = 0; k < residual.count; k++) counts[residual.classOf[k]]++;
  const accesses = residual.shape.map(() => ({ kind: 'all' }) as const);
  let best: Match | undefined;
  residual.classes.forEach((coefficient, index) => {
    const empty = residual.size - residual.holes.length - residual.count;
    const cleared = counts[index] - empty;
    best = better(best, makeMatch(residual, [{ coefficient, accesses }], cleared));
  });
  return best;
}
