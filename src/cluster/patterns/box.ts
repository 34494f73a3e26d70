/**
 * box: one weight on a product of positions, one set for each axis: a window, a strided window, or a
 * list. Proposed from the cells of each weight, and from all cells left.   ··· / ■■· / ■■·
 */
import type { Access } from '../region.js';
import { accessOf, accessRange } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';

export const box: Pattern = { name: 'box', detect: detectBox };

/** Coordinates that some cells take along each axis, ascending. */
type Footprint = readonly (readonly number[])[];

function detectBox(residual: Residual): Match | undefined {
  let best: Match | undefined;
  residual.classes.forEach((coefficient, index) => {
    const prints = footprint(residual, (k) => residual.classOf[k] === index);
    const lists = prints.map((list, axis) => accessOf(list, residual.shape[axis]));
    best = better(
      best,
      propose(residual, coefficient, lists, (axis, at) => prints[axis].includes(at)),
    );
    best = better(best, proposeHull(residual, coefficient, prints));
  });
  if (residual.classes.length > 1) {
    const prints = footprint(residual, () => true);
    for (const coefficient of residual.classes) {
      best = better(best, proposeHull(residual, coefficient, prints));
    }
  }
  return best;
}

function proposeHull(
  residual: Residual,
  coefficient: number,
  prints: Footprint,
): Match | undefined {
  const accesses = prints.map((list, axis) =>
    accessRange(list[0], list[list.length - 1], 1, residual.shape[axis]),
  );
  return propose(
    residual,
    coefficient,
    accesses,
    (axis, at) => at >= prints[axis][0] && at <= prints[axis][prints[axis].length - 1],
  );
}

function footprint(residual: Residual, takes: (k: number) => boolean): Footprint {
  const marks = residual.shape.map((extent) => new Uint8Array(extent));
  for (let k = 0; k < residual.count; k++) {
    if (!takes(k)) continue;
    marks.forEach((mark, axis) => (mark[residual.coordinate(residual.cells[k], axis)] = 1));
  }
  return marks.map((mark) => Array.from(mark.keys()).filter((index) => mark[index] === 1));
}

function propose(
  residual: Residual,
  coefficient: number,
  accesses: readonly Access[],
  contains: (axis: number, at: number) => boolean,
): Match | undefined {
  const volume = accesses.reduce((product, access, axis) => {
    switch (access.kind) {
      case 'all':
        return product * residual.shape[axis];
      case 'at':
        return product;
      case 'range':
        return product * Math.ceil((access.to - access.from) / access.step);
      case 'list':
        return product * access.indices.length;
    }
  }, 1);
  let equal = 0;
  let occupied = 0;
  const own = residual.classes.indexOf(coefficient);
  for (let k = 0; k < residual.count; k++) {
    const position = residual.cells[k];
    if (!residual.shape.every((_, axis) => contains(axis, residual.coordinate(position, axis)))) {
      continue;
    }
    occupied++;
    if (residual.classOf[k] === own) equal++;
  }
  if (equal < 2) return undefined;
  return makeMatch(residual, [{ coefficient, accesses }], equal - (volume - occupied));
}
