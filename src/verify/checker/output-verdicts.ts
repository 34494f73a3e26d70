/**
 * The verdict on every number that `scores` gives, by itself: an output that was proved stays proved where
 * another one could only be sampled, and one that differs does not hide the others.
 */
import type { OutputTensor } from '../../ir/model-interface.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import { toldName } from '../../ir/told.js';
import { placeText } from '../../ir/words.js';
import type { Counterexample, DecisionVerdict, OutputVerdict, Verdict } from '../../ir/verdict.js';
import type { Attempt } from './attempt.js';
import type { OutputProof } from './prove-scores.js';

/** Said of outputs of which nothing is known, since the work ended before. */
const NOT_EXAMINED = 'not examined';

/** `vertical`, `scores[3]`, `mask[1][2]`, or the name alone of a scalar; in the order of the flat outputs. */
export function outputNames(outputs: readonly OutputTensor[]): readonly string[] {
  return outputs.flatMap(({ name, shape, labels }) => {
    const size = sizeOf(shape);
    // Of two classes there may be one score.
    const own = labels?.length === size ? labels : undefined;
    return Array.from({ length: size }, (_, cell) =>
      toldName(own?.[cell] ?? name + placeText(cell, shape)),
    );
  });
}

/**
 * One for each output. `proofs` is what was shown before the module was run further, in the order of the
 * outputs, and absent where no proof was tried; the others have the status of the whole.
 */
export function outputVerdicts(
  network: StagedNetwork,
  proofs: readonly OutputProof[] | undefined,
  tolerance: number,
  whole: Verdict,
): readonly OutputVerdict[] {
  return outputNames(network.outputs).map((output, k): OutputVerdict => {
    const proof = proofs?.[k];
    const differs = partsAt(whole.counterexample, k, tolerance);
    if (proof !== undefined && proof.error <= tolerance && !differs) {
      const { method, states, error: maxError, rounding } = proof;
      return { output, status: 'proved', method, states, maxError, rounding };
    }
    const reason = proof?.reason ?? whole.reason;
    if (whole.status === 'refuted') {
      const found = differs ? { status: 'refuted' as const, method: whole.method } : { status: 'unknown' as const, method: NOT_EXAMINED }; // prettier-ignore
      return { output, ...found, states: 0, maxError: Infinity, rounding: Infinity };
    }
    const { status, method, maxError } = whole;
    const known = status === 'exhaustive' || status === 'sampled';
    return {
      output,
      status,
      method: known ? method : NOT_EXAMINED,
      states: proof?.states ?? 0,
      maxError: known ? maxError : Infinity,
      rounding: Infinity,
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** Whether a counterexample shows that output k differs. */
function partsAt(found: Counterexample | undefined, k: number, tolerance: number): boolean {
  if (found === undefined || found.where !== 'scores') return false;
  if (typeof found.actual === 'string') return true;
  const difference = Math.abs(found.actual[k] - found.expected[k]);
  return !(difference <= tolerance) && !Object.is(found.actual[k], found.expected[k]);
}

/** What is known of `predict`, given the module's own scores; undefined where the network decides nothing. */
export function decisionVerdict(
  { decision }: StagedNetwork,
  attempt: Attempt | undefined,
  tolerance: number,
  whole: Verdict,
): DecisionVerdict | undefined {
  if (decision.kind === 'none') return undefined;
  if (whole.counterexample?.where === 'predict') return { status: 'refuted', apart: Infinity };
  const scores = decision.kind === 'argmax' || decision.kind === 'argmin' ? 2 : 1;
  const apart = scores * (Number.isFinite(whole.maxError) ? whole.maxError : tolerance);
  if (attempt !== undefined && attempt.decision === undefined) return { status: 'proved', apart };
  const reason = attempt?.decision;
  const isRun = whole.status === 'exhaustive' || whole.status === 'sampled';
  return {
    status: isRun ? whole.status : 'unknown',
    apart: isRun ? apart : Infinity,
    ...(reason === undefined ? {} : { reason }),
  };
}
