/**
 * Trains a network on a credit score that two of its five inputs decide: 2·income − 1.5·debt.
 *
 *   npx tsx examples/risk/train.ts [--seed 1]
 */
import { parseArgs } from 'node:util';
import { isMain, readWhole } from '../common/script.js';
import { describeFit, trainExample } from '../common/train-example.js';
import type { StoredFunction } from '../common/train-example.js';

/** 2·income − 1.5·debt for five standardised inputs from −1 to 1; the last three say nothing. */
export function risk(seed: number): StoredFunction {
  return {
    folder: new URL('.', import.meta.url),
    name: 'risk',
    inputs: 5,
    range: [-1, 1],
    value: ([income, debt]) => 2 * income - 1.5 * debt,
    rows: 1500,
    goal: 1e-4,
    seed,
  };
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  const learned = risk(readWhole('seed', values.seed, 0));
  process.stdout.write(describeFit(learned.name, await trainExample(learned)));
}
