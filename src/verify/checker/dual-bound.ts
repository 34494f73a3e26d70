/**
 * The bound on which every proof about a polyhedron rests: the most that a linear function can be over a
 * box cut by half-spaces. It holds for any multipliers that are not negative, whoever found them, so that
 * nothing of the linear program that did has to be trusted. Lemma (weak duality): where a_i·x ≤ b_i,
 *
 *   c·x  ≤  Σ y_i·b_i  +  max over the box of (c − Σ y_i·a_i)·x      for all y ≥ 0
 *
 * and with c = 0 a negative right side says that no point of the box is in all half-spaces. Both sums are
 * computed by floats; what they may err is added (Neumaier and Shcherbina 2004).
 */
import type { Box, HalfSpace } from '../../numeric/linear-program.js';

/** Twice the unit roundoff: leaves room for the rounding of the error bounds themselves. */
const UNIT = 2 ** -52;

/** Far above what products may lose by underflow, far below what matters. */
const UNDERFLOW = 2 ** -1060;

/**
 * A number that Σ coefficients · x exceeds nowhere in the box and all half-spaces; of coefficients without
 * multipliers, nowhere in the box. Infinity where floats overflow.
 *
 * @param coefficients one for each variable; what follows is not read.
 * @param multipliers one for each half-space; those that are no positive number count as 0.
 */
export function dualBound(
  coefficients: Float64Array,
  { low, high }: Box,
  halfSpaces: readonly HalfSpace[],
  multipliers?: Float64Array,
): number {
  const used: (readonly [factor: number, halfSpace: HalfSpace])[] = [];
  let [most, size] = [0, 0];
  for (let i = 0; multipliers !== undefined && i < halfSpaces.length; i++) {
    const factor = multipliers[i];
    if (!(factor > 0)) continue;
    used.push([factor, halfSpaces[i]]);
    const part = factor * halfSpaces[i].bound;
    most += part;
    size += Math.abs(part);
  }
  let lost = UNDERFLOW;
  for (let k = 0; k < low.length; k++) {
    let rest = coefficients[k];
    let parts = Math.abs(rest);
    for (const [factor, halfSpace] of used) {
      const part = factor * halfSpace.coefficients[k];
      rest -= part;
      parts += Math.abs(part);
    }
    const reach = Math.max(Math.abs(low[k]), Math.abs(high[k]));
    most += rest > 0 ? rest * high[k] : rest * low[k];
    size += parts * reach;
    lost += UNDERFLOW * reach;
  }
  // Every sum here has at most so many terms, and adds at most half of this for each of them.
  const roundings = used.length + low.length + 8;
  const bound = most + roundings * (UNIT * size + lost);
  return Number.isFinite(bound) ? bound : Infinity;
}
