/** What is known of each output and of the decision, in sentences, for terminals and for Markdown. */
import { roundedUp } from '../numeric/rounded-up.js';
import type { DecisionReport, OutputsReport } from './types.js';

/** More runs of outputs than this are cut, and their number is told. */
const MOST_RUNS = 12;

/** One sentence for each run of outputs, one for the decision; without full stops and line ends. */
export function partsWords(
  outputs: readonly OutputsReport[],
  decision: DecisionReport | undefined,
): readonly string[] {
  const lines = outputs.slice(0, MOST_RUNS).map(outputsWords);
  if (outputs.length > MOST_RUNS) lines.push(`and ${outputs.length - MOST_RUNS} more, in the JSON`);
  if (decision !== undefined) lines.push(decisionWords(decision));
  return lines;
}

/** `vertical, horizontal: proved, within 2.7e-7, of which rounding of float64 at most 1.2e-13`. */
export function outputsWords(run: OutputsReport): string {
  const { from, to, count, status, method, maxError, rounding, reason } = run;
  const names = count === 1 ? from : count === 2 ? `${from}, ${to}` : `${from} … ${to} (${count})`;
  const within = maxError === null ? '' : maxError === 0 ? ', exactly' : `, within ${roundedUp(maxError)}`; // prettier-ignore
  const isSplit = status === 'proved' && rounding !== null && rounding > 0;
  const part = isSplit ? `, of which rounding of float64 at most ${roundedUp(rounding)}` : '';
  const why = reason === undefined ? '' : `; ${reason}`;
  return `${names}: ${status} (${method})${within}${part}${why}`;
}

/** `decision: proved to follow from the scores; scores closer than 5.3e-7 may be decided otherwise`. */
export function decisionWords({ status, apart, reason }: DecisionReport): string {
  if (status === 'refuted') return 'decision: refuted, it does not follow from the scores';
  const why = reason === undefined ? '' : ` (${reason})`;
  const close = apart === null || apart === 0 ? '' : `; scores closer than ${roundedUp(apart)} may be decided otherwise`; // prettier-ignore
  if (status === 'proved') return `decision: proved to follow from the scores${close}`;
  if (status === 'unknown') return `decision: unknown${why}`;
  return `decision: ${status}, it follows from the scores wherever it was run${why}${close}`;
}
