/**
 * Trains a small control policy for a greenhouse: from the temperatures of the last day to heat, hold or vent.
 * Its first layer averages, the whole day and its last readings; what to do about the two was learned.
 *
 *   npx tsx examples/controller/train.ts [--seed 1]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/numeric/random.js';
import { isMain, readWhole } from '../common/script.js';
import { stateDictOf } from '../common/state-dict.js';
import { trainNetwork } from '../common/train-network.js';
import type { TrainedLayer } from '../common/weights-csv.js';

/** Readings of a day, one every hour and a half, the latest last. */
export const READINGS = 16;
const RECENT = 4;

/** Degrees from 0 to the hottest that is trained on. */
const HOTTEST = 40;

/** Where the policy changes over: what is cold, what is hot, and a day warm enough to lose heat. */
const POLICY = { cold: 12, hot: 28, warmDay: 22 } as const;

/** Degrees over which a score goes from its border to its end. */
const SLOPE = 2;

const TRAINING = { rows: 3000, hidden: 24, activation: 'tanh', goal: 4e-3 } as const;

/** What should be done, by the averages: the policy that the network learns. */
export function actionOf(day: number, recent: number): 'heat' | 'hold' | 'vent' {
  if (recent < POLICY.cold) return 'heat';
  return recent > POLICY.hot && day > POLICY.warmDay ? 'vent' : 'hold';
}

/** The averages of a day and of its last readings. */
export function averagesOf(temperatures: Float64Array): [day: number, recent: number] {
  const mean = (part: Float64Array): number =>
    part.reduce((sum, one) => sum + one, 0) / part.length;
  return [mean(temperatures), mean(temperatures.subarray(-RECENT))];
}

/** Positive where an action is right, by how far the averages are from where that ends; from −1 to 1. */
function scoresOf(
  day: number,
  recent: number,
): readonly [heat: number, hold: number, vent: number] {
  const cold = POLICY.cold - recent;
  const hot = Math.min(recent - POLICY.hot, day - POLICY.warmDay);
  const cut = (margin: number): number => Math.max(-1, Math.min(1, margin / SLOPE));
  return [cut(cold), cut(-Math.max(cold, hot)), cut(hot)];
}

/** The three layers. One network was trained for each score; their hidden units stand side by side. */
export function trainController(seed: number): Readonly<Record<string, TrainedLayer>> {
  const random = createRandom(seed);
  const draw = (): Float64Array =>
    Float64Array.from({ length: TRAINING.rows }, () => HOTTEST * random.unit());
  const columns = [draw(), draw()];
  const [day, recent] = columns;
  const trained = [0, 1, 2].map((score) => {
    const target = day.map((_, row) => scoresOf(day[row], recent[row])[score]);
    return trainNetwork({ ...TRAINING, columns, target, seed: seed + score }).layers;
  });
  const hidden = trained.map(([layer]) => layer);
  return {
    averages: averages(),
    hidden: {
      rows: hidden.flatMap(({ rows }) => rows),
      bias: hidden.flatMap(({ bias }) => Array.from(bias)),
    },
    output: {
      rows: trained.map(([, { rows }], score) =>
        Float64Array.from(
          trained.flatMap(([, other], k) =>
            Array.from(other.rows[0], (_, unit) => (k === score ? rows[0][unit] : 0)),
          ),
        ),
      ),
      bias: trained.map(([, { bias }]) => bias[0]),
    },
  };
}

/** The mean of the whole day, and of its last hours. */
function averages(): TrainedLayer {
  const mean = (first: number): Float64Array =>
    Float64Array.from({ length: READINGS }, (_, reading) =>
      reading < first ? 0 : 1 / (READINGS - first),
    );
  return { rows: [mean(0), mean(READINGS - RECENT)], bias: [0, 0] };
}

/** Trains, and writes the weights beside the manifest. */
export async function writeController(seed: number): Promise<void> {
  const file = new URL('controller.safetensors', import.meta.url);
  await writeFile(file, stateDictOf(trainController(seed)));
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  await writeController(readWhole('seed', values.seed, 0));
  process.stdout.write('wrote controller.safetensors\n');
}
