/**
 * Which cells of a block's input a cell of its output depends on, so that a formula is searched over few of
 * many. Each input cell in turn gets the values of other rows; how far the block's own output moves then is
 * its total effect (Jansen 1999; Saltelli and others 2010, "Variance based sensitivity analysis", (e)).
 */
import type { StagedNetwork } from '../../ir/network.js';
import { createTeacher } from '../../verify/teacher.js';
import { forwardWork } from '../../verify/work.js';
import { rowOf } from './record.js';

/** Rows at which cells are changed, where a forward pass is not too long. */
const MOST_ROWS = 300;
const FEWEST_ROWS = 30;
const MOST_WORK = 5e8;

/** A cell takes the values of rows this far on: far from itself, and every row's once. */
const SHIFT = 7;

export interface Dependence {
  /** Positions of input cells by their effect, the greatest first. */
  readonly cells: readonly number[];
  /** Their total effects: shares of the output's variance that would go if the cell were fixed. */
  readonly effects: readonly number[];
}

/**
 * One for each cell of the block's output.
 *
 * @param part the block as a network of its own.
 * @param columns values of its input cells, flattened, as they occur.
 */
export function dependencesOf(
  part: StagedNetwork,
  columns: readonly Float64Array[],
): readonly Dependence[] {
  const teacher = createTeacher(part);
  const affordable = Math.floor(MOST_WORK / (columns.length * (1 + 2 * forwardWork(part))));
  const most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
  const count = Math.min(columns[0].length, most);
  const extents = part.inputs.map(({ shape }) => shape.reduce((size, extent) => size * extent, 1));
  const answer = (row: Float64Array): Float64Array => {
    let from = 0;
    const inputs = extents.map((extent) => row.subarray(from, (from += extent)));
    return teacher.forward(inputs)[0].slice();
  };
  const rows = Array.from({ length: count }, (_, row) => rowOf(columns, row));
  const before = rows.map(answer);
  const variances = variancesOf(before);
  const effects = variances.map(() => new Float64Array(columns.length));
  columns.forEach((column, cell) => {
    rows.forEach((row, k) => {
      const changed = row.slice();
      changed[cell] = column[(k + SHIFT) % count];
      const after = answer(changed);
      after.forEach((value, output) => {
        effects[output][cell] += (value - before[k][output]) ** 2 / (2 * count);
      });
    });
  });
  return effects.map((own, output) => {
    const shares = own.map((effect) => (variances[output] > 0 ? effect / variances[output] : 0));
    const cells = [...shares.keys()].filter((cell) => shares[cell] > 0);
    cells.sort((a, b) => shares[b] - shares[a] || a - b);
    return { cells, effects: cells.map((cell) => shares[cell]) };
  });
}

function variancesOf(rows: readonly Float64Array[]): readonly number[] {
  return Array.from(rows[0], (_, k) => varianceOf(rows.map((row) => row[k])));
}

/** Of a constant column 0, whatever rounding makes of its mean. */
export function varianceOf(values: ArrayLike<number>): number {
  const count = values.length;
  let mean = 0;
  for (let k = 0; k < count; k++) mean += (values[k] - values[0]) / count;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (values[k] - values[0] - mean) ** 2 / count;
  return sum;
}
