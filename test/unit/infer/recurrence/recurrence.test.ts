/** Chains of growing dependence come out as loops with a state, equal to the network on every input. */
import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../../src/cluster/index.js';
import { inferProgram } from '../../../../src/infer/index.js';
import type { Network } from '../../../../src/ir/network.js';
import { interfaceOf } from '../../../../src/ir/network.js';
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { disguise } from '../../../helpers/disguise.js';
import { allInputs, compileChecked, countLines } from '../helpers.js';
import {
  laterAny,
  prefixParity,
  rippleAdder,
  runningAtLeast,
  runningComparison,
  thresholdAdder,
} from './chains.js';

/** The program's body as text, proved equal to the network on all inputs on the way. */
function bodyOf(network: Network): { text: string; lines: number; loops: number } {
  const program = compileChecked(network, allInputs(interfaceOf(network)));
  const text = dumpProgram(program);
  const loops = program.body.filter(({ kind }) => kind === 'for').length;
  return { text, lines: countLines(program.body), loops };
}

describe('adders', () => {
  it.each([
    ['two layers of thresholds', thresholdAdder(4)],
    ['the highest bit first', thresholdAdder(4, true)],
    ['carries that ripple through layers', rippleAdder(4)],
  ])('%s: one loop with a carry', (_, network) => {
    const { text, lines, loops } = bodyOf(network);
    expect(loops).toBe(1);
    expect(text).toContain('carry');
    expect(text).toContain('total % 2');
    expect(text).toContain('(total >= 2) ? 1 : 0');
    expect(lines).toBeLessThan(12);
  });

  it('adds 16 bits', () => {
    const network = thresholdAdder(16);
    const random = createRandom(5);
    const inputs = Array.from({ length: 300 }, () => [
      Array.from({ length: 32 }, () => random.below(2)),
    ]);
    const program = compileChecked(network, inputs);
    expect(countLines(program.body)).toBeLessThan(12);
  });

  it('keeps a carry of which only the last one is read', () => {
    const { text, loops, lines } = bodyOf(rippleAdder(5, true));
    expect(loops).toBe(1);
    expect(lines).toBeLessThan(8);
    expect(text).toContain('carry');
  });

  it('gives the same text whatever the order of neurons', () => {
    const plain = dumpProgram(inferProgram(clusterNetwork(thresholdAdder(6))));
    const other = dumpProgram(
      inferProgram(
        clusterNetwork(
          disguise(thresholdAdder(6), { permute: true, rescale: true, noise: 1e-9, seed: 3 }),
        ),
      ),
    );
    expect(other).toBe(plain);
  });
});

describe('prefixes and suffixes', () => {
  it('any so far is a truth that stays', () => {
    const { text } = bodyOf(runningAtLeast(7, 1));
    expect(text).toContain('found = found || (bits[bit] === 1)');
  });

  it('at least three so far is a count, constants at the start included', () => {
    const { text, loops } = bodyOf(runningAtLeast(8, 3));
    expect(loops).toBe(1);
    expect(text).toContain('count += bits[bit]');
    expect(text).toContain('count >= 3');
  });

  it('parity so far', () => {
    expect(bodyOf(prefixParity(7)).text).toContain('odd = odd !== (bits[bit] === 1)');
  });

  it('anything later walks backwards', () => {
    const { text, loops } = bodyOf(laterAny(7));
    expect(loops).toBe(1);
    expect(text).toContain('found');
  });

  it('the comparison of two numbers from the highest bit has three states', () => {
    const { text, loops } = bodyOf(runningComparison(5));
    expect(loops).toBe(1);
    expect(text).toContain('state = sign(((2 * state) + bits[0][bit]) - bits[1][bit])');
  });
});
