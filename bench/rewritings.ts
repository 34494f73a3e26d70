/**
 * npm run evaluate:rewritings: how many random rewritings that change nothing the checker proves, for every
 * emitted example that equals its network and for the zoo.
 *
 *   npm run evaluate:rewritings [-- --count 12]
 *
 * The table goes to stdout. Exits with 1 when a rewritten module was refuted.
 */
import { parseArgs } from 'node:util';
import { formatTable } from '../examples/common/format-table.js';
import { progressLines, readWhole } from '../examples/common/script.js';
import { createRandom } from '../src/numeric/random.js';
import { verify } from '../src/verify/index.js';
import { rewritten } from '../test/helpers/rewrites.js';
import { readSubject, subjectNames } from './mutants/subjects.js';

/** Rewritings of one text, one after the other, go from one to this many. */
const LONGEST = 6;

const { values } = parseArgs({ options: { count: { type: 'string', default: '12' } } });
const count = readWhole('count', values.count, 1);
const tell = progressLines('rewritings');
const names = subjectNames();
const rows: string[][] = [];
const all = new Map<string, number>();
for (const [index, name] of names.entries()) {
  tell(index, names.length);
  const subject = await readSubject(name);
  if (subject.kind !== 'exact') continue;
  const own = new Map<string, number>();
  for (let seed = 0; seed < count; seed++) {
    const { code } = rewritten(subject.code, 1 + (seed % LONGEST), createRandom(1000 + seed));
    const { status } = await verify(subject.network, code, { ignoreVerdictString: true });
    for (const counts of [own, all]) counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  rows.push([name, ...tally(own)]);
}
process.stdout.write(formatTable(['example', 'proved', 'every input run', 'undecided', 'refuted'], [...rows, ['all', ...tally(all)]])); // prettier-ignore
process.exitCode = all.has('refuted') ? 1 : 0;

function tally(counts: ReadonlyMap<string, number>): string[] {
  const of = (...statuses: readonly string[]) =>
    String(statuses.reduce((sum, status) => sum + (counts.get(status) ?? 0), 0));
  return [of('proved'), of('exhaustive'), of('sampled', 'unknown'), of('refuted')];
}
