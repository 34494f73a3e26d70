/** A verdict in one line, and a counterexample in a few, as people read them on a terminal. */
import type { Counterexample, Verdict } from '../ir/verdict.js';
import { roundedUp } from '../numeric/rounded-up.js';

/** More numbers than this are cut, and their count is told. */
const SHOWN_NUMBERS = 16;

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
): string {
  const { inputs, expected, actual, where } = counterexample;
  const lines = inputs.map(
    (input, index) => `  ${inputs.length === 1 ? 'input' : `input ${index}`}: ${listed(input)}`,
  );
  lines.push(`  ${source}: ${listed(expected)}`);
  lines.push(`  module: ${typeof actual === 'string' ? actual : listed(actual)}`);
  lines.push(`  they part in: ${where}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** Long inputs are mostly zeros: those are told by the positions of what is not zero. */
function listed(numbers: readonly number[]): string {
  if (numbers.length <= SHOWN_NUMBERS) return `[${numbers.join(', ')}]`;
  const others = numbers.flatMap((value, index) => (value === 0 ? [] : [`[${index}] = ${value}`]));
  const shown = others.slice(0, SHOWN_NUMBERS).join(', ');
  const rest = others.length > SHOWN_NUMBERS ? `, and ${others.length - SHOWN_NUMBERS} more` : '';
  return `${numbers.length} numbers, all 0 but ${others.length === 0 ? 'none' : shown}${rest}`;
}
