/**
 * Algebra of affine maps, exact or not at all: composition of two maps, and the sum of two maps over
 * joined sources. Where a result would round, `undefined` says so and the caller keeps two layers.
 */
import type { SparseRows, TensorRef } from '../../ir/network.js';
import { exactProduct, exactSum } from './exact.js';
import { isIdentity, isSelection } from './rows.js';
import type { Linear } from './values.js';

/** One affine map over the cells of a tensor. */
export interface AffineMap {
  readonly rows: SparseRows;
  readonly bias: Float64Array;
}

/** Rows under construction; columns of one row may come in any order and more than once. */
interface RowBuilder {
  readonly rowStart: number[];
  readonly columns: number[];
  readonly values: number[];
}

/**
 * `outer` after `inner`, when folding them is exact and makes no row denser: one of the two has at
 * most one weight per row (a scaling, a selection, a bias). Otherwise `undefined`.
 */
export function compose(outer: AffineMap, inner: Linear): Linear | undefined {
  if (isIdentity(outer.rows, inner.bias.length)) {
    const bias = addBiases(outer.bias, inner.bias);
    return bias === undefined ? undefined : { ...inner, bias };
  }
  if (!isSelection(outer.rows) && !isSelection(inner.rows)) return undefined;
  const size = outer.bias.length;
  const builder: RowBuilder = { rowStart: [0], columns: [], values: [] };
  const bias = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const sum = composeRow(outer, inner, row, builder);
    if (sum === undefined) return undefined;
    bias[row] = sum;
  }
  return { ...inner, rows: finish(builder), bias };
}

/** Appends one composed row and returns its bias; `undefined` where something would round. */
function composeRow(
  outer: AffineMap,
  inner: Linear,
  row: number,
  builder: RowBuilder,
): number | undefined {
  const rowBegin = builder.columns.length;
  let bias: number | undefined = outer.bias[row];
  for (let k = outer.rows.rowStart[row]; k < outer.rows.rowStart[row + 1]; k++) {
    const cell = outer.rows.columns[k];
    const factor = outer.rows.values[k];
    const term = exactProduct(factor, inner.bias[cell]);
    bias = term === undefined ? undefined : exactSum(bias, term);
    if (bias === undefined) return undefined;
    for (let j = inner.rows.rowStart[cell]; j < inner.rows.rowStart[cell + 1]; j++) {
      const weight = exactProduct(factor, inner.rows.values[j]);
      if (weight === undefined) return undefined;
      builder.columns.push(inner.rows.columns[j]);
      builder.values.push(weight);
    }
  }
  return closeRow(builder, rowBegin) ? bias : undefined;
}

/**
 * left + right over the union of their sources (those of `left` first); `undefined` where weights of
 * one column, or two biases, have no exact sum. Both maps have as many rows.
 *
 * `width` gives the number of cells of a source.
 */
export function addLinear(
  left: Linear,
  right: Linear,
  width: (ref: TensorRef) => number,
): Linear | undefined {
  const bias = addBiases(left.bias, right.bias);
  if (bias === undefined) return undefined;
  const sources = [...left.sources];
  for (const ref of right.sources) {
    if (!sources.some((known) => sameTensor(known, ref))) sources.push(ref);
  }
  const translate = columnTranslation(right.sources, sources, width);
  const builder: RowBuilder = { rowStart: [0], columns: [], values: [] };
  for (let row = 0; row < bias.length; row++) {
    const rowBegin = builder.columns.length;
    appendRow(builder, left.rows, row, undefined);
    appendRow(builder, right.rows, row, translate);
    if (!closeRow(builder, rowBegin)) return undefined;
  }
  return { sources, rows: finish(builder), bias, name: left.name };
}

function addBiases(left: Float64Array, right: Float64Array): Float64Array | undefined {
  const sums = new Float64Array(left.length);
  for (let row = 0; row < left.length; row++) {
    const sum = exactSum(left[row], right[row]);
    if (sum === undefined) return undefined;
    sums[row] = sum;
  }
  return sums;
}

function appendRow(
  builder: RowBuilder,
  rows: SparseRows,
  row: number,
  translate: Uint32Array | undefined,
): void {
  for (let k = rows.rowStart[row]; k < rows.rowStart[row + 1]; k++) {
    const column = rows.columns[k];
    builder.columns.push(translate === undefined ? column : translate[column]);
    builder.values.push(rows.values[k]);
  }
}

/** For each column over `from`, the column of the same cell over `to`. */
function columnTranslation(
  from: readonly TensorRef[],
  to: readonly TensorRef[],
  width: (ref: TensorRef) => number,
): Uint32Array {
  const columns: number[] = [];
  for (const ref of from) {
    let offset = 0;
    for (const other of to) {
      if (sameTensor(other, ref)) break;
      offset += width(other);
    }
    for (let cell = 0; cell < width(ref); cell++) columns.push(offset + cell);
  }
  return Uint32Array.from(columns);
}

/** Whether two references name one tensor. */
export function sameTensor(left: TensorRef, right: TensorRef): boolean {
  return left.kind === right.kind && left.index === right.index;
}

/**
 * Sorts the row that begins at `begin` by column, adds up weights of one column, drops zeros and ends
 * the row; false where a sum would round.
 */
function closeRow(builder: RowBuilder, begin: number): boolean {
  const { columns, values } = builder;
  let tidy = true;
  for (let k = begin; k < columns.length && tidy; k++) {
    tidy = values[k] !== 0 && (k === begin || columns[k - 1] < columns[k]);
  }
  if (tidy) {
    builder.rowStart.push(columns.length);
    return true;
  }
  const order = Array.from({ length: columns.length - begin }, (_, k) => begin + k);
  order.sort((a, b) => columns[a] - columns[b] || a - b);
  const merged: { column: number; value: number }[] = [];
  for (const k of order) {
    const last = merged.at(-1);
    if (last?.column !== columns[k]) {
      merged.push({ column: columns[k], value: values[k] });
      continue;
    }
    const sum = exactSum(last.value, values[k]);
    if (sum === undefined) return false;
    last.value = sum;
  }
  columns.length = begin;
  values.length = begin;
  for (const { column, value } of merged) {
    if (value === 0) continue;
    columns.push(column);
    values.push(value);
  }
  builder.rowStart.push(columns.length);
  return true;
}

function finish(builder: RowBuilder): SparseRows {
  return {
    rowStart: Uint32Array.from(builder.rowStart),
    columns: Uint32Array.from(builder.columns),
    values: Float64Array.from(builder.values),
  };
}
