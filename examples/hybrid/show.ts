/** What the equation of the hybrid module and the learned block say of braking, and how fast each module is. */
import { readFile } from 'node:fs/promises';
import { createRandom } from '../../src/numeric/random.js';
import type { Network } from '../../src/ir/network.js';
import type { Answer, LoadedModule } from '../../src/verify/run-module.js';
import { labelOf, loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { formatTable } from '../common/format-table.js';
import { readSibling } from '../common/read-example.js';
import { LIMITS, RANGES, READINGS, brakingDistance } from './train.js';

const DRIVES = 10_000;
const SEED = 31;

/** Runs of all drives that are timed; the fastest counts. */
const ROUNDS = 7;

type Run = (inputs: readonly ArrayLike<number>[]) => Answer;

/** Kinds of drives: the mean speed and grip, and how far single readings are off. */
const ROADS = [
  { name: 'town, dry', speed: 13, grip: 0.85, noise: 0.5 },
  { name: 'country, wet', speed: 22, grip: 0.55, noise: 0.8 },
  { name: 'country, snow', speed: 15, grip: 0.35, noise: 0.5 },
] as const;

/** For each road how often the three agree, two by two. */
export function showDrives(network: Network, run: Run): string {
  const teacher = createTeacher(network);
  const rows = ROADS.map((road, position) => {
    const random = createRandom(SEED + position);
    let [kept, meant, learned] = [0, 0, 0];
    for (let k = 0; k < DRIVES; k++) {
      const readings = drawDrive(road, random);
      const own = String(labelOf(network, teacher.decide(teacher.forward(readings))));
      const told = String(run(readings).decision);
      const wanted = adviceOf(readings);
      kept += Number(told === own);
      meant += Number(told === wanted);
      learned += Number(own === wanted);
    }
    return [road.name, share(kept), share(meant), share(learned)];
  });
  const heads = ['road', 'module = network', 'module = formula', 'network = formula'];
  return `${formatTable(heads, rows)}\n`;
}

/**
 * How long the hybrid module takes for an answer, as a share of the exact one, both in this run.
 *
 * @param exactPath the exact module's file.
 */
export async function showSpeed({ predict }: LoadedModule, exactPath: string): Promise<string> {
  const code = await readFile(exactPath, 'utf8');
  const exact = await loadModule(code, await readSibling(exactPath, code));
  const random = createRandom(SEED);
  const drives = Array.from({ length: DRIVES }, () =>
    drawDrive(ROADS[1], random).map((readings) => Array.from(readings)),
  );
  const [hybrid, whole] = [timeOf(predict, drives), timeOf(exact.predict, drives)];
  return `The hybrid module takes ${((100 * hybrid) / whole).toFixed(0)} % of the exact one's time.\n`;
}

/** Milliseconds for all drives, of the fastest round. */
function timeOf(
  predict: LoadedModule['predict'],
  drives: readonly (readonly (readonly number[])[])[],
): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    for (const readings of drives) predict(...readings);
    return performance.now() - started;
  });
  return Math.min(...rounds);
}

function drawDrive(
  { speed, grip, noise }: (typeof ROADS)[number],
  random: ReturnType<typeof createRandom>,
): readonly Float64Array[] {
  const within = (value: number, [min, max]: readonly [number, number]): number =>
    Math.max(min, Math.min(max, value));
  const [own, road] = [speed + 5 * random.normal(), grip + 0.1 * random.normal()];
  return [
    Float64Array.from({ length: READINGS.speeds }, () =>
      within(own + noise * random.normal(), RANGES.speed),
    ),
    Float64Array.from({ length: READINGS.grips }, () =>
      within(road + 0.05 * random.normal(), RANGES.grip),
    ),
  ];
}

function adviceOf([speeds, grips]: readonly Float64Array[]): 'go' | 'slow' | 'stop' {
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const distance = brakingDistance(mean(speeds), mean(grips));
  if (distance > LIMITS.stop) return 'stop';
  return distance > LIMITS.slow ? 'slow' : 'go';
}

function share(count: number): string {
  return `${((100 * count) / DRIVES).toFixed(2)} %`;
}
