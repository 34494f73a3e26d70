/**
 * Measurements of moths of three species, which no one has ever seen: drawn from a seed, told apart by a rule
 * that is known, then measured, not quite exactly. So near the borders of the rule the species overlap.
 *
 *   npx tsx examples/species/make.ts [--seed 1]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { isMain, readWhole } from '../common/script.js';

/** The columns in their order; `feathered` is 1 for feathered antennae, else 0. */
export const FEATURES = ['wing', 'body', 'antenna', 'spots', 'feathered'] as const;

/** In the order of their letters, as the module has them. */
export const SPECIES = ['ashwing', 'duskmoth', 'reedling'] as const;

export type Species = (typeof SPECIES)[number];

const ROWS = 600;

/** Standard deviations of the errors of measuring, in millimetres. */
const WING_ERROR = 0.5;
const ANTENNA_ERROR = 0.25;

export interface Specimen {
  /** As measured, one for each of `FEATURES`; lengths in millimetres. */
  readonly row: readonly number[];
  readonly species: Species;
}

/** The rule that tells the species apart, of a moth as it is. */
export function speciesOf(wing: number, antenna: number, feathered: number): Species {
  if (wing <= 28) return 'reedling';
  return antenna > 8 && feathered === 1 ? 'duskmoth' : 'ashwing';
}

/** One moth, and what its species is called. */
export function catchMoth(random: Random): Specimen {
  const wing = 18 + 24 * random.unit();
  const antenna = 4 + 8 * random.unit();
  const spots = random.below(7);
  const feathered = random.unit() < 0.6 ? 1 : 0;
  const measured = [
    rounded(wing + WING_ERROR * random.normal()),
    // Large wings have large bodies, so that they say something, but less than the wings.
    rounded(0.4 * wing + random.normal()),
    rounded(antenna + ANTENNA_ERROR * random.normal()),
    spots,
    feathered,
  ];
  return { row: measured, species: speciesOf(wing, antenna, feathered) };
}

function rounded(length: number): number {
  return Math.round(10 * length) / 10;
}

/** The table as CSV text. */
export function speciesTable(seed: number): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: ROWS }, () => {
    const { row, species } = catchMoth(random);
    return [...row, species].join(',');
  });
  return `${[[...FEATURES, 'species'].join(','), ...lines].join('\n')}\n`;
}

/** Writes `moths.csv` again. */
export async function writeSpecies(seed: number): Promise<void> {
  await writeFile(new URL('moths.csv', import.meta.url), speciesTable(seed));
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  await writeSpecies(readWhole('seed', values.seed, 0));
}
