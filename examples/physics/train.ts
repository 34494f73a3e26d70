/**
 * Trains a network on a potential that is a parabola with a ripple: 2.5·x² + cos x.
 *
 *   npx tsx examples/physics/train.ts [--seed 1]
 */
import { parseArgs } from 'node:util';
import { isMain, readWhole } from '../common/script.js';
import { describeFit, trainExample } from '../common/train-example.js';
import type { StoredFunction } from '../common/train-example.js';

/** 2.5·x² + cos x for x from −5 to 5: more than a period and a half of the cosine. */
export function physics(seed: number): StoredFunction {
  return {
    folder: new URL('.', import.meta.url),
    name: 'physics',
    inputs: 1,
    range: [-5, 5],
    value: ([x]) => 2.5 * x * x + Math.cos(x),
    rows: 400,
    goal: 2e-5,
    seed,
  };
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  const learned = physics(readWhole('seed', values.seed, 0));
  process.stdout.write(describeFit(learned.name, await trainExample(learned)));
}
