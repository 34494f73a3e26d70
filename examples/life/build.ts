/**
 * Builds the network of one step of Conway's Game of Life on a torus, and writes its weights.
 *
 *   npx tsx examples/life/build.ts [--rows 16] [--columns 16] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { totalistic } from '../../test/helpers/build/totalistic.js';
import { isMain, readWhole } from '../common/script.js';
import { writeSymbolic } from '../common/write-symbolic.js';

export const PUBLISHED_SIDE = 16;

/** @returns the path of the manifest. */
export async function writeLife(rows: number, columns: number, seed: number): Promise<string> {
  const { network } = totalistic({ rows, columns, border: 'wrap', hidden: 'sign' });
  return writeSymbolic({
    folder: new URL('.', import.meta.url),
    name: 'life',
    network,
    publishedShape: [PUBLISHED_SIDE, PUBLISHED_SIDE],
    seed,
  });
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: String(PUBLISHED_SIDE) },
      columns: { type: 'string', default: String(PUBLISHED_SIDE) },
      seed: { type: 'string', default: '1' },
    },
  });
  const manifest = await writeLife(
    readWhole('rows', values.rows, 1),
    readWhole('columns', values.columns, 1),
    readWhole('seed', values.seed, 0),
  );
  process.stdout.write(`wrote ${manifest} and its weights\n`);
}
