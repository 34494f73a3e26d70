/** What a decision makes of scores; ties go to the lowest index. Part of the meaning of a model. */
import { sizeOf } from './model-interface.js';
import type { Decision, ModelInterface } from './model-interface.js';

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

/** The decisions that a model can give, as `decide` tells them, ascending; none without a decision. */
export function decisionsOf({ decision, outputs }: ModelInterface): readonly number[] {
  switch (decision.kind) {
    case 'argmax':
    case 'argmin':
      return Array.from({ length: sizeOf(outputs[0].shape) }, (_, index) => index);
    case 'threshold':
      return [0, 1];
    case 'sign':
      return [-1, 0, 1];
    case 'none':
      return [];
  }
}

/**
 * The plainest scores, flattened, from which a decision follows: 1 for the class and 0 for the others
 * (for `argmin` the other way round), a score on the right side of the threshold, the sign itself.
 */
export function indicatorOf(model: ModelInterface, decided: number): readonly number[] {
  const { decision } = model;
  switch (decision.kind) {
    case 'argmax':
      return decisionsOf(model).map((index) => (index === decided ? 1 : 0));
    case 'argmin':
      return decisionsOf(model).map((index) => (index === decided ? 0 : 1));
    case 'threshold': {
      const isBetween = decision.threshold >= 0 && decision.threshold < 1;
      return [isBetween ? decided : decision.threshold + decided];
    }
    case 'sign':
      return [decided];
    case 'none':
      return [];
  }
}
