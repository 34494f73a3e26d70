/**
 * Sparse rows of the maps that operators are made of: a matrix product over one of several blocks of a
 * tensor, and a selection of cells with a factor each (broadcasting, scaling, transposition).
 */
import type { SparseRows } from '../../ir/network.js';

/** More weights than this (768 MB of them) are refused before they are copied. */
export const MOST_WEIGHTS = 2 ** 26;

/** A matrix in a flat array: weight of (output, input) at output·outputStride + input·inputStride. */
export interface Matrix {
  readonly data: Float64Array;
  readonly outputs: number;
  readonly inputs: number;
  readonly outputStride: number;
  readonly inputStride: number;
}

/**
 * The columns of rows without a zero, which all matrices of equally many inputs share: in a model of
 * large dense layers they would take half as much memory as the weights.
 */
export class DenseColumns {
  private readonly byInputs = new Map<number, Uint32Array>();

  /** 0, 1 … inputs − 1 for each output, one row after the other. */
  of(outputs: number, inputs: number): Uint32Array {
    const size = outputs * inputs;
    const known = this.byInputs.get(inputs);
    if (known !== undefined && known.length >= size) return known.subarray(0, size);
    const columns = new Uint32Array(size);
    for (let k = 0; k < size; k++) columns[k] = k % inputs;
    this.byInputs.set(inputs, columns);
    return columns;
  }
}

/** The nonzero weights of each output. */
export function rowsOfMatrix(matrix: Matrix, dense: DenseColumns): SparseRows {
  const { data, outputs, inputs, outputStride, inputStride } = matrix;
  const rowStart = new Uint32Array(outputs + 1);
  let count = 0;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      if (data[output * outputStride + input * inputStride] !== 0) count++;
    }
    rowStart[output + 1] = count;
  }
  const isDense = count === outputs * inputs;
  const columns = isDense ? dense.of(outputs, inputs) : new Uint32Array(count);
  const values = new Float64Array(count);
  let next = 0;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const value = data[output * outputStride + input * inputStride];
      if (value === 0) continue;
      if (!isDense) columns[next] = input;
      values[next] = value;
      next++;
    }
  }
  return { rowStart, columns, values };
}

/** Where a copy of a row reads: its column k becomes base + k · step. */
export interface Placement {
  /** Row of the original. */
  readonly row: number;
  readonly base: number;
  readonly step: number;
}

/** The rows of `rows` copied to the placements, in their order. */
export function placeRows(rows: SparseRows, placements: readonly Placement[]): SparseRows {
  const rowStart = new Uint32Array(placements.length + 1);
  placements.forEach(({ row }, index) => {
    rowStart[index + 1] = rowStart[index] + rows.rowStart[row + 1] - rows.rowStart[row];
  });
  const columns = new Uint32Array(rowStart[placements.length]);
  const values = new Float64Array(rowStart[placements.length]);
  let next = 0;
  for (const { row, base, step } of placements) {
    for (let k = rows.rowStart[row]; k < rows.rowStart[row + 1]; k++, next++) {
      columns[next] = base + rows.columns[k] * step;
      values[next] = rows.values[k];
    }
  }
  return { rowStart, columns, values };
}

/** Row n takes cell `cells[n]` times `factors[n]` (1 where no factors are given). */
export function selectionRows(cells: Uint32Array, factors?: Float64Array): SparseRows {
  const size = cells.length;
  const rowStart = new Uint32Array(size + 1);
  if (factors === undefined) {
    for (let row = 0; row <= size; row++) rowStart[row] = row;
    return { rowStart, columns: cells, values: new Float64Array(size).fill(1) };
  }
  const columns = new Uint32Array(size);
  const values = new Float64Array(size);
  let count = 0;
  for (let row = 0; row < size; row++) {
    if (factors[row] !== 0) {
      columns[count] = cells[row];
      values[count] = factors[row];
      count++;
    }
    rowStart[row + 1] = count;
  }
  return { rowStart, columns: shortened(columns, count), values: shortened(values, count) };
}

/** The first `count` elements, without the memory of the rest. */
export function shortened<List extends Uint32Array | Float64Array>(
  list: List,
  count: number,
): List {
  return list.length === count ? list : (list.slice(0, count) as List);
}

/** 0, 1, 2 ...: the cells of a tensor in their order. */
export function allCells(size: number): Uint32Array {
  const cells = new Uint32Array(size);
  for (let cell = 0; cell < size; cell++) cells[cell] = cell;
  return cells;
}

/** Whether every row has at most one weight. */
export function isSelection(rows: SparseRows): boolean {
  const { rowStart } = rows;
  for (let row = 0; row + 1 < rowStart.length; row++) {
    if (rowStart[row + 1] - rowStart[row] > 1) return false;
  }
  return true;
}

/** Whether row n is cell n, once, for every cell of `size`. */
export function isIdentity(rows: SparseRows, size: number): boolean {
  if (rows.rowStart.length !== size + 1 || rows.columns.length !== size) return false;
  for (let cell = 0; cell < size; cell++) {
    if (rows.rowStart[cell] !== cell) return false;
    if (rows.columns[cell] !== cell || rows.values[cell] !== 1) return false;
  }
  return true;
}
