/**
 * band: one weight on all cells of two axes whose difference or sum lies within bounds: triangles and
 * bands of several diagonals, cut at the borders of the source.     ·■■ / ··■ / ···
 *
 * `comb` takes every second (third, ..) diagonal: one colour of a chess board.
 * `ring` is the same on axes that wrap around, its narrowest form the diagonal of a torus.
 */
import type { Access } from '../region.js';
import { accessRange } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';

export const band: Pattern = {
  name: 'band',
  detect: (residual) => detectBands(residual, proposeBand),
};
export const comb: Pattern = {
  name: 'comb',
  detect: (residual) => detectBands(residual, proposeComb),
};
export const ring: Pattern = {
  name: 'ring',
  detect: (residual) => detectBands(residual, proposeRing),
};

/** On shorter axes bands are corners, and any two cells lie on a diagonal that wraps around. */
const MIN_EXTENT = 3;
const SLOPES = [1, -1] as const;
/** A comb of fewer teeth is told diagonal by diagonal. */
const MAX_STEP = 4;

interface Pair {
  readonly lead: number;
  readonly axis: number;
  readonly slope: 1 | -1;
}

/** The smallest box that holds all cells of one weight. */
interface Hull {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

type Proposer = (residual: Residual, pair: Pair, index: number) => Match | undefined;

function detectBands(residual: Residual, propose: Proposer): Match | undefined {
  const { shape, classes, count } = residual;
  if (count < MIN_EXTENT) return undefined;
  let best: Match | undefined;
  for (let lead = 0; lead < shape.length; lead++) {
    for (let axis = lead + 1; axis < shape.length; axis++) {
      if (shape[lead] < MIN_EXTENT || shape[axis] < MIN_EXTENT) continue;
      for (const slope of SLOPES) {
        for (let index = 0; index < classes.length; index++) {
          best = better(best, propose(residual, { lead, axis, slope }, index));
        }
      }
    }
  }
  return best;
}

function hullOf(residual: Residual, index: number): Hull {
  const { cells, classOf, count, shape, coordinates } = residual;
  const low = shape.map((extent) => extent);
  const high = shape.map(() => -1);
  for (let k = 0; k < count; k++) {
    if (classOf[k] !== index) continue;
    for (let axis = 0; axis < shape.length; axis++) {
      const at = coordinates[axis][cells[k]];
      if (at < low[axis]) low[axis] = at;
      if (at > high[axis]) high[axis] = at;
    }
  }
  return { low, high };
}

/** Cells of the hull across the pair's axes. */
function thickness({ low, high }: Hull, { lead, axis }: Pair): number {
  return low.reduce(
    (product, from, own) => (own === lead || own === axis ? product : product * (high[own] - from + 1)), // prettier-ignore
    1,
  );
}

/**
 * What each diagonal gains from the weight class: its cells, less those where nothing is. `bias` is
 * added to the offset for the place in the result; offsets are taken modulo a given `modulus`.
 */
function scoreDiagonals(
  residual: Residual,
  pair: Pair,
  index: number,
  hull: Hull,
  capacity: Int32Array,
  placeOf: (offset: number) => number,
): Int32Array {
  const { cells, classOf, count, coordinates, shape } = residual;
  const scores = new Int32Array(capacity.length);
  for (let place = 0; place < capacity.length; place++) scores[place] = -capacity[place];
  for (let k = 0; k < count; k++) {
    let inside = true;
    for (let axis = 0; axis < shape.length; axis++) {
      if (axis === pair.axis) continue;
      const at = coordinates[axis][cells[k]];
      inside &&= at >= hull.low[axis] && at <= hull.high[axis];
    }
    if (!inside) continue;
    const offset = coordinates[pair.axis][cells[k]] - pair.slope * coordinates[pair.lead][cells[k]];
    scores[placeOf(offset)] += classOf[k] === index ? 2 : 1;
  }
  return scores;
}

function proposeBand(residual: Residual, pair: Pair, index: number): Match | undefined {
  const { shape, classes } = residual;
  const { lead, axis, slope } = pair;
  const hull = hullOf(residual, index);
  // Offsets run from −(lead − 1), or from 0 against the lead.
  const least = slope > 0 ? 1 - shape[lead] : 0;
  const capacity = diagonalSizes(residual, pair, hull, least);
  const scores = scoreDiagonals(residual, pair, index, hull, capacity, (offset) => offset - least);
  const { from, to, sum } = bestRun(scores);
  if (to - from < 2 || sum < 3) return undefined;
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
  const accesses = hullAccesses(residual, pair, hull, range, (at) => {
    const positions = slope * at;
    return positions + range.from < shape[axis] && positions + range.to > 0;
  });
  return makeMatch(residual, [{ coefficient: classes[index], accesses }], sum);
}

function proposeComb(residual: Residual, pair: Pair, index: number): Match | undefined {
  const { shape, classes } = residual;
  const { lead, slope } = pair;
  const hull = hullOf(residual, index);
  const least = slope > 0 ? 1 - shape[lead] : 0;
  const capacity = diagonalSizes(residual, pair, hull, least);
  const scores = scoreDiagonals(residual, pair, index, hull, capacity, (offset) => offset - least);
  let best: Match | undefined;
  for (let step = 2; step <= MAX_STEP; step++) {
    for (let first = 0; first < step; first++) {
      let sum = 0;
      for (let place = first; place < scores.length; place += step) sum += scores[place];
      if (sum < 2 * MIN_EXTENT) continue;
      const range: Access = {
        kind: 'range',
        from: least + first,
        to: least + scores.length,
        step,
        follow: { axis: lead, slope },
        open: 'both',
      };
      const accesses = hullAccesses(residual, pair, hull, range, () => true);
      best = better(best, makeMatch(residual, [{ coefficient: classes[index], accesses }], sum));
    }
  }
  return best;
}

/** The number of cells of the hull on each diagonal of the pair. */
function diagonalSizes({ shape }: Residual, pair: Pair, hull: Hull, least: number): Int32Array {
  const { lead, axis, slope } = pair;
  const thick = thickness(hull, pair);
  const sizes = new Int32Array(shape[lead] + shape[axis] - 1);
  for (let at = hull.low[lead]; at <= hull.high[lead]; at++) {
    for (let other = 0; other < shape[axis]; other++) sizes[other - slope * at - least] += thick;
  }
  return sizes;
}

function proposeRing(residual: Residual, pair: Pair, index: number): Match | undefined {
  const { shape, classes } = residual;
  const { lead, axis, slope } = pair;
  const modulus = shape[axis];
  const hull = hullOf(residual, index);
  if (hull.low[lead] !== 0 || hull.high[lead] !== shape[lead] - 1) return undefined;
  const capacity = new Int32Array(modulus).fill(shape[lead] * thickness(hull, pair));
  const place = (offset: number): number => (offset + shape[lead] * modulus) % modulus;
  const scores = scoreDiagonals(residual, pair, index, hull, capacity, place);
  const { from, to, sum } = bestRun(Int32Array.from([...scores, ...scores]), modulus - 1);
  if (sum < MIN_EXTENT) return undefined;
  const range: Access = {
    kind: 'range',
    from: from % modulus,
    to: (from % modulus) + to - from,
    step: 1,
    modulus,
    follow: { axis: lead, slope },
  };
  const accesses = hullAccesses(residual, pair, hull, range, () => true);
  return makeMatch(residual, [{ coefficient: classes[index], accesses }], sum);
}

/** The accesses of a band; along the leading axis as far as `reaches` says that it has cells. */
function hullAccesses(
  { shape }: Residual,
  { lead, axis }: Pair,
  { low, high }: Hull,
  range: Access,
  reaches: (at: number) => boolean,
): Access[] {
  return shape.map((extent, own): Access => {
    if (own === axis) return range;
    if (own !== lead) return accessRange(low[own], high[own], 1, extent);
    let [first, last] = [low[own], high[own]];
    while (first > 0 && !reaches(first - 1)) first--;
    while (last < extent - 1 && !reaches(last + 1)) last++;
    return accessRange(first, last, 1, extent);
  });
}

/** The shortest run of the largest sum, of at most `longest` entries; the first such run. */
function bestRun(
  scores: Int32Array,
  longest = scores.length,
): { readonly from: number; readonly to: number; readonly sum: number } {
  let best = { from: 0, to: 0, sum: 0 };
  let from = 0;
  let sum = 0;
  scores.forEach((score, place) => {
    if (sum <= 0 || place - from >= longest) {
      from = place;
      sum = 0;
    }
    sum += score;
    if (sum > best.sum) best = { from, to: place + 1, sum };
  });
  return best;
}
