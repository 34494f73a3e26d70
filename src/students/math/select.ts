/** Which formula of a front is the answer: the one with the shortest description of the data. */
import { descriptionLength } from './description-length.js';
import type { DataSize } from './description-length.js';
import type { Candidate } from './problem.js';

/** The position of the best candidate; the simplest of equal ones. @throws RangeError when there is none. */
export function selectBest(front: readonly Candidate[], size: DataSize): number {
  if (front.length === 0) throw new RangeError('the front is empty');
  const lengths = front.map(({ formula, loss }) => descriptionLength(formula, loss, size));
  return lengths.indexOf(Math.min(...lengths));
}
