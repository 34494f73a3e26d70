/** How the rules and the network decide about applicants that neither has seen. */
import { createRandom } from '../../src/numeric/random.js';
import type { Network } from '../../src/ir/network.js';
import type { Answer } from '../../src/verify/run-module.js';
import { labelOf } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { formatTable } from '../common/format-table.js';

const APPLICANTS = 100_000;
const SEED = 77;
const [LEAST, MOST] = [0, 10];

/** For networks of five inputs from 0 to 10 and two labels. */
export function showDecisions(
  network: Network,
  run: (inputs: readonly ArrayLike<number>[]) => Answer,
): string {
  const teacher = createTeacher(network);
  const random = createRandom(SEED);
  const counts = new Map<string, number>();
  let equal = 0;
  for (let k = 0; k < APPLICANTS; k++) {
    const applicant = Float64Array.from(
      { length: 5 },
      () => LEAST + (MOST - LEAST) * random.unit(),
    );
    const own = String(labelOf(network, teacher.decide(teacher.forward([applicant]))));
    const rule = String(run([applicant]).decision);
    equal += Number(own === rule);
    const key = `${own}, ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts.entries()]
    .sort()
    .map(([key, count]) => [...key.split(', '), String(count)]);
  const share = (100 * equal) / APPLICANTS;
  return `${formatTable(['network', 'rules', 'applicants'], rows)}\nThey agree on ${share} % of ${APPLICANTS}.\n`;
}
