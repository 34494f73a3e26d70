/**
 * box: one weight on a product of positions, one set for each axis: a window, a strided window, or a
 * list. `box` proposes it from the cells of one weight, also without its sides that are mostly empty
 * (the middle of a diamond), `hull` from all cells left, so that a window with other weights inside is
 * seen too.   ··· / ■■· / ■■·
 */
import type { Access } from '../region.js';
import { accessOf, accessRange } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';

export const box: Pattern = { name: 'box', detect: detectBox };
export const hull: Pattern = { name: 'hull', detect: detectHull };

/** For each axis a mark on every coordinate that belongs to the box. */
type Marks = readonly Uint8Array[];

/** What fills less than this share of its box has no full middle. */
const MIN_DENSITY = 0.4;
/** Stands for every weight class. */
const ANY_CLASS = -1;

function detectBox(residual: Residual): Match | undefined {
  let best: Match | undefined;
  for (let index = 0; index < residual.classes.length; index++) {
    const marks = footprint(residual, index);
    best = better(best, propose(residual, index, marks));
    const filled = fillGaps(marks);
    best = better(best, propose(residual, index, filled));
    const trimmed = trimSides(residual, index, filled);
    if (trimmed !== undefined) best = better(best, propose(residual, index, trimmed));
  }
  return best;
}

/** The box without the sides that hold the weight in less than half of their cells, worst first. */
function trimSides(residual: Residual, index: number, marks: Marks): Marks | undefined {
  const low = marks.map((mark) => mark.indexOf(1));
  const high = marks.map((mark) => mark.lastIndexOf(1));
  let held = 0;
  for (let k = 0; k < residual.count; k++) if (residual.classOf[k] === index) held++;
  const volume = low.reduce((product, from, axis) => product * (high[axis] - from + 1), 1);
  if (held < MIN_DENSITY * volume) return undefined;
  let trimmed = false;
  for (;;) {
    const side = worstSide(residual, index, low, high);
    if (side === undefined) break;
    if (side.isLow) low[side.axis]++;
    else high[side.axis]--;
    trimmed = true;
  }
  if (!trimmed) return undefined;
  return marks.map((mark, axis) => new Uint8Array(mark.length).fill(1, low[axis], high[axis] + 1));
}

function worstSide(
  residual: Residual,
  index: number,
  low: readonly number[],
  high: readonly number[],
): { readonly axis: number; readonly isLow: boolean } | undefined {
  const { cells, classOf, count, coordinates } = residual;
  const axes = low.length;
  const equal = new Int32Array(2 * axes);
  for (let k = 0; k < count; k++) {
    if (classOf[k] !== index) continue;
    const cell = cells[k];
    let isInside = true;
    for (let axis = 0; axis < axes && isInside; axis++) {
      const at = coordinates[axis][cell];
      isInside = at >= low[axis] && at <= high[axis];
    }
    if (!isInside) continue;
    for (let axis = 0; axis < axes; axis++) {
      const at = coordinates[axis][cell];
      if (at === low[axis]) equal[2 * axis]++;
      if (at === high[axis]) equal[2 * axis + 1]++;
    }
  }
  const volume = low.reduce((product, from, axis) => product * (high[axis] - from + 1), 1);
  let worst: { axis: number; isLow: boolean } | undefined;
  let share = 0.5;
  equal.forEach((held, side) => {
    const axis = side >> 1;
    const length = high[axis] - low[axis] + 1;
    if (length === 1 || (held * length) / volume >= share) return;
    share = (held * length) / volume;
    worst = { axis, isLow: side % 2 === 0 };
  });
  return worst;
}

function detectHull(residual: Residual): Match | undefined {
  if (residual.classes.length < 2) return undefined;
  let best: Match | undefined;
  const marks = fillGaps(footprint(residual, ANY_CLASS));
  for (let index = 0; index < residual.classes.length; index++) {
    best = better(best, propose(residual, index, marks));
  }
  return best;
}

/** The coordinates that the cells of a class take. */
function footprint(residual: Residual, index: number): Marks {
  const { cells, classOf, count } = residual;
  return residual.shape.map((extent, axis) => {
    const mark = new Uint8Array(extent);
    const coordinate = residual.coordinates[axis];
    for (let k = 0; k < count; k++) {
      if (index === ANY_CLASS || classOf[k] === index) mark[coordinate[cells[k]]] = 1;
    }
    return mark;
  });
}

function fillGaps(marks: Marks): Marks {
  return marks.map((mark) => mark.slice().fill(1, mark.indexOf(1), mark.lastIndexOf(1) + 1));
}

function accessOfMarks(mark: Uint8Array): Access {
  const from = mark.indexOf(1);
  const last = mark.lastIndexOf(1);
  if (!mark.subarray(from, last).includes(0)) return accessRange(from, last, 1, mark.length);
  const indices: number[] = [];
  for (let index = from; index <= last; index++) if (mark[index] === 1) indices.push(index);
  return accessOf(indices, mark.length);
}

function propose(residual: Residual, index: number, marks: Marks): Match | undefined {
  const { cells, classOf, count, coordinates } = residual;
  const volume = marks.reduce(
    (product, mark) => product * mark.reduce((sum, flag) => sum + flag, 0),
    1,
  );
  const isInside = (position: number): boolean => {
    let inside = 1;
    for (let axis = 0; axis < marks.length; axis++)
      inside &= marks[axis][coordinates[axis][position]];
    return inside === 1;
  };
  let equal = 0;
  let occupied = residual.holes.reduce((sum, hole) => sum + (isInside(hole) ? 1 : 0), 0);
  for (let k = 0; k < count; k++) {
    if (!isInside(cells[k])) continue;
    occupied++;
    if (classOf[k] === index) equal++;
  }
  // A box that disturbs as much as it explains is no candidate.
  const cleared = equal - (volume - occupied);
  if (equal < 2 || cleared < 2) return undefined;
  const accesses = marks.map(accessOfMarks);
  return makeMatch(residual, [{ coefficient: residual.classes[index], accesses }], cleared);
}
