/**
 * Builds a network that adds two binary numbers, the least significant bit first, and writes its weights.
 *
 *   npx tsx examples/adder/build.ts [--bits 8] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { adder } from '../../test/helpers/build/adder.js';
import { isMain, readWhole } from '../common/script.js';
import { writeSymbolic } from '../common/write-symbolic.js';

export const PUBLISHED_BITS = 8;

/** @returns the path of the manifest. */
export async function writeAdder(bits: number, seed: number): Promise<string> {
  return writeSymbolic({
    folder: new URL('.', import.meta.url),
    name: 'adder',
    network: adder({ bits, order: 'lsb', encoding: 'look-ahead' }).network,
    publishedShape: [2, PUBLISHED_BITS],
    seed,
  });
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      bits: { type: 'string', default: String(PUBLISHED_BITS) },
      seed: { type: 'string', default: '1' },
    },
  });
  const manifest = await writeAdder(
    readWhole('bits', values.bits, 1),
    readWhole('seed', values.seed, 0),
  );
  process.stdout.write(`wrote ${manifest} and its weights\n`);
}
