/**
 * Order-free hashes of weight rows, to find equal rows without comparing all pairs. A hash only ever
 * proposes: every match is compared weight by weight before it is believed.
 */

/** The sign of a float64 in its upper word. */
const SIGN_BIT = 0x80000000 | 0;

/** A 32-bit mix of two words; sums of these identify a set of pairs. */
export function mixCell(cell: number, word: number): number {
  let hash = Math.imul(cell + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(word + 0x7f4a7c15, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Joins the two words of a row's hash into one safe integer. */
export function joinHash(low: number, high: number): number {
  return (high & 0xfffff) * 2 ** 32 + (low >>> 0);
}

/** The bits of float64 numbers, two words for each: what `foldBits` reads. */
export function bitsOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** All bits of the number at an index in one word, the sign on its own: see `flipSign`. */
export function foldBits(bits: Int32Array, index: number): number {
  return Math.imul(bits[2 * index], 0x9e3779b1) ^ bits[2 * index + 1];
}

/** The folded bits of −x, from those of x. */
export function flipSign(word: number): number {
  return word ^ SIGN_BIT;
}
