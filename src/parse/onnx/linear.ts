/**
 * Algebra of affine maps, exact or not at all: composition of two maps, and the sum of two maps over
 * joined sources. Where a result would round, `undefined` says so and the caller keeps two layers.
 */
import type { SparseRows, TensorRef } from '../../ir/network.js';
import { exactProduct, exactSum } from './exact.js';
import { RowBuilder } from './row-builder.js';
import { isIdentity, isSelection, MOST_WEIGHTS } from './rows.js';
import type { Linear } from './values.js';

/** One affine map over the cells of a tensor. */
export interface AffineMap {
  readonly rows: SparseRows;
  readonly bias: Float64Array;
}

/**
 * `outer` after `inner`, when folding them is exact and makes no row denser: one of the two has at
 * most one weight per row (a scaling, a selection, a bias). Otherwise `undefined`; also where dense rows
 * would be copied until they do not fit.
 */
export function compose(outer: AffineMap, inner: Linear): Linear | undefined {
  if (isIdentity(outer.rows, inner.bias.length)) {
    const bias = addBiases(outer.bias, inner.bias);
    return bias === undefined ? undefined : { ...inner, bias };
  }
  if (!isSelection(outer.rows) && !isSelection(inner.rows)) return undefined;
  const size = outer.bias.length;
  const capacity = countComposed(outer.rows, inner.rows);
  if (capacity > MOST_WEIGHTS) return undefined;
  const builder = new RowBuilder(size, capacity);
  const bias = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const sum = composeRow(outer, inner, row, builder);
    if (sum === undefined) return undefined;
    bias[row] = sum;
  }
  return { ...inner, rows: builder.finish(), bias };
}

/** Weights of the composed rows, before those of one column are added up. */
function countComposed(outer: SparseRows, inner: SparseRows): number {
  let count = 0;
  for (const cell of outer.columns) count += inner.rowStart[cell + 1] - inner.rowStart[cell];
  return count;
}

/** Appends one composed row and returns its bias; `undefined` where something would round. */
function composeRow(
  outer: AffineMap,
  inner: Linear,
  row: number,
  builder: RowBuilder,
): number | undefined {
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
      builder.push(inner.rows.columns[j], weight);
    }
  }
  return builder.closeRow() ? bias : undefined;
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
  const known = new Set(left.sources.map(keyOf));
  const sources = [...left.sources, ...right.sources.filter((ref) => !known.has(keyOf(ref)))];
  const translate = columnTranslation(right.sources, sources, width);
  const capacity = left.rows.values.length + right.rows.values.length;
  if (capacity > MOST_WEIGHTS) return undefined;
  const builder = new RowBuilder(bias.length, capacity);
  for (let row = 0; row < bias.length; row++) {
    appendRow(builder, left.rows, row, undefined);
    appendRow(builder, right.rows, row, translate);
    if (!builder.closeRow()) return undefined;
  }
  return { sources, rows: builder.finish(), bias, name: left.name };
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
    builder.push(translate === undefined ? column : translate[column], rows.values[k]);
  }
}

/** For each column over `from`, the column of the same cell over `to`. */
function columnTranslation(
  from: readonly TensorRef[],
  to: readonly TensorRef[],
  width: (ref: TensorRef) => number,
): Uint32Array {
  const offsets = new Map<string, number>();
  let size = 0;
  for (const ref of to) {
    offsets.set(keyOf(ref), size);
    size += width(ref);
  }
  const columns = new Uint32Array(from.reduce((sum, ref) => sum + width(ref), 0));
  let next = 0;
  for (const ref of from) {
    const offset = offsets.get(keyOf(ref)) ?? 0;
    for (let cell = 0; cell < width(ref); cell++) columns[next++] = offset + cell;
  }
  return columns;
}

function keyOf({ kind, index }: TensorRef): string {
  return `${kind} ${index}`;
}
