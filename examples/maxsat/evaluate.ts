/**
 * How well the MAXSAT network and the module compiled from it decide, each decision drawn from the
 * softmax, beside the baselines.
 *
 *   npx tsx examples/maxsat/evaluate.ts MODULE.ts [--formulas 200] [--trials 20] [--seed 1]
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Network } from '../../src/ir/network.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import type { Answer } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { formatTable } from '../common/format-table.js';
import { readExample, readSibling } from '../common/read-example.js';
import { isMain, progressLines, readWhole } from '../common/script.js';
import { PUBLISHED_CLAUSES, PUBLISHED_LITERALS, writeMaxsat } from './build.js';
import { createSoftmaxPlayer, playGreedy, playThreeQuarters } from './players.js';
import { runProtocol } from './protocol.js';
import type { PlayerResult, ProtocolOptions } from './protocol.js';

/** The compiled module first, then the network it came from, then the baselines. */
export function evaluateMaxsat(
  network: Network,
  run: (inputs: readonly ArrayLike<number>[]) => Answer,
  options: Omit<ProtocolOptions, 'variables' | 'clauses'>,
): PlayerResult[] {
  const teacher = createTeacher(network);
  const [literals, clauses] = network.inputs[0].shape;
  return runProtocol(
    [
      ['module', createSoftmaxPlayer((grid) => run([grid]).scores[0])],
      ['network', createSoftmaxPlayer((grid) => teacher.forward([grid])[0])],
      ['greedy majority', playGreedy],
      ['3/4-approximation', playThreeQuarters],
    ],
    { ...options, variables: literals / 2, clauses },
  );
}

/** The results as a table for people. */
export function maxsatTable(results: readonly PlayerResult[]): string {
  return formatTable(
    ['player', 'mean satisfied', 'module leads by', '95 % interval'],
    results.map(({ player, mean, lead, leadInterval }) => [
      player,
      mean.toFixed(3),
      lead.toFixed(3),
      `±${leadInterval.toFixed(3)}`,
    ]),
  );
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      formulas: { type: 'string', default: '200' },
      trials: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (positionals.length !== 1) throw new RangeError('give the path of one compiled module');
  const network = await readExample(await writeMaxsat(PUBLISHED_LITERALS, PUBLISHED_CLAUSES, 1));
  const code = await readFile(positionals[0], 'utf8');
  const module = await loadModule(code, await readSibling(positionals[0], code));
  const results = evaluateMaxsat(network, createRunner(module, network), {
    formulas: readWhole('formulas', values.formulas, 2),
    trials: readWhole('trials', values.trials, 1),
    seed: readWhole('seed', values.seed, 0),
    onProgress: progressLines('playing formulas'),
  });
  process.stdout.write(maxsatTable(results));
}

if (isMain(import.meta.url)) await main();
