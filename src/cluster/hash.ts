/**
 * Order-free hashes of weight rows, to find equal rows without comparing all pairs. A hash only ever
 * proposes: every match is compared weight by weight before it is believed.
 */

/** A 32-bit mix of a cell and a level; sums of these identify a set of weighted cells. */
export function mixCell(cell: number, level: number): number {
  let hash = Math.imul(cell + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(level + 0x7f4a7c15, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Joins the two words of a row's hash into one safe integer. */
export function joinHash(low: number, high: number): number {
  return (high & 0xfffff) * 2 ** 32 + (low >>> 0);
}
