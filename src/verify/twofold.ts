/**
 * Dot products in twofold precision: as if summed in about 106 bits, then given as head + tail.
 * It may assume finite values whose products neither overflow nor underflow.
 */
import type { SparseRows } from '../ir/network.js';

/** 2^27 + 1: Veltkamp's constant, which splits a float64 into two halves of 26 bits. */
const SPLITTER = 134217729;

/**
 * Row `row` of `weights` times `source`, plus `bias`, as an unevaluated sum [head, tail] with
 * head = fl(head + tail). Products by Dekker and Veltkamp, sums by Knuth; the loop is algorithm Dot2
 * of Ogita, Rump and Oishi, "Accurate sum and dot product" (SIAM J. Sci. Comput. 26, 2005).
 */
export function dotTwofold(
  weights: SparseRows,
  row: number,
  source: ArrayLike<number>,
  bias: number,
): readonly [head: number, tail: number] {
  const { rowStart, columns, values } = weights;
  let head = bias;
  let tail = 0;
  for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
    const x = source[columns[k]];
    if (x === 0) continue;
    const w = values[k];
    const product = w * x;
    // ±1 is what most hidden neurons give; the product is then exact.
    if (x !== 1 && x !== -1) tail += productError(w, x, product);
    const sum = head + product;
    const part = sum - head;
    tail += head - (sum - part) + (product - part);
    head = sum;
  }
  const rounded = head + tail;
  return [rounded, head - rounded + tail];
}

/** a·b − product exactly, where product = fl(a·b) (Dekker). */
function productError(a: number, b: number, product: number): number {
  const scaledA = SPLITTER * a;
  const highA = scaledA - (scaledA - a);
  const lowA = a - highA;
  const scaledB = SPLITTER * b;
  const highB = scaledB - (scaledB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
