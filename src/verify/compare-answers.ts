/**
 * When a module's answer to one input counts as the network's: scores within the tolerance, the same
 * decision unless the network's own scores are that close, and at equal scores the lowest index.
 */
import { decide } from '../ir/decision.js';
import type { Decision } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Counterexample } from '../ir/verdict.js';
import type { Probe } from './probes.js';
import { labelOf } from './run-module.js';
import type { Answer } from './run-module.js';
import type { Teacher } from './teacher.js';

/**
 * Relative slack on large scores: two orders of summation of a few thousand terms differ by about
 * 1e-13 of their size, whatever the absolute tolerance. Over unbounded inputs it is the size of what the
 * scores are computed from, which may be much larger than they are.
 */
const ROUNDING = 1e-12;

export interface Comparison {
  /** What parted; absent when the answers agree. */
  readonly mismatch?: Counterexample;
  /**
   * Largest difference of a score, over unbounded inputs relative to the values that it was computed from
   * where these are larger than 1; 0 when there is a mismatch.
   */
  readonly error: number;
  /** The decisions differ, and may, because the deciding scores are within the tolerance. */
  readonly closeDecision: boolean;
}

/** Runs both on one probe and compares. What `run` throws is a mismatch, never an error here. */
export function compareAnswers(
  network: StagedNetwork,
  teacher: Teacher,
  probe: Probe,
  run: (inputs: readonly Float64Array[]) => Answer,
  tolerance: number,
): Comparison {
  const outputs = teacher.forward(probe).map((scores) => Array.from(scores));
  const differ = (where: string, actual: readonly number[] | string): Comparison => ({
    mismatch: {
      inputs: probe.map((cells) => Array.from(cells)),
      expected: outputs.flat(),
      actual,
      where,
    },
    error: 0,
    closeDecision: false,
  });
  let answer: Answer;
  try {
    answer = run(probe);
  } catch (error) {
    return differ('scores', error instanceof Error ? error.message : String(error));
  }
  const expected = outputs.flat();
  const actual = answer.scores.flat();
  const absolute = expected.reduce(
    (worst, score, k) => Math.max(worst, distance(score, actual[k])),
    0,
  );
  const scale = teacher.scale();
  const largest = expected.reduce((most, score) => {
    const size = Math.abs(score);
    return size > most && size < Infinity ? size : most;
  }, scale);
  const slack = teacher.exact === true ? 0 : ROUNDING * largest;
  if (!(absolute <= tolerance + slack)) return differ('scores', actual);
  const error = scale > 1 ? absolute / largest : absolute;
  if (network.decision.kind === 'none') return { error, closeDecision: false };
  const index = decide(network.decision, outputs[0]);
  if (answer.decision === labelOf(network, index)) return { error, closeDecision: false };
  const close = isClose(network, outputs[0], answer, tolerance);
  return close ? { error, closeDecision: true } : differ('predict', actual);
}

/** |a − b|; 0 for equal infinities, Infinity where only one is a number. */
function distance(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const difference = Math.abs(a - b);
  return Number.isNaN(difference) ? Infinity : difference;
}

/** Whether a decision other than the network's can be put down to the tolerance. */
function isClose(
  network: StagedNetwork,
  scores: readonly number[],
  answer: Answer,
  tolerance: number,
): boolean {
  const { decision } = network;
  const own = decide(decision, answer.scores[0]);
  // Equal scores on both sides leave nothing to the tolerance: the lowest index it must be.
  if (own === decide(decision, scores) && sameScores(scores, answer.scores[0])) return false;
  const indices = scores.length > 1 ? [...scores.keys()] : [-1, 0, 1];
  const chosen = indices.find((index) => labelOf(network, index) === answer.decision);
  return chosen !== undefined && couldDecide(decision, scores, chosen, tolerance);
}

function sameScores(first: readonly number[], second: readonly number[]): boolean {
  return first.every((score, k) => score === second[k]);
}

/** Whether moving each score by at most the tolerance can lead to the decision `chosen`. */
function couldDecide(
  decision: Decision,
  scores: readonly number[],
  chosen: number,
  tolerance: number,
): boolean {
  switch (decision.kind) {
    case 'argmax':
      return Math.max(...scores) - scores[chosen] <= 2 * tolerance;
    case 'argmin':
      return scores[chosen] - Math.min(...scores) <= 2 * tolerance;
    case 'threshold':
      return Math.abs(scores[0] - decision.threshold) <= tolerance;
    case 'sign':
      return Math.abs(scores[0]) <= tolerance;
    case 'none':
      return true;
  }
}
