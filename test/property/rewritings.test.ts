/**
 * A module that is rewritten without changing what it computes is never refuted: random compositions of
 * rewritings (names, orders, conditions, loops, temporaries) of every text of the zoo and of the examples.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { verify } from '../../src/verify/index.js';
import { agreementOf } from '../helpers/agreement.js';
import { adder } from '../helpers/build/adder.js';
import { majority, parity } from '../helpers/build/counts.js';
import { elementaryAutomaton } from '../helpers/build/local-rules.js';
import { anyAutomaton } from '../helpers/build/several-rules.js';
import { totalistic } from '../helpers/build/totalistic.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';
import { REWRITINGS, rewriteOnce, rewritten } from '../helpers/rewrites.js';
import { ZOO } from '../helpers/zoo.js';

const EXAMPLES: readonly (readonly [string, Network])[] = [
  ['orientation', orientationNetwork(5)],
  ['maxsat', maxsatNetwork(5, 7)],
  ['life', totalistic({ rows: 4, columns: 5, border: 'wrap', hidden: 'sign' }).network],
  ['adder', adder({ bits: 9, order: 'lsb', encoding: 'look-ahead' }).network],
  ['rule 110', elementaryAutomaton({ rule: 110, width: 17, border: 'wrap' }).network],
  ['any rule', anyAutomaton(9, 'wrap').network],
  ['majority', majority(17).network],
  ['parity', parity(17).network],
  ...ZOO.map(({ name, network }) => [name, network] as const),
];

/** Compositions of each text; of two rewritings, and of five. */
const LENGTHS = [2, 5];

describe('a rewritten module', () => {
  it.each(EXAMPLES)('computes the same and is never refuted: %s', async (_, network) => {
    const compiled = await compile(network);
    for (const [seed, length] of LENGTHS.entries()) {
      const { code, names } = rewritten(compiled.code, length, createRandom(seed + 1));
      const verdict = await verify(network, code, { ignoreVerdictString: true });
      const told = `${names.join(', ')}: ${verdict.reason ?? ''}\n${code}`;
      // That the rewritings are right is shown by running them, and not by the checker.
      expect(await agreementOf(network, { ...compiled, code }, 200), told).toMatchObject({ mismatches: 0 }); // prettier-ignore
      expect(verdict.status, told).not.toBe('refuted');
    }
  });
});

describe('every rewriting', () => {
  it('applies to some text, and is proved where it stands alone', async () => {
    const [, network] = EXAMPLES[0];
    const other = EXAMPLES[2][1];
    const texts = [await compile(network), await compile(other)];
    for (const rewriting of REWRITINGS) {
      const found = texts.map(({ code }) => rewriteOnce(code, rewriting, createRandom(4)));
      expect(found.some((code) => code !== undefined), rewriting.name).toBe(true);
      for (const [index, code] of found.entries()) {
        if (code === undefined) continue;
        expect(code).not.toBe(texts[index].code);
        const { status, reason } = await verify(index === 0 ? network : other, code);
        expect(status, `${rewriting.name}: ${reason ?? ''}\n${code}`).toBe('proved');
      }
    }
  });
}); // prettier-ignore
