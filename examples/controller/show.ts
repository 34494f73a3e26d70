/** How the rules, the network and the policy that it learned decide on days as they come, not drawn at random. */
import { createRandom } from '../../src/numeric/random.js';
import type { Network } from '../../src/ir/network.js';
import type { Answer } from '../../src/verify/run-module.js';
import { labelOf } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { formatTable } from '../common/format-table.js';
import { READINGS, actionOf, averagesOf } from './train.js';

const DAYS = 10_000;
const SEED = 78;

/** Kinds of days: the mean of a day, how far it swings, and the noise of the sensor, in degrees. */
const SEASONS = [
  { name: 'winter', mean: 10, swing: 5, noise: 1 },
  { name: 'spring', mean: 18, swing: 8, noise: 1 },
  { name: 'summer', mean: 26, swing: 9, noise: 1 },
] as const;

/** For each season how often the three agree, two by two. */
export function showDays(
  network: Network,
  run: (inputs: readonly ArrayLike<number>[]) => Answer,
): string {
  const teacher = createTeacher(network);
  const rows = SEASONS.map(({ name, mean, swing, noise }, season) => {
    const random = createRandom(SEED + season);
    let [kept, meant, learned] = [0, 0, 0];
    for (let k = 0; k < DAYS; k++) {
      const base = mean + 4 * random.normal();
      const start = 2 * Math.PI * random.unit();
      const day = Float64Array.from({ length: READINGS }, (_, reading) =>
        withinRange(
          base +
            swing * Math.sin(start + (2 * Math.PI * reading) / READINGS) +
            noise * random.normal(),
        ),
      );
      const own = String(labelOf(network, teacher.decide(teacher.forward([day]))));
      const rule = String(run([day]).decision);
      const wanted = actionOf(...averagesOf(day));
      kept += Number(rule === own);
      meant += Number(rule === wanted);
      learned += Number(own === wanted);
    }
    return [name, share(kept), share(meant), share(learned)];
  });
  const heads = ['days', 'module = network', 'module = policy', 'network = policy'];
  return `${formatTable(heads, rows)}\n`;
}

function withinRange(degrees: number): number {
  return Math.max(0, Math.min(40, degrees));
}

function share(count: number): string {
  return `${((100 * count) / DAYS).toFixed(2)} %`;
}
