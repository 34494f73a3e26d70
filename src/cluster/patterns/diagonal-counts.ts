/**
 * Counts the cells of one weight on every diagonal of two axes, within the box that holds the weight:
 * what `band` reads triangles, bands and rings from.
 */
import type { Residual } from '../residual.js';
import { Hull } from './hull.js';

/** Positions on `axis` are slope · the position on `lead` + the offset of the diagonal. */
export interface Pair {
  readonly lead: number;
  readonly axis: number;
  readonly slope: 1 | -1;
}

/** One entry for each diagonal: its place is its offset − least. */
export interface DiagonalCounts {
  readonly pair: Pair;
  /** The weight class. */
  readonly index: number;
  readonly hull: Hull;
  readonly least: number;
  /** Cells within the box, holes of the source left out. */
  readonly capacity: Int32Array;
  /** … with the weight of the class. */
  readonly equal: Int32Array;
  /** … without any weight. */
  readonly empty: Int32Array;
  /** Cells with the weight on all diagonals. */
  readonly total: number;
}

/** The counts of a weight class. */
export function countDiagonals(residual: Residual, pair: Pair, index: number): DiagonalCounts {
  const { cells, classOf, count, coordinates, shape } = residual;
  const { lead, axis, slope } = pair;
  const hull = Hull.of(residual, index);
  const { low, high } = hull;
  const least = slope > 0 ? 1 - shape[lead] : 0;
  const capacity = new Int32Array(shape[lead] + shape[axis] - 1);
  const thickness = hull.volume([lead, axis]);
  for (let at = low[lead]; at <= high[lead]; at++) {
    const start = -slope * at - least;
    for (let other = 0; other < shape[axis]; other++) capacity[start + other] += thickness;
  }
  /** The place of a cell's diagonal; −1 outside the box. */
  const placeOf = (cell: number): number => {
    for (let own = 0; own < low.length; own++) {
      const at = coordinates[own][cell];
      if (own !== axis && (at < low[own] || at > high[own])) return -1;
    }
    return coordinates[axis][cell] - slope * coordinates[lead][cell] - least;
  };
  for (const hole of residual.holes) {
    const place = placeOf(hole);
    if (place >= 0) capacity[place]--;
  }
  const equal = new Int32Array(capacity.length);
  const empty = capacity.slice();
  let total = 0;
  for (let k = 0; k < count; k++) {
    const place = placeOf(cells[k]);
    if (place < 0) continue;
    empty[place]--;
    if (classOf[k] !== index) continue;
    equal[place]++;
    total++;
  }
  return { pair, index, hull, least, capacity, equal, empty, total };
}

/** The same on an axis that wraps around: diagonals whose offsets agree modulo `modulus` are one. */
export function foldDiagonals(counts: DiagonalCounts, modulus: number): DiagonalCounts {
  const fold = (numbers: Int32Array): Int32Array => {
    const sums = new Int32Array(modulus);
    numbers.forEach((number, place) => {
      sums[(((place + counts.least) % modulus) + modulus) % modulus] += number;
    });
    return sums;
  };
  const { capacity, equal, empty } = counts;
  return { ...counts, least: 0, capacity: fold(capacity), equal: fold(equal), empty: fold(empty) };
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** The shortest run of diagonals on which the weight has the largest majority; the first such run. */
export function bestRun({ capacity, equal }: DiagonalCounts): Run {
  return longestLead(
    capacity.length,
    capacity.length,
    (place) => 2 * equal[place] - capacity[place],
  );
}

/** The same where the last diagonal stands beside the first; `to` may lie behind the last. */
export function bestRunAround({ capacity, equal }: DiagonalCounts): Run {
  const { length } = capacity;
  const run = longestLead(2 * length, length, (place) => {
    return 2 * equal[place % length] - capacity[place % length];
  });
  const from = run.from % length;
  return { from, to: from + run.to - run.from };
}

function longestLead(places: number, longest: number, scoreAt: (place: number) => number): Run {
  let best = { from: 0, to: 0 };
  let most = 0;
  let from = 0;
  let sum = 0;
  for (let place = 0; place < places; place++) {
    if (sum <= 0 || place - from >= longest) {
      from = place;
      sum = 0;
    }
    sum += scoreAt(place);
    if (sum > most) {
      most = sum;
      best = { from, to: place + 1 };
    }
  }
  return best;
}
