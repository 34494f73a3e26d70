/**
 * Ladders of thresholds: rows with the same weights whose biases are evenly spaced, such as "at least
 * k" for k = 1, 2, 3. Their bias becomes a parameter, so that one family holds all rungs.
 */
import type { NormalLayer } from './normalise.js';
import type { Candidate } from './signatures.js';

/** Any two biases are evenly spaced. */
const MIN_RUNGS = 3;

/** The candidates that stand on a ladder, their distance to its top appended to the parameters. */
export function ladderCandidates(
  layer: NormalLayer,
  candidates: readonly (readonly Candidate[])[],
): Candidate[] {
  const ladders = new Map<string, Candidate[]>();
  for (const candidate of candidates.flat()) {
    const key = `${candidate.signature} at ${candidate.parameters.join()}`;
    const ladder = ladders.get(key);
    if (ladder === undefined) ladders.set(key, [candidate]);
    else ladder.push(candidate);
  }
  return [...ladders.values()].flatMap((rungs) => {
    const biases = [...new Set(rungs.map(({ row }) => layer.bias[row]))].sort((a, b) => b - a);
    if (biases.length < MIN_RUNGS || !isEven(biases)) return [];
    const [topBias] = biases;
    return rungs.map((candidate) => ({
      ...candidate,
      parameters: [...candidate.parameters, topBias - layer.bias[candidate.row]],
      topBias,
    }));
  });
}

/** Whether descending biases have one distance, an integer. */
function isEven(biases: readonly number[]): boolean {
  const step = biases[0] - biases[1];
  return Number.isInteger(step) && biases.every((bias, k) => bias === biases[0] - k * step);
}
