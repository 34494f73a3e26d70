/**
 * Counts the cells of one weight on every diagonal of two axes, within the box that holds the weight:
 * what `band` reads triangles, bands and rings from.
 */
import { positiveModulo } from '../../ir/region-cells.js';
import type { Residual } from '../residual.js';
import type { Hull } from './hull.js';

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

/** The counts of the weight classes `wanted`; `hulls` are those of all classes. */
export function countDiagonals(
  residual: Residual,
  pair: Pair,
  hulls: readonly Hull[],
  wanted: readonly number[],
): DiagonalCounts[] {
  const { cells, classOf, classes, classCounts, count, coordinates, shape, holes } = residual;
  const { lead, axis, slope } = pair;
  const least = slope > 0 ? 1 - shape[lead] : 0;
  const diagonals = shape[lead] + shape[axis] - 1;
  const equal = classes.map(() => new Int32Array(diagonals));
  const places = new Int32Array(count);
  const occupied = new Int32Array(diagonals);
  for (let k = 0; k < count; k++) {
    const cell = cells[k];
    const place = coordinates[axis][cell] - slope * coordinates[lead][cell] - least;
    places[k] = place;
    occupied[place]++;
    equal[classOf[k]][place]++;
  }
  return wanted.map((index): DiagonalCounts => {
    const hull = hulls[index];
    const capacity = countCells(residual, pair, hull, least);
    for (let k = 0; k < holes.length; k++) {
      const place = coordinates[axis][holes[k]] - slope * coordinates[lead][holes[k]] - least;
      if (isBeside(residual, hull, axis, holes[k])) capacity[place]--;
    }
    const empty = capacity.slice();
    if (spansOthers(residual, hull, axis)) {
      for (let place = 0; place < diagonals; place++) empty[place] -= occupied[place];
    } else {
      for (let k = 0; k < count; k++) {
        if (isBeside(residual, hull, axis, cells[k])) empty[places[k]]--;
      }
    }
    const total = classCounts[index];
    return { pair, index, hull, least, capacity, equal: equal[index], empty, total };
  });
}

/** Cells of each diagonal within a box, the whole of `axis` taken. */
function countCells(
  { shape }: Residual,
  { lead, axis, slope }: Pair,
  hull: Hull,
  least: number,
): Int32Array {
  const capacity = new Int32Array(shape[lead] + shape[axis] - 1);
  const thickness = hull.volume([lead, axis]);
  // Each position on the leading axis meets a run of diagonals, as long as the other axis.
  const first = slope > 0 ? -hull.high[lead] - least : hull.low[lead];
  const leads = hull.length(lead);
  for (let place = first; place < first + leads + shape[axis] - 1; place++) {
    const met = Math.min(place - first + 1, first + leads + shape[axis] - 1 - place, leads, shape[axis]); // prettier-ignore
    capacity[place] = met * thickness;
  }
  return capacity;
}

/** Whether a cell lies within a box, `axis` left out. */
function isBeside(
  { coordinates }: Residual,
  { low, high }: Hull,
  axis: number,
  cell: number,
): boolean {
  for (let own = 0; own < low.length; own++) {
    const at = coordinates[own][cell];
    if (own !== axis && (at < low[own] || at > high[own])) return false;
  }
  return true;
}

function spansOthers({ shape }: Residual, hull: Hull, axis: number): boolean {
  return shape.every((extent, own) => own === axis || hull.length(own) === extent);
}

/** The same on an axis that wraps around: diagonals whose offsets agree modulo `modulus` are one. */
export function foldDiagonals(counts: DiagonalCounts, modulus: number): DiagonalCounts {
  const [capacity, equal, empty] = [0, 1, 2].map(() => new Int32Array(modulus));
  for (let place = 0; place < counts.capacity.length; place++) {
    const folded = positiveModulo(place + counts.least, modulus);
    capacity[folded] += counts.capacity[place];
    equal[folded] += counts.equal[place];
    empty[folded] += counts.empty[place];
  }
  return { ...counts, least: 0, capacity, equal, empty };
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
