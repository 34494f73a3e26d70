/**
 * all-but: a line (or everything) that lacks exactly one cell, told as the whole minus the cell, so
 * that members whose missing cell lies at a border read like all the others.   ■■·■ = ■■■■ − ··■·
 */
import type { Access, PlacedRegion } from '../region.js';
import { positionsOf } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';
import { largestSlab, visitSlabs } from './slabs.js';

export const allBut: Pattern = { name: 'all-but', detect: detectAllBut, limit: mostCells };

function detectAllBut(residual: Residual): Match | undefined {
  let best: Match | undefined;
  const consider = (accesses: readonly Access[], coefficient: number, equal: number): void => {
    const hole = missingCell(residual, accesses);
    if (hole === undefined) return;
    const cell: PlacedRegion = { coefficient: -coefficient, accesses: hole };
    best = better(best, makeMatch(residual, [{ coefficient, accesses }, cell], equal));
  };
  visitSlabs(residual, ({ accesses, coefficient, equal, empty, size }) => {
    if (empty === 1 && equal === size - 1) consider(accesses, coefficient, equal);
  });
  if (isWholeButOne(residual)) {
    const whole = residual.shape.map((): Access => ({ kind: 'all' }));
    consider(whole, residual.classes[0], residual.count);
  }
  return best;
}

function isWholeButOne({ classes, count, size, holes }: Residual): boolean {
  return classes.length === 1 && count === size - holes.length - 1;
}

function mostCells(residual: Residual): number {
  return isWholeButOne(residual) ? residual.count : largestSlab(residual);
}

/** The accesses of the one empty cell of a slab. */
function missingCell(residual: Residual, accesses: readonly Access[]): Access[] | undefined {
  const { shape, strides } = residual;
  const positions = accesses.map((access, axis) => positionsOf(access, shape[axis]));
  const find = (axis: number, offset: number, path: readonly number[]): number[] | undefined => {
    if (axis === positions.length) return residual.isEmpty(offset) ? [...path] : undefined;
    for (const index of positions[axis]) {
      const found = find(axis + 1, offset + index * strides[axis], [...path, index]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(0, 0, [])?.map((index, axis): Access =>
    shape[axis] === 1 ? { kind: 'all' } : { kind: 'at', index },
  );
}
