/**
 * slanted formula: weights that are powers or a line along a diagonal.    1 · · / · 2 · / · · 4
 */
import type { Access } from '../region.js';
import { accessRange } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';
import { solveProgression } from './progression.js';
import { findRuns, shortestRun } from './runs.js';

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

/** A diagonal: its weights by the position on the leading axis, and one of its cells. */
interface Line {
  readonly weights: Float64Array;
  readonly cell: number;
}

function alongDiagonals(residual: Residual, direction: Direction): Match | undefined {
  const { cells, count, values, shape, strides, coordinates, tolerance } = residual;
  const { lead, axis, slope } = direction;
  const lines = new Map<number, Line>();
  for (let k = 0; k < count; k++) {
    const cell = cells[k];
    const [at, other] = [coordinates[lead][cell], coordinates[axis][cell]];
    const across = cell - at * strides[lead] - other * strides[axis];
    const key = across * (shape[lead] + shape[axis]) + other - slope * at + shape[lead];
    let line = lines.get(key);
    if (line === undefined)
      lines.set(key, (line = { weights: new Float64Array(shape[lead]), cell }));
    line.weights[at] = values[cell];
  }
  let best: Match | undefined;
  for (const line of lines.values()) {
    const held = line.weights.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0);
    if (held < MIN_CELLS) continue;
    for (const { from, to } of findRuns(line.weights, shortestRun(held), tolerance)) {
      best = better(best, propose(residual, direction, line, from, to));
    }
  }
  return best;
}

function propose(
  residual: Residual,
  { lead, axis, slope }: Direction,
  { weights, cell }: Line,
  from: number,
  to: number,
): Match | undefined {
  const { shape, coordinates, tolerance } = residual;
  const run = Array.from(weights.subarray(from, to));
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
  let end = to;
  if (from > 0 && isOutside(from - 1)) first = 0;
  if (to < shape[lead] && isOutside(to)) end = shape[lead];
  const accesses = shape.map((extent, own): Access => {
    if (own === lead) return accessRange(first, end - 1, 1, extent);
    if (own === axis) return { kind: 'at', index: offset, follow: { axis: lead, slope } };
    return extent === 1 ? { kind: 'all' } : { kind: 'at', index: coordinates[own][cell] };
  });
  const { coefficient, factor } = progression;
  return makeMatch(residual, [{ coefficient, accesses, factors: [factor] }], cleared);
}
