/**
 * What the checker assumes of floating point, in one place: IEEE 754 binary64, round to nearest, so
 * that + − * / err by at most `UNIT` relative to the result; `Math.exp` and its like by at most
 * `LIBRARY_ERROR` (V8's fdlibm ports promise less than one unit in the last place; we allow four).
 * A grid g says that a value is a multiple of 2^g; sums on a grid are exact while they fit 53 bits.
 */

/** Unit roundoff of binary64. */
export const UNIT = 2 ** -53;

/**
 * Relative error allowed to `Math.exp`, `Math.log`, `Math.cbrt`, `Math.sin` and all functions of angles and
 * hyperbolas: four units in the last place.
 */
export const LIBRARY_ERROR = 2 ** -50;

/** The smallest positive number: rounding near zero errs by at most this. */
export const TINY = 2 ** -1074;

/** Grid of a value that lies on none. */
export const NO_GRID = -Infinity;

/** |a + b − sum| for sum = fl(a + b), exactly (Knuth's two-sum). */
export function sumError(a: number, b: number, sum: number): number {
  const virtual = sum - a;
  return Math.abs(a - (sum - virtual) + (b - virtual));
}

/** An upper bound of |a·b − product| for product = fl(a·b); 0 where the product is surely exact. */
export function productError(a: number, b: number, product: number): number {
  if (a === 1 || b === 1 || a === -1 || b === -1 || product === 0) return 0;
  if (isSurelyRounded(a, b, product)) return Math.abs(product) * UNIT + TINY;
  if (Math.abs(product) <= 2 ** 53 && Number.isInteger(a) && Number.isInteger(b)) return 0;
  const grid = gridOf(a) + gridOf(b);
  if (Math.abs(product) <= 2 ** (53 + grid) && grid > -1000) return 0;
  return Math.abs(product) * UNIT + TINY;
}

/** Multiplying by this and taking the difference splits a number into two halves of its digits. */
const SPLITTER = 2 ** 27 + 1;
/** Sizes between which the halves and their products neither overflow nor underflow. */
const [LEAST_SPLIT, MOST_SPLIT] = [2 ** -400, 2 ** 400];

/** True if fl(a·b) is not a·b, by the exact error of a product (Dekker 1971); false where unsure. */
function isSurelyRounded(a: number, b: number, product: number): boolean {
  const [sizeA, sizeB] = [Math.abs(a), Math.abs(b)];
  if (!(sizeA > LEAST_SPLIT && sizeA < MOST_SPLIT && sizeB > LEAST_SPLIT && sizeB < MOST_SPLIT)) {
    return false;
  }
  const bigA = SPLITTER * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = SPLITTER * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB !== 0;
}

/** The largest g ≤ 0 with x a multiple of 2^g; 0 for every integer. */
export function gridOf(x: number): number {
  if (!Number.isFinite(x)) return NO_GRID;
  // Every number of this size is an integer, and the largest ones times 256 are none.
  if (Math.abs(x) >= 2 ** 53) return 0;
  let grid = 0;
  let scaled = x;
  // Multiplying a fraction by a power of two is exact: eight places at a time, then the last ones.
  while (!Number.isInteger(scaled * 256)) {
    scaled *= 256;
    grid -= 8;
  }
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    grid--;
  }
  return grid;
}

export function isPowerOfTwo(x: number): boolean {
  return x > 0 && 2 ** Math.round(Math.log2(x)) === x;
}

/** True when a result of this size on this grid is represented without rounding. */
export function fitsGrid(size: number, grid: number): boolean {
  return grid > -1000 && size <= 2 ** (53 + grid);
}

/** The bound that one rounding adds to a result of at most this size. */
export function roundingOf(size: number): number {
  return size * UNIT + TINY;
}

/** x moved down by more than a rounding of its computation. */
export function below(x: number): number {
  return x - Math.abs(x) * 4 * UNIT - TINY;
}

/** x moved up by more than a rounding of its computation. */
export function above(x: number): number {
  return x + Math.abs(x) * 4 * UNIT + TINY;
}
