/** Lets the compiled module add all pairs of numbers. */
import type { Answer } from '../../src/verify/run-module.js';
import { PUBLISHED_BITS } from './build.js';

/** How many of all sums are right. */
export function showAdder(run: (inputs: readonly ArrayLike<number>[]) => Answer): string {
  const count = 2 ** PUBLISHED_BITS;
  const bitsOf = (value: number, length: number): number[] =>
    Array.from({ length }, (_, place) => (value >> place) & 1);
  let right = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const { scores } = run([[...bitsOf(a, PUBLISHED_BITS), ...bitsOf(b, PUBLISHED_BITS)]]);
      if (scores[0].join() === bitsOf(a + b, PUBLISHED_BITS + 1).join()) right++;
    }
  }
  return `${right} of ${count * count} sums are right\n`;
}
