/**
 * Trains a network on the kinetic energy of a mass of 1: half the square of the velocity.
 *
 *   npx tsx examples/kinetic-energy/train.ts [--seed 1]
 */
import { parseArgs } from 'node:util';
import { isMain, readWhole } from '../common/script.js';
import { describeFit, trainExample } from '../common/train-example.js';
import type { StoredFunction } from '../common/train-example.js';

/** 0.5·v² for v from −5 to 5. */
export function kineticEnergy(seed: number): StoredFunction {
  return {
    folder: new URL('.', import.meta.url),
    name: 'kinetic-energy',
    inputs: 1,
    range: [-5, 5],
    value: ([v]) => 0.5 * v * v,
    rows: 400,
    goal: 2e-5,
    seed,
  };
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  const learned = kineticEnergy(readWhole('seed', values.seed, 0));
  process.stdout.write(describeFit(learned.name, await trainExample(learned)));
}
