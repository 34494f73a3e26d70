/**
 * Rows for a quick search of trees: each feature cut into at most 1,024 parts with about as many rows, so that a
 * row is a few bytes and thresholds are found from sums over the parts, without sorting.
 */
import { axesOf } from '../grow/axes.js';
import type { Axis } from '../grow/axes.js';
import { middleOf } from '../grow/best-split.js';
import { sortRows } from '../grow/presort.js';
import type { LogicProblem } from '../problem.js';

/** Parts of a feature: a row's part is a small number. */
export const PARTS = 1024;

export interface Grid {
  /** Those whose thresholds are searched. */
  readonly axes: readonly Axis[];
  /** For each axis the threshold above each of its parts but the last. */
  readonly thresholds: readonly Float64Array[];
  /** Of all rows of the problem: the part of each axis, row after row. */
  readonly parts: Uint16Array;
  readonly target: Float64Array;
  readonly weights: Float64Array;
  /** 0 where the target is a number. */
  readonly classes: number;
}

export function gridOf(problem: LogicProblem): Grid {
  const { data, classes } = problem;
  const count = data.target.length;
  const axes = axesOf(problem).filter(({ isGroup }) => !isGroup);
  const parts = new Uint16Array(count * axes.length);
  const thresholds = axes.map(({ column: index }, k) => {
    const column = data.columns[index];
    const order = sortRows(column, 0, count);
    const cuts: number[] = [];
    let inPart = 0;
    order.forEach((row, at) => {
      const isNew = at > 0 && column[row] > column[order[at - 1]];
      if (isNew && inPart >= (count - at + inPart) / (PARTS - cuts.length)) {
        cuts.push(middleOf(column[order[at - 1]], column[row]));
        inPart = 0;
      }
      inPart++;
      parts[row * axes.length + k] = cuts.length;
    });
    return Float64Array.from(cuts);
  });
  const weights = data.weights ?? new Float64Array(count).fill(1);
  return { axes, thresholds, parts, target: data.target, weights, classes };
}

/** The grid of some of the rows. */
export function gridOfRows(grid: Grid, rows: Uint32Array): Grid {
  const { axes, parts, target, weights } = grid;
  const width = axes.length;
  const copied = new Uint16Array(rows.length * width);
  rows.forEach((row, k) => {
    copied.set(parts.subarray(row * width, (row + 1) * width), k * width);
  });
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => column[row]);
  return { ...grid, parts: copied, target: pick(target), weights: pick(weights) };
}
