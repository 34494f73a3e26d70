/**
 * The tolerance that a module declares for itself: it may be rougher than the default, and the verdict then
 * says so; one with which every score could be one and the same number claims nothing, and is a false claim.
 */
import type { StagedNetwork } from '../../ir/network.js';
import type { Counterexample } from '../../ir/verdict.js';
import { createRandom } from '../../numeric/random.js';
import { probeFamilies } from '../probes.js';
import type { Teacher } from '../teacher.js';

/** Inputs on which it is seen how far scores spread. */
const PROBES = 128;

/**
 * What is wrong with a tolerance that the module chose: undefined where at least one score spreads further
 * over some inputs than the tolerance reaches to both sides.
 */
export function emptyTolerance(
  network: StagedNetwork,
  teacher: Teacher,
  tolerance: number,
): Counterexample | undefined {
  const families = probeFamilies(network);
  const random = createRandom(1);
  let low: number[] | undefined;
  let high: number[] = [];
  for (let k = 0; k < PROBES; k++) {
    const scores = teacher.forward(families[k % families.length].draw(random)).flatMap((one) => [...one]); // prettier-ignore
    const before = low ?? scores;
    low = scores.map((score, index) => Math.min(score, before[index]));
    high = scores.map((score, index) => Math.max(score, high[index] ?? score));
    if (high.some((most, index) => most - scores[index] > 2 * tolerance)) return undefined;
    if (low.some((least, index) => scores[index] - least > 2 * tolerance)) return undefined;
  }
  const actual = `declares ${tolerance}, within which every score could be one number`;
  return { inputs: [], expected: [], actual, where: 'network.tolerance' };
}
