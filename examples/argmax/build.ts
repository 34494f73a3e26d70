/**
 * Builds a network that finds the largest of some digits by comparing all pairs, and writes its weights.
 *
 *   npx tsx examples/argmax/build.ts [--digits 7] [--seed 1]
 */
import { parseArgs } from 'node:util';
import type { Domain } from '../../src/ir/model-interface.js';
import { pairwise } from '../../test/helpers/build/pairs.js';
import { isMain, readWhole } from '../common/script.js';
import { writeSymbolic } from '../common/write-symbolic.js';

export const PUBLISHED_DIGITS = 7;

const DIGITS: Domain = { kind: 'values', values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };

/** @returns the path of the manifest. */
export async function writeArgmax(digits: number, seed: number): Promise<string> {
  const { network } = pairwise({
    values: digits,
    pairs: 'some',
    output: 'scores',
    domain: DIGITS,
    decision: { kind: 'argmax' },
  });
  return writeSymbolic({
    folder: new URL('.', import.meta.url),
    name: 'argmax',
    network,
    publishedShape: [PUBLISHED_DIGITS],
    seed,
  });
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      digits: { type: 'string', default: String(PUBLISHED_DIGITS) },
      seed: { type: 'string', default: '1' },
    },
  });
  const manifest = await writeArgmax(
    readWhole('digits', values.digits, 2),
    readWhole('seed', values.seed, 0),
  );
  process.stdout.write(`wrote ${manifest} and its weights\n`);
}
