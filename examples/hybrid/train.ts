/**
 * Trains the middle of a network that advises drivers: from the last readings of a car's speed and of the
 * road's grip to go, slow or stop. Before and behind it stands what nobody has to learn: means of the
 * readings, and how long a braking distance may be.
 *
 *   npx tsx examples/hybrid/train.ts [--seed 1]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/numeric/random.js';
import { isMain, readWhole } from '../common/script.js';
import { stateDictOf } from '../common/state-dict.js';
import { trainNetwork } from '../common/train-network.js';
import type { TrainedLayer } from '../common/weights-csv.js';

/** Readings of each sensor. */
export const READINGS = { speeds: 8, grips: 4 } as const;

/** Metres per second, and the coefficient of friction between tyre and road. */
export const RANGES = { speed: [0, 30], grip: [0.3, 1] } as const;

/** Metres per second squared. */
const GRAVITY = 9.81;

/** Braking distances in metres from which on a driver should slow down, and stop. */
export const LIMITS = { slow: 20, stop: 40 } as const;

const TRAINING = { rows: 2000, hidden: 24, activation: 'tanh', goal: 1e-4 } as const;

/** The braking distance in metres: the formula that the network learns. */
export function brakingDistance(speed: number, grip: number): number {
  return speed ** 2 / (2 * GRAVITY * grip);
}

/** The five layers; `hidden` and `distance` are learned. */
export function trainBraking(seed: number): Readonly<Record<string, TrainedLayer>> {
  const random = createRandom(seed);
  const draw = ([min, max]: readonly [number, number]): Float64Array =>
    Float64Array.from({ length: TRAINING.rows }, () => min + (max - min) * random.unit());
  const columns = [draw(RANGES.speed), draw(RANGES.grip)];
  const target = columns[0].map((speed, row) => brakingDistance(speed, columns[1][row]));
  const [hidden, distance] = trainNetwork({ ...TRAINING, columns, target, seed }).layers;
  return { means: means(), hidden, distance, limits: limits(), advice: advice() };
}

/** The mean speed, and the mean grip. */
function means(): TrainedLayer {
  const { speeds, grips } = READINGS;
  const mean = (first: number, count: number): Float64Array =>
    Float64Array.from({ length: speeds + grips }, (_, reading) =>
      reading >= first && reading < first + count ? 1 / count : 0,
    );
  return { rows: [mean(0, speeds), mean(speeds, grips)], bias: [0, 0] };
}

/** Whether the distance is above each limit. */
function limits(): TrainedLayer {
  return { rows: [Float64Array.of(1), Float64Array.of(1)], bias: [-LIMITS.slow, -LIMITS.stop] };
}

/** Go above no limit, slow above the first, stop above both. */
function advice(): TrainedLayer {
  return {
    rows: [Float64Array.of(-1, 0), Float64Array.of(1, -1), Float64Array.of(0, 1)],
    bias: [1, 0, 0],
  };
}

/** Trains, and writes the weights beside the manifest. */
export async function writeBraking(seed: number): Promise<void> {
  const file = new URL('braking.safetensors', import.meta.url);
  await writeFile(file, stateDictOf(trainBraking(seed)));
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  await writeBraking(readWhole('seed', values.seed, 0));
  process.stdout.write('wrote braking.safetensors\n');
}
