/** Modules run beside their networks: on every input of a small domain, else on many of every kind. */
import { createRandom } from '../../src/numeric/random.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import { allInputs, domainSize } from '../../src/verify/checker/exhaustive.js';
import type { Probe } from '../../src/verify/probes.js';
import { probeFamilies } from '../../src/verify/probes.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';

/** Inputs that are run. */
const MOST = 4096;
const SAMPLES = 256;

/** All inputs of a small domain, else some of each distribution. */
export function* probesOf(network: StagedNetwork): Generator<Probe> {
  if (domainSize(network) <= MOST) {
    yield* allInputs(network);
    return;
  }
  const families = probeFamilies(network);
  const random = createRandom(3);
  for (let k = 0; k < SAMPLES; k++) yield families[k % families.length].draw(random);
}

/** The largest |module − network| over those inputs; Infinity where only one of the two is a number. */
export async function largestDifference(network: StagedNetwork, code: string): Promise<number> {
  const run = createRunner(await loadModule(code), network);
  const teacher = createTeacher(network);
  let worst = 0;
  for (const probe of probesOf(network)) {
    const expected = teacher.forward(probe).flatMap((output) => [...output]);
    const actual = run(probe).scores.flat();
    expected.forEach((value, k) => {
      if (Object.is(value, actual[k])) return;
      const difference = Math.abs(value - actual[k]);
      worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
    });
  }
  return worst;
}
