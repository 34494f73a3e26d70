/**
 * From the table of a weights CSV, (inputs + 1) × outputs with the biases last, to the weight rows of
 * its neurons: a transposition into compressed sparse rows, without an object per row or weight.
 */
import type { SparseRows } from '../../ir/network.js';
import type { CsvTable } from './scan.js';

export interface CsvWeights {
  /** Cells that a neuron reads. */
  readonly inputs: number;
  /** Number of neurons. */
  readonly outputs: number;
  readonly weights: SparseRows;
  readonly bias: Float64Array;
}

/**
 * Takes the last row as biases and every column as the weights of one neuron. Zeros are left out of
 * the weights, and −0 counts as 0. Expects at least one row.
 */
export function weightsOfTable(table: CsvTable): CsvWeights {
  const { columns: outputs, cells } = table;
  const inputs = table.rows - 1;
  const rowStart = startsOfColumns(cells, inputs, outputs);
  const columns = new Uint32Array(rowStart[outputs]);
  const values = new Float64Array(rowStart[outputs]);
  const next = rowStart.slice(0, outputs);
  for (let input = 0, cell = 0; input < inputs; input++) {
    for (let neuron = 0; neuron < outputs; neuron++, cell++) {
      const value = cells[cell];
      if (value === 0) continue;
      const target = next[neuron]++;
      columns[target] = input;
      values[target] = value;
    }
  }
  const bias = Float64Array.from(
    { length: outputs },
    (_, neuron) => cells[inputs * outputs + neuron] + 0, // −0 + 0 is 0
  );
  return { inputs, outputs, weights: { rowStart, columns, values }, bias };
}

/** Running counts of the nonzero cells in each column of the first `rows` rows. */
function startsOfColumns(cells: Float64Array, rows: number, columns: number): Uint32Array {
  const starts = new Uint32Array(columns + 1);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      if (cells[cell] !== 0) starts[column + 1]++;
    }
  }
  for (let column = 0; column < columns; column++) starts[column + 1] += starts[column];
  return starts;
}
