/**
 * Sobol sequences (1967): points that fill a box more evenly than chance, any 2^k of them one in each of 2^k
 * equal slices of every axis. A seed shifts the whole sequence bit by bit, which keeps that.
 */
import type { Random } from '../../numeric/random.js';
import { SOBOL_DIRECTIONS } from './sobol-directions.js';

const BITS = 32;

/** Dimensions for which there are direction numbers; further ones are drawn by chance. */
export const SOBOL_DIMENSIONS = SOBOL_DIRECTIONS.length + 1;

/**
 * The first `count` points in [0, 1)^dimensions as columns, in the order of Antonov and Saleev (1979), with
 * a random digital shift of each column.
 */
export function sobolColumns(
  dimensions: number,
  count: number,
  random: Random,
): readonly Float64Array[] {
  return Array.from({ length: dimensions }, (_, dimension) => {
    const column = new Float64Array(count);
    if (dimension >= SOBOL_DIMENSIONS) return column.map(() => random.unit());
    const directions = directionsOf(dimension);
    let state = random.below(2 ** BITS);
    for (let point = 0; point < count; point++) {
      column[point] = (state >>> 0) / 2 ** BITS;
      // Gray code: from one point to the next the bit of the lowest 0 changes.
      state ^= directions[31 - Math.clz32(~point & (point + 1))];
    }
    return column;
  });
}

/** v₁ … v₃₂ of a dimension as whole numbers of 32 bits, by Sobol's recurrence. */
function directionsOf(dimension: number): Int32Array {
  const directions = new Int32Array(BITS);
  if (dimension === 0) return directions.map((_, bit) => 1 << (BITS - 1 - bit));
  const [inner, first] = SOBOL_DIRECTIONS[dimension - 1];
  const degree = first.length;
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      directions[bit] = first[bit] << (BITS - 1 - bit);
      continue;
    }
    const before = directions[bit - degree];
    let next = before ^ (before >>> degree);
    for (let k = 1; k < degree; k++) {
      if (((inner >> (degree - 1 - k)) & 1) === 1) next ^= directions[bit - k];
    }
    directions[bit] = next;
  }
  return directions;
}
