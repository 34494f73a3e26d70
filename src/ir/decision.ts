/** What a decision makes of scores; ties go to the lowest index. Part of the meaning of a model. */
import type { Decision } from './model-interface.js';

/**
 * The answer drawn from a flat array of scores: the index of the largest (smallest) score, the lowest
 * where several are equal; for `threshold` 1 or 0, for `sign` −1, 0 or 1, both from the first score;
 * 0 for `none`, where the scores are the answer.
 */
export function decide(decision: Decision, scores: ArrayLike<number>): number {
  switch (decision.kind) {
    case 'argmax':
      return firstBest(scores, (candidate, best) => candidate > best);
    case 'argmin':
      return firstBest(scores, (candidate, best) => candidate < best);
    case 'threshold':
      return scores[0] > decision.threshold ? 1 : 0;
    case 'sign':
      return scores[0] > 0 ? 1 : scores[0] < 0 ? -1 : 0;
    case 'none':
      return 0;
  }
}

function firstBest(
  scores: ArrayLike<number>,
  better: (candidate: number, best: number) => boolean,
): number {
  let best = 0;
  for (let index = 1; index < scores.length; index++) {
    if (better(scores[index], scores[best])) best = index;
  }
  return best;
}
