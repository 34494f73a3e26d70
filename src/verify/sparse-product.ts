/**
 * Weight rows times a vector in plain float64 sums, by whichever order touches fewer weights: row by
 * row, or, for vectors that are mostly zeros, column by column. The order of summation is not told.
 */
import type { SparseRows } from '../ir/network.js';

/** Columns win when fewer than this share of the vector is not zero: they write, rows only read. */
const FEW = 1 / 3;

/** The weights by column: those of column c at starts[c] .. starts[c + 1), rows ascending. */
interface Columns {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float64Array;
}

/** A function that writes Σ weights·source of every row into `sums`; source has `width` values. */
export function createProduct(
  weights: SparseRows,
  width: number,
): (source: Float64Array, sums: Float64Array) => void {
  let columns: Columns | undefined;
  return (source, sums) => {
    let nonzero = 0;
    for (let column = 0; column < width; column++) if (source[column] !== 0) nonzero++;
    if (nonzero >= FEW * width) {
      multiplyRows(weights, source, sums);
    } else {
      columns ??= transposeRows(weights, width);
      multiplyColumns(columns, source, sums);
    }
  };
}

function multiplyRows(weights: SparseRows, source: Float64Array, sums: Float64Array): void {
  const { rowStart, columns, values } = weights;
  for (let row = 0; row < sums.length; row++) {
    const from = rowStart[row];
    const to = rowStart[row + 1];
    if (to - from === source.length) {
      sums[row] = multiplyDense(values, from, source);
      continue;
    }
    let sum = 0;
    for (let k = from; k < to; k++) sum += values[k] * source[columns[k]];
    sums[row] = sum;
  }
}

/** A row without zeros needs no column list; four sums at a time do not wait for one another. */
function multiplyDense(values: Float64Array, from: number, source: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = source.length - (source.length % 4);
  for (let column = 0; column < whole; column += 4) {
    const at = from + column;
    first += values[at] * source[column];
    second += values[at + 1] * source[column + 1];
    third += values[at + 2] * source[column + 2];
    fourth += values[at + 3] * source[column + 3];
  }
  for (let column = whole; column < source.length; column++) {
    first += values[from + column] * source[column];
  }
  return first + second + (third + fourth);
}

function multiplyColumns(columns: Columns, source: Float64Array, sums: Float64Array): void {
  const { starts, rows, values } = columns;
  sums.fill(0);
  for (let column = 0; column < source.length; column++) {
    const x = source[column];
    if (x === 0) continue;
    const to = starts[column + 1];
    for (let k = starts[column]; k < to; k++) sums[rows[k]] += values[k] * x;
  }
}

function transposeRows(weights: SparseRows, width: number): Columns {
  const { rowStart, columns, values } = weights;
  const starts = new Uint32Array(width + 1);
  for (const column of columns) starts[column + 1]++;
  for (let column = 0; column < width; column++) starts[column + 1] += starts[column];
  const next = starts.slice();
  const result = {
    starts,
    rows: new Uint32Array(values.length),
    values: new Float64Array(values.length),
  };
  for (let row = 0; row + 1 < rowStart.length; row++) {
    for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
      const at = next[columns[k]]++;
      result.rows[at] = row;
      result.values[at] = values[k];
    }
  }
  return result;
}
