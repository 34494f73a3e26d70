/**
 * box: one weight on a product of positions, one set for each axis: a window, a strided window, or a
 * list. `box` proposes it from the cells of one weight, also without its sides that are mostly empty
 * (the middle of a diamond), `hull` from all cells left, so that a window with other weights inside is
 * seen too.   ··· / ■■· / ■■·
 */
import type { Access } from '../region.js';
import { accessOf, accessRange } from '../region.js';
import type { Residual } from '../residual.js';
import { MAX_LISTED_CELLS } from '../residual.js';
import { Hull } from './hull.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';
import type { Box, SideCounts } from './sides.js';
import { countSides, trimSides } from './sides.js';

export const box: Pattern = { name: 'box', detect: detectBox, limit: largestClass };
export const hull: Pattern = { name: 'hull', detect: detectHull, limit: largestClass };

/** A box that lists more positions than a row may list cells must hold many cells for each. */
const MAX_LISTED_SHARE = 1 / 4;

/** For each axis a mark on every coordinate that belongs to the box. */
type Marks = readonly Uint8Array[];

/** What fills less than this share of its box has no full middle. */
const MIN_DENSITY = 0.4;

/** A box holds one weight. */
function largestClass(residual: Residual): number {
  return residual.largestClass;
}

function detectBox(residual: Residual): Match | undefined {
  let best: Match | undefined;
  const { classes, classCounts, leastCleared } = residual;
  const sides = countSides(residual);
  for (let index = 0; index < classes.length; index++) {
    const held = classCounts[index];
    if (held < leastCleared) continue;
    const marks = sides[index].map(markHeld);
    best = better(best, propose(residual, index, marks, held));
    const filled = fillGaps(marks);
    if (volumeOf(filled) > volumeOf(marks)) {
      best = better(best, propose(residual, index, filled, held));
    }
    best = better(best, proposeTrimmed(residual, index, sides[index], filled));
  }
  return best;
}

/** The box of a weight without the sides that hold it in less than half of their cells. */
function proposeTrimmed(
  residual: Residual,
  index: number,
  counts: SideCounts,
  filled: Marks,
): Match | undefined {
  if (residual.classCounts[index] < MIN_DENSITY * volumeOf(filled)) return undefined;
  const trimmed = trimSides(residual, index, counts);
  if (trimmed === undefined) return undefined;
  return propose(residual, index, marksOf(residual, trimmed), trimmed.held);
}

function detectHull(residual: Residual): Match | undefined {
  const { classes, classCounts, holes, count } = residual;
  if (classes.length < 2) return undefined;
  let best: Match | undefined;
  const marks = marksOf(residual, Hull.of(residual));
  const occupied = count + countInside(residual, marks, holes, holes.length);
  for (let index = 0; index < classes.length; index++) {
    best = better(best, proposeBox(residual, index, marks, classCounts[index], occupied));
  }
  return best;
}

/** A mark on every position that holds cells. */
function markHeld(counts: Int32Array): Uint8Array {
  const mark = new Uint8Array(counts.length);
  for (let at = 0; at < mark.length; at++) if (counts[at] > 0) mark[at] = 1;
  return mark;
}

function marksOf({ shape }: Residual, { low, high }: Box): Marks {
  return shape.map((extent, axis) => new Uint8Array(extent).fill(1, low[axis], high[axis] + 1));
}

function fillGaps(marks: Marks): Marks {
  return marks.map((mark) => mark.slice().fill(1, mark.indexOf(1), mark.lastIndexOf(1) + 1));
}

/** Positions that an access lists one by one. */
function listLength(access: Access): number {
  return access.kind === 'list' ? access.indices.length : 0;
}

function volumeOf(marks: Marks): number {
  let volume = 1;
  for (const mark of marks) {
    let length = 0;
    for (let at = 0; at < mark.length; at++) length += mark[at];
    volume *= length;
  }
  return volume;
}

function accessOfMarks(mark: Uint8Array): Access {
  const from = mark.indexOf(1);
  const last = mark.lastIndexOf(1);
  if (!mark.subarray(from, last).includes(0)) return accessRange(from, last, 1, mark.length);
  const indices: number[] = [];
  for (let index = from; index <= last; index++) if (mark[index] === 1) indices.push(index);
  return accessOf(indices, mark.length);
}

/** The box with the weight of a class, `held` cells of which lie in it. */
function propose(residual: Residual, index: number, marks: Marks, held: number): Match | undefined {
  const { cells, count, holes, size } = residual;
  // A box over everything needs no look at its cells.
  if (volumeOf(marks) === size) {
    return proposeBox(residual, index, marks, held, count + holes.length);
  }
  const occupied =
    countInside(residual, marks, cells, count) + countInside(residual, marks, holes, holes.length);
  return proposeBox(residual, index, marks, held, occupied);
}

function proposeBox(
  residual: Residual,
  index: number,
  marks: Marks,
  held: number,
  occupied: number,
): Match | undefined {
  // A box that disturbs as much as it explains is no candidate.
  const cleared = held - (volumeOf(marks) - occupied);
  if (held < 2 || cleared < 2) return undefined;
  const accesses = marks.map(accessOfMarks);
  const listed = accesses.reduce((sum, access) => sum + listLength(access), 0);
  if (listed > MAX_LISTED_CELLS && listed > MAX_LISTED_SHARE * volumeOf(marks)) return undefined;
  return makeMatch(residual, [{ coefficient: residual.classes[index], accesses }], cleared);
}

/** How many of the first `count` positions lie in the box. */
function countInside(
  residual: Residual,
  marks: Marks,
  positions: Int32Array,
  count: number,
): number {
  let inside = 0;
  for (let k = 0; k < count; k++) if (isInside(residual, marks, positions[k])) inside++;
  return inside;
}

function isInside({ coordinates }: Residual, marks: Marks, position: number): boolean {
  for (let axis = 0; axis < marks.length; axis++) {
    if (marks[axis][coordinates[axis][position]] === 0) return false;
  }
  return true;
}
