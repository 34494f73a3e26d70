/**
 * Trains two networks on decisions about loans: one on a rule over two of five inputs, a harder one on
 * two ways to a loan, the second of which joins other inputs.
 *
 *   npx tsx examples/loan/train.ts [--seed 1]
 */
import { parseArgs } from 'node:util';
import { isMain, readWhole } from '../common/script.js';
import { describeFit, trainExample } from '../common/train-example.js';
import type { StoredFunction } from '../common/train-example.js';

/** Inputs from 0 to 10: income, debt, savings, tenure, age. */
const common = {
  folder: new URL('.', import.meta.url),
  inputs: 5,
  range: [0, 10],
  rows: 3000,
  goal: 2e-3,
} as const;

/** From −1 to 1, positive where all margins are: what a network that learned a rule tends to. */
function scoreOf(...margins: readonly number[]): number {
  return Math.max(-1, Math.min(1, ...margins));
}

/** Positive for an income above 6 and debts below 3. */
export function loan(seed: number): StoredFunction {
  return {
    ...common,
    name: 'loan',
    manifest: 'network.json',
    value: ([income, debt]) => scoreOf(income - 6, 3 - debt),
    seed,
  };
}

/** Positive for these, and for savings above 8 with a tenure above 5. */
export function harderLoan(seed: number): StoredFunction {
  return {
    ...common,
    name: 'harder',
    manifest: 'harder.json',
    value: ([income, debt, savings, tenure]) =>
      Math.max(scoreOf(income - 6, 3 - debt), scoreOf(savings - 8, tenure - 5)),
    seed,
  };
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  const seed = readWhole('seed', values.seed, 0);
  for (const learned of [loan(seed), harderLoan(seed)]) {
    process.stdout.write(describeFit(learned.name, await trainExample(learned)));
  }
}
