/**
 * Sums and products of doubles that are exact, or known not to be. The importer folds constants only
 * where folding changes no value: the meaning of a network is real arithmetic on the stored weights.
 */

/** 2^27 + 1: splits a double into two halves whose products are exact (Dekker 1971). */
const SPLITTER = 134217729;

/** Beyond these sizes the splitting could over- or underflow, and a product counts as inexact. */
const LARGEST_FACTOR = 2 ** 500;
const SMALLEST_PRODUCT = 2 ** -900;

/** left · right when a double is exactly that, else `undefined`. */
export function exactProduct(left: number, right: number): number | undefined {
  const product = left * right;
  if (left === 0 || right === 0) return 0;
  if (left === 1 || right === 1 || left === -1 || right === -1) return product;
  if (Math.abs(left) > LARGEST_FACTOR || Math.abs(right) > LARGEST_FACTOR) return undefined;
  if (Math.abs(product) < SMALLEST_PRODUCT) return undefined;
  const leftSpread = SPLITTER * left;
  const leftUpper = leftSpread - (leftSpread - left);
  const leftLower = left - leftUpper;
  const rightSpread = SPLITTER * right;
  const rightUpper = rightSpread - (rightSpread - right);
  const rightLower = right - rightUpper;
  const error =
    leftLower * rightLower -
    (product - leftUpper * rightUpper - leftLower * rightUpper - leftUpper * rightLower);
  return error === 0 ? product : undefined;
}

/** 1 / value when a double is exactly that: for powers of two; else `undefined`. */
export function exactReciprocal(value: number): number | undefined {
  const reciprocal = 1 / value;
  return exactProduct(value, reciprocal) === 1 ? reciprocal : undefined;
}

/** left + right when a double is exactly that, else `undefined` (Knuth's two-sum). */
export function exactSum(left: number, right: number): number | undefined {
  const sum = left + right;
  if (!Number.isFinite(sum)) return undefined;
  const shifted = sum - left;
  const error = left - (sum - shifted) + (right - shifted);
  return error === 0 ? sum : undefined;
}
