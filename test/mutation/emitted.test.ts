/**
 * Mutants of emitted modules, helpers and claims included: none that the checker accepts is contradicted by
 * running it. Seeded samples here; all of them are judged by `npm run evaluate:mutants`, whose committed
 * table must be what comes out for the smallest modules.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Judged } from '../../bench/mutants/judge.js';
import { judgeMutant } from '../../bench/mutants/judge.js';
import { Subject, readSubject, subjectNames } from '../../bench/mutants/subjects.js';
import { survivors } from '../../bench/mutants/table.js';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { adder } from '../helpers/build/adder.js';
import { elementaryAutomaton } from '../helpers/build/local-rules.js';
import { pairwise } from '../helpers/build/pairs.js';
import { anyAutomaton } from '../helpers/build/several-rules.js';
import { totalistic } from '../helpers/build/totalistic.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';
import type { Mutant } from '../helpers/text-mutants.js';
import { allMutantsOf } from '../helpers/text-mutants.js';

const TABLE = join(import.meta.dirname, '../../bench/mutants.md');
const DIGITS = { kind: 'values', values: [0, 1, 2, 3] } as const;

/** The examples that equal their network, at sizes that are quick: their own data are not committed. */
const EXAMPLES: readonly (readonly [name: string, network: Network, generic: boolean])[] = [
  ['orientation', orientationNetwork(5), false],
  ['orientation, every size', orientationNetwork(5), true],
  ['maxsat', maxsatNetwork(4, 5), false],
  ['maxsat, every size', maxsatNetwork(4, 5), true],
  ['life', totalistic({ rows: 4, columns: 4, border: 'wrap', hidden: 'sign' }).network, false],
  ['any rule', anyAutomaton(7, 'wrap').network, false],
  ['rule 110', elementaryAutomaton({ rule: 110, width: 12, border: 'wrap' }).network, false],
  ['argmax', pairwise({ values: 4, pairs: 'some', output: 'scores', domain: DIGITS, decision: { kind: 'argmax' } }).network, false],
  ['adder', adder({ bits: 5, order: 'lsb', encoding: 'look-ahead' }).network, false],
]; // prettier-ignore

/** Mutants of each example, and of each network of the zoo. */
const [OF_EXAMPLE, OF_EXHIBIT] = [8, 1];

function sample(code: string, count: number, seed: number): Mutant[] {
  const rest = allMutantsOf(code);
  const random = createRandom(seed);
  return Array.from({ length: count }, () => rest.splice(random.below(rest.length), 1)[0]);
}

function told({ what, outcome, method, mismatch }: Judged): string {
  return `${what}: ${outcome}, ${mismatch ?? method}`;
}

async function judgeAll(subject: Subject, mutants: readonly Mutant[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const mutant of mutants) judged.push(await judgeMutant(subject, mutant));
  return judged;
}

describe('a sample of mutants', () => {
  it.each(EXAMPLES)('is refuted or equivalent: %s', async (name, network, generic) => {
    const { code } = await compile(network, { generic });
    const judged = await judgeAll(new Subject(name, 'exact', network, code), sample(code, OF_EXAMPLE, 1)); // prettier-ignore
    const left = judged.filter(({ outcome }) => outcome === 'wrong' || outcome === 'undecided');
    expect(left.map(told)).toEqual([]);
    expect(judged.filter(({ outcome }) => outcome === 'refuted').length).toBeGreaterThan(3);
  });

  it('is never wrong: the zoo', async () => {
    const judged: Judged[] = [];
    for (const [seed, name] of subjectNames().entries()) {
      if (!name.startsWith('zoo')) continue;
      const subject = await readSubject(name);
      if (subject.kind !== 'exact') continue;
      judged.push(...(await judgeAll(subject, sample(subject.code, OF_EXHIBIT, seed))));
    }
    expect(judged.filter(({ outcome }) => outcome === 'wrong').map(told)).toEqual([]);
    expect(judged.filter(({ outcome }) => outcome === 'undecided').map(told)).toEqual([]);
    expect(judged.length).toBeGreaterThan(40);
  });

  it('is refuted or equivalent: the controller, which is dense', async () => {
    const subject = await readSubject('controller.exact');
    const judged = await judgeAll(subject, sample(subject.code, OF_EXAMPLE, 3));
    expect(judged.filter(({ outcome }) => outcome === 'wrong').map(told)).toEqual([]);
    expect(judged.filter(({ outcome }) => outcome === 'equivalent').length).toBeGreaterThan(0);
  });
});

describe('the committed table', () => {
  const table = readFileSync(TABLE, 'utf8');

  it.each(['majority', 'zoo: at-least', 'zoo: image-1x7'])('has the survivors of %s', async (name) => {
    const subject = await readSubject(name);
    const judged = await judgeAll(subject, allMutantsOf(subject.code));
    const evidence = await subject.describeEvidence();
    const lines = survivors({ name, kind: 'exact', judged, evidence });
    expect(lines.length).toBe(3);
    expect(table).toContain(lines.join('\n\n'));
  }); // prettier-ignore

  it('has no mutant that the checker accepts and running contradicts', () => {
    expect(table).not.toContain('WRONG');
    expect(table).toMatch(/^\| all +\| +\d{4,} /m);
  });
});
