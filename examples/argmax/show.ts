/** Asks the compiled module for the largest of random digits. */
import { createRandom } from '../../src/numeric/random.js';
import type { Answer } from '../../src/verify/run-module.js';
import { PUBLISHED_DIGITS } from './build.js';

const VECTORS = 10_000;

/** How often the module finds the first of the largest digits. */
export function showArgmax(run: (inputs: readonly ArrayLike<number>[]) => Answer): string {
  const random = createRandom(1);
  let right = 0;
  for (let k = 0; k < VECTORS; k++) {
    const digits = Array.from({ length: PUBLISHED_DIGITS }, () => random.below(10));
    if (run([digits]).decision === digits.indexOf(Math.max(...digits))) right++;
  }
  return `${right} of ${VECTORS} random vectors: the first of the largest digits\n`;
}
