/** A verdict in one line, and a counterexample in a few, as people read them on a terminal. */
import type { ModelInterface } from '../ir/model-interface.js';
import type { Counterexample, Parting, Verdict } from '../ir/verdict.js';
import { placeText } from '../ir/words.js';
import { printable } from '../diagnostics/printable.js';
import { roundedUp } from '../numeric/rounded-up.js';
import { partsWords } from '../report/parts-words.js';
import { describeVerdict as toReport } from '../report/verdict.js';

/** More numbers than this are cut, and their count is told. */
const SHOWN_NUMBERS = 16;
/** Characters of a layer's name. */
const MOST_NAME = 40;

/** `proved: symbolic (12 states enumerated, 0 ties, maxError 2.7e-7)`; without line ends. */
export function describeVerdict(verdict: Verdict): string {
  const { status, method, checked, ties, maxError, reason } = verdict;
  const unknown = status === 'approximate' ? 'scores not compared' : 'maxError unknown';
  const error = Number.isFinite(maxError) ? `maxError ${roundedUp(maxError)}` : unknown;
  const counted = status === 'proved' ? counting(checked, 'state') : counting(checked, 'input');
  const done = status === 'proved' ? 'enumerated' : 'run';
  const figures = `${counted} ${done}, ${counting(ties, 'tie')}, ${error}`;
  return `${status}: ${method} (${figures})${reason === undefined ? '' : `; ${reason}`}`;
}

/** What is known of each output and of the decision, a line each; nothing where they were not compared. */
export function describeParts(verdict: Verdict): readonly string[] {
  const { outputs, decision } = toReport(verdict);
  return outputs === undefined ? [] : partsWords(outputs, decision);
}

function counting(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Why a refuted module was not written: the counterexample, if there is one, and that nothing was. */
export function describeRefusal(
  { counterexample }: Verdict,
  source: 'network' | 'table' = 'network',
): string {
  const parted = counterexample === undefined ? '' : describeCounterexample(counterexample, source);
  return `${parted}nothing was written\n`;
}

/** One indented line per part, the last one ended; `source` is what the module is compared with. */
export function describeCounterexample(
  counterexample: Counterexample,
  source: 'network' | 'table' = 'network',
  model?: ModelInterface,
): string {
  const { inputs, expected, actual, where, parting } = counterexample;
  const lines = inputs.map(
    (input, index) =>
      `  ${inputs.length === 1 ? 'input' : `input ${index}`}: ${listed(input, model?.inputs[index].shape)}`,
  );
  lines.push(`  ${source}: ${listed(expected)}`);
  lines.push(`  module: ${typeof actual === 'string' ? actual : listed(actual)}`);
  lines.push(`  they part in: ${where}`);
  if (parting !== undefined) lines.push(`  ${describeParting(parting)}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** Which neurons account for the difference. */
function describeParting(parting: Parting): string {
  const { kind, layer, name, neuron, value, needed, together, others } = parting;
  if (kind === 'outputs') return `first at the outputs (${printable(name, MOST_NAME)}): the module computes all that is before them`; // prettier-ignore
  const place = `layer ${layer} (${printable(name, MOST_NAME)}), neuron ${neuron}`;
  const would = 'the network would answer as the module does';
  if (together > 1) return `first at ${place} and ${together - 1} more: ${value} here, with ${needed} in all of them ${would}`; // prettier-ignore
  const also = others === 0 ? '' : `; the same is true of ${others} more in that layer`;
  return `first at ${place}: ${value} here, with ${needed} ${would}${also}`;
}

/** Long inputs are mostly zeros: those are told by the positions of what is not zero. */
function listed(numbers: readonly number[], shape: readonly number[] = [numbers.length]): string {
  if (numbers.length <= SHOWN_NUMBERS) return `[${numbers.join(', ')}]`;
  const others = numbers.flatMap((value, index) =>
    value === 0 ? [] : [`${placeText(index, shape)} = ${value}`],
  );
  const shown = others.slice(0, SHOWN_NUMBERS).join(', ');
  const rest = others.length > SHOWN_NUMBERS ? `, and ${others.length - SHOWN_NUMBERS} more` : '';
  return `${numbers.length} numbers, all 0 but ${others.length === 0 ? 'none' : shown}${rest}`;
}
