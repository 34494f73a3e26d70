/**
 * The verdict on a generic module from those at each size it was verified at: what holds at all of them
 * is what the weakest says.
 */
import type { ModelInterface } from '../ir/model-interface.js';
import { shapesText } from '../ir/words.js';
import type { Verdict, VerdictStatus } from '../ir/verdict.js';

/** From the weakest on. */
const ORDER: readonly VerdictStatus[] = [
  'refuted', 'unknown', 'sampled', 'approximate', 'exhaustive', 'proved',
]; // prettier-ignore

/**
 * One verdict for several networks, in their order; that of the only one unchanged. Counts are sums, the
 * error is the largest; methods are those of the weakest, whose sizes are named, and reason and
 * counterexample those of the first of them.
 */
export function weakestVerdict(
  models: readonly ModelInterface[],
  verdicts: readonly Verdict[],
): Verdict {
  if (verdicts.length === 1) return verdicts[0];
  const ranks = verdicts.map(({ status }) => ORDER.indexOf(status));
  const least = ranks.indexOf(Math.min(...ranks));
  const sizes = models.map(({ inputs }) => shapesText(inputs.map(({ shape }) => shape)));
  const alike = verdicts.filter((_, k) => ranks[k] === ranks[least]);
  const where = sizes.filter((_, k) => ranks[k] === ranks[least]).join(' and ');
  const methods = [...new Set(alike.map(({ method }) => method))].join('; ');
  return {
    ...verdicts[least],
    method: `at ${where}: ${methods}`,
    checked: sum(verdicts.map(({ checked }) => checked)),
    ties: sum(verdicts.map(({ ties }) => ties)),
    maxError: Math.max(...verdicts.map(({ maxError }) => maxError)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
