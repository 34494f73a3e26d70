/**
 * slanted formula: weights that are powers or a line along a diagonal.    1 · · / · 2 · / · · 4
 */
import type { Access } from '../region.js';
import { accessRange } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';
import { solveProgression } from './progression.js';
import type { Line } from './runs.js';
import { findRuns, shortestRun, weightsOf } from './runs.js';

export const slantedFormula: Pattern = {
  name: 'slanted formula',
  detect: detectSlanted,
  limit: longestDiagonal,
};

/** Fewer cells than this are listed, though they follow a formula. */
const MIN_CELLS = 4;
const SLOPES = [1, -1] as const;

interface Direction {
  readonly lead: number;
  readonly axis: number;
  readonly slope: 1 | -1;
}

function detectSlanted(residual: Residual): Match | undefined {
  const { shape, count } = residual;
  if (count < MIN_CELLS) return undefined;
  let best: Match | undefined;
  for (let lead = 0; lead < shape.length; lead++) {
    for (let axis = lead + 1; axis < shape.length; axis++) {
      if (Math.min(shape[lead], shape[axis]) < MIN_CELLS) continue;
      for (const slope of SLOPES) {
        best = better(best, alongDiagonals(residual, { lead, axis, slope }));
      }
    }
  }
  return best;
}

/** A diagonal is as long as the shorter of its two axes. */
function longestDiagonal({ shape }: Residual): number {
  const [, second = 0] = [...shape].sort((a, b) => b - a);
  return second;
}

/** A diagonal that holds enough cells: the first of them, and how many. */
interface Diagonal {
  readonly cell: number;
  readonly held: number;
}

function alongDiagonals(residual: Residual, direction: Direction): Match | undefined {
  let best: Match | undefined;
  for (const { cell, held } of diagonalsOf(residual, direction)) {
    const { line, low } = lineThrough(residual, direction, cell);
    for (const { from, to } of findRuns(line, shortestRun(held), residual.tolerance)) {
      const run = weightsOf(line, from, to);
      best = better(best, propose(residual, direction, cell, run, low + from));
    }
  }
  return best;
}

/** The diagonals that hold enough cells, in the order of their first ones. */
function diagonalsOf(residual: Residual, { lead, axis, slope }: Direction): Diagonal[] {
  const { cells, count, size, shape, coordinates } = residual;
  const places = shape[lead] + shape[axis];
  const others = [...shape.keys()].filter((own) => own !== lead && own !== axis);
  const held = new Int32Array((size / (shape[lead] * shape[axis])) * places);
  const diagonalOf = (cell: number): number => {
    let across = 0;
    for (const own of others) across = across * shape[own] + coordinates[own][cell];
    const start = slope > 0 ? shape[lead] - 1 : 0;
    return across * places + coordinates[axis][cell] - slope * coordinates[lead][cell] + start;
  };
  for (let k = 0; k < count; k++) held[diagonalOf(cells[k])]++;
  const diagonals: Diagonal[] = [];
  for (let k = 0; k < count; k++) {
    const diagonal = diagonalOf(cells[k]);
    if (held[diagonal] >= MIN_CELLS) diagonals.push({ cell: cells[k], held: held[diagonal] });
    held[diagonal] = 0;
  }
  return diagonals;
}

/** The whole diagonal through a cell, and the position on the leading axis where it enters the source. */
function lineThrough(
  { values, shape, strides, coordinates }: Residual,
  { lead, axis, slope }: Direction,
  cell: number,
): { readonly line: Line; readonly low: number } {
  const at = coordinates[lead][cell];
  const other = coordinates[axis][cell];
  const before = Math.min(at, slope > 0 ? other : shape[axis] - 1 - other);
  const behind = Math.min(shape[lead] - 1 - at, slope > 0 ? shape[axis] - 1 - other : other);
  const stride = strides[lead] + slope * strides[axis];
  const line = { values, start: cell - before * stride, stride, length: before + behind + 1 };
  return { line, low: at - before };
}

function propose(
  residual: Residual,
  { lead, axis, slope }: Direction,
  cell: number,
  run: readonly number[],
  from: number,
): Match | undefined {
  const { shape, coordinates, tolerance } = residual;
  const cleared = run.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0);
  if (cleared < MIN_CELLS) return undefined;
  const progression = solveProgression(run, from, lead, shape[lead], tolerance);
  if (progression === undefined) return undefined;
  const offset = coordinates[axis][cell] - slope * coordinates[lead][cell];
  const isOutside = (at: number): boolean => {
    const other = slope * at + offset;
    return other < 0 || other >= shape[axis];
  };
  // As far as the diagonal goes the source's border says where it ends.
  let first = from;
  let end = from + run.length;
  if (from > 0 && isOutside(from - 1)) first = 0;
  if (end < shape[lead] && isOutside(end)) end = shape[lead];
  const accesses = shape.map((extent, own): Access => {
    if (own === lead) return accessRange(first, end - 1, 1, extent);
    if (own === axis) return { kind: 'at', index: offset, follow: { axis: lead, slope } };
    return extent === 1 ? { kind: 'all' } : { kind: 'at', index: coordinates[own][cell] };
  });
  const { coefficient, factor } = progression;
  return makeMatch(residual, [{ coefficient, accesses, factors: [factor] }], cleared);
}
