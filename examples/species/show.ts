/** What the rules say of moths that nobody learned from, and what the rule behind the table says of them. */
import { createRandom } from '../../src/numeric/random.js';
import type { LoadedModule } from '../../src/verify/run-module.js';
import { formatTable } from '../common/format-table.js';
import { catchMoth, SPECIES, speciesOf } from './make.js';

const MOTHS = 100_000;
const SEED = 77;

/** For modules over the columns of the table. */
export function showSpecies(module: LoadedModule): string {
  const random = createRandom(SEED);
  const counts = SPECIES.map(() => SPECIES.map(() => 0));
  let known = 0;
  for (let k = 0; k < MOTHS; k++) {
    const { row, species } = catchMoth(random);
    const [wing, , antenna, , feathered] = row;
    known += Number(speciesOf(wing, antenna, feathered) === species);
    const told = SPECIES.findIndex((one) => one === module.predict(row));
    counts[SPECIES.indexOf(species)][told]++;
  }
  const equal = counts.reduce((sum, row, own) => sum + row[own], 0);
  const rows = counts.map((row, own) => [SPECIES[own], ...row.map(String)]);
  const heads = ['species', ...SPECIES.map((one) => `rules say ${one}`)];
  const shares = [equal, known].map((count) => `${((100 * count) / MOTHS).toFixed(2)} %`);
  return (
    `${formatTable(heads, rows)}\nThe rules are right about ${shares[0]} of ${MOTHS}; ` +
    `the rule behind the table, asked about what was measured, about ${shares[1]}.\n`
  );
}
