/**
 * band: one weight on all cells of two axes whose difference or sum lies within bounds: triangles and
 * bands of several diagonals, cut at the borders of the source; every second (third, ..) diagonal, one
 * colour of a chess board; or bands on axes that wrap around, the narrowest a diagonal of a torus.
 *
 *   ·■■ / ··■ / ···     ■·■ / ·■· / ■·■     ··■ / ■·· / ·■·
 */
import type { Access } from '../region.js';
import type { Residual } from '../residual.js';
import { bestRun, bestRunAround, countDiagonals, foldDiagonals } from './diagonal-counts.js';
import type { DiagonalCounts } from './diagonal-counts.js';
import { Hull } from './hull.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';

export const band: Pattern = {
  name: 'band',
  detect: detectBand,
  limit: ({ largestClass }) => largestClass,
};

/** On shorter axes bands are corners, and any two cells lie on a diagonal that wraps around. */
const MIN_EXTENT = 3;
/** A comb of fewer teeth is told diagonal by diagonal. */
const MAX_STEP = 4;
const MIN_COMB = 6;
const SLOPES = [1, -1] as const;

function detectBand(residual: Residual): Match | undefined {
  const { shape, classes, classCounts, leastCleared } = residual;
  const least = Math.max(MIN_EXTENT, leastCleared);
  const wanted = [...classes.keys()].filter((index) => classCounts[index] >= least);
  if (wanted.length === 0) return undefined;
  let best: Match | undefined;
  const hulls = Hull.ofClasses(residual);
  for (let lead = 0; lead < shape.length; lead++) {
    for (let axis = lead + 1; axis < shape.length; axis++) {
      if (shape[lead] < MIN_EXTENT || shape[axis] < MIN_EXTENT) continue;
      for (const slope of SLOPES) {
        for (const counts of countDiagonals(residual, { lead, axis, slope }, hulls, wanted)) {
          for (const propose of [proposeBand, proposeComb, proposeRing]) {
            best = better(best, propose(residual, counts));
          }
        }
      }
    }
  }
  return best;
}

function proposeBand(residual: Residual, counts: DiagonalCounts): Match | undefined {
  const { least, capacity, pair } = counts;
  const { lead, axis, slope } = pair;
  const { from, to } = bestRun(counts);
  if (to - from < 2) return undefined;
  // Where the source ends anyway, the band may as well go on: all members of a family do so.
  const opensBelow = capacity.subarray(0, from).every((cells) => cells === 0);
  const opensAbove = capacity.subarray(to).every((cells) => cells === 0);
  if (opensBelow && opensAbove) return undefined;
  const range: Access = {
    kind: 'range',
    from: opensBelow ? least : from + least,
    to: opensAbove ? least + capacity.length : to + least,
    step: 1,
    follow: { axis: lead, slope },
    ...(opensBelow ? { open: 'from' } : opensAbove ? { open: 'to' } : {}),
  };
  return proposeRange(residual, counts, range, from, to, (at) => {
    const position = slope * at;
    return position + range.from < residual.shape[axis] && position + range.to > 0;
  });
}

function proposeComb(residual: Residual, counts: DiagonalCounts): Match | undefined {
  const { least, capacity, pair } = counts;
  if (counts.total < MIN_COMB) return undefined;
  let best: Match | undefined;
  for (let step = 2; step <= MAX_STEP; step++) {
    for (let first = 0; first < step; first++) {
      const range: Access = {
        kind: 'range',
        from: least + first,
        to: least + capacity.length,
        step,
        follow: { axis: pair.lead, slope: pair.slope },
        open: 'both',
      };
      const { length } = capacity;
      best = better(
        best,
        proposeRange(residual, counts, range, first, length, () => true),
      );
    }
  }
  return best;
}

function proposeRing(residual: Residual, counts: DiagonalCounts): Match | undefined {
  const { pair, hull } = counts;
  const { lead, axis, slope } = pair;
  const { shape } = residual;
  if (hull.low[lead] !== 0 || hull.high[lead] !== shape[lead] - 1) return undefined;
  const modulus = shape[axis];
  const folded = foldDiagonals(counts, modulus);
  const { from, to } = bestRunAround(folded);
  if (to === from || to - from === modulus) return undefined;
  const range: Access = {
    kind: 'range',
    from,
    to,
    step: 1,
    modulus,
    follow: { axis: lead, slope },
  };
  return proposeRange(residual, folded, range, from, to, () => true);
}

/**
 * The match of a range that takes the diagonals at the places from, from + step, .. below to; along the
 * leading axis the access goes as far as `reaches` says that the range has cells.
 */
function proposeRange(
  residual: Residual,
  { pair, hull, index, equal, empty, capacity }: DiagonalCounts,
  range: Extract<Access, { readonly kind: 'range' }>,
  from: number,
  to: number,
  reaches: (at: number) => boolean,
): Match | undefined {
  let own = 0;
  let holes = 0;
  let cells = 0;
  for (let place = from; place < to; place += range.step) {
    own += equal[place % equal.length];
    holes += empty[place % equal.length];
    cells += capacity[place % equal.length];
  }
  // Crossings apart a band holds one weight; in dense rows half of the cells do so by accident.
  if (own < MIN_EXTENT || 3 * own < 2 * cells) return undefined;
  const accesses = hull.accesses(residual.shape, (axis) => {
    if (axis === pair.axis) return range;
    return axis === pair.lead ? reaches : undefined;
  });
  const coefficient = residual.classes[index];
  return makeMatch(residual, [{ coefficient, accesses }], own - holes);
}
