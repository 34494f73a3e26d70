/**
 * Builds the MAXSAT network and writes its three CSV files and, for sizes other than the published one,
 * a manifest beside them.
 *
 *   npx tsx examples/maxsat/build.ts [--literals 10] [--clauses 50] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { isMain, readWhole } from '../common/script.js';
import { writeExample } from '../common/write-example.js';
import { fitDecisionWeights } from './evidence.js';
import { buildLayers } from './published-shape.js';

/** Shape of the published network: five variables, fifty clauses. */
export const PUBLISHED_LITERALS = 10;
export const PUBLISHED_CLAUSES = 50;

/** Formulas for the fit: between seeds the weight of crowded clauses then moves by about 3 %. */
const FORMULAS = 10_000;

/**
 * Fits, builds and writes. The decision weights are always fitted at the published size, where search
 * can still be exhaustive.
 *
 * @returns the path of the manifest.
 */
export async function writeMaxsat(
  literals: number,
  clauses: number,
  seed: number,
): Promise<string> {
  const decision = fitDecisionWeights({
    variables: PUBLISHED_LITERALS / 2,
    clauses: PUBLISHED_CLAUSES,
    formulas: FORMULAS,
    seed,
  });
  return writeExample({
    folder: new URL('.', import.meta.url),
    name: 'maxsat',
    publishedShape: [PUBLISHED_LITERALS, PUBLISHED_CLAUSES],
    shape: [literals, clauses],
    layers: buildLayers(literals, clauses, decision, seed),
  });
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      literals: { type: 'string', default: String(PUBLISHED_LITERALS) },
      clauses: { type: 'string', default: String(PUBLISHED_CLAUSES) },
      seed: { type: 'string', default: '1' },
    },
  });
  const manifest = await writeMaxsat(
    readWhole('literals', values.literals, 4),
    readWhole('clauses', values.clauses, 1),
    readWhole('seed', values.seed, 0),
  );
  process.stdout.write(`wrote ${manifest} and its weights\n`);
}
