/**
 * The checker can fail, on emitted texts: systematic one-token mutants are refuted; those that are
 * proved agree with the network wherever they are run; a neuron that fires once in 2^30 is seen.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { denseLayer, denseRows } from '../../src/ir/builders.js';
import type { Network } from '../../src/ir/network.js';
import { verify } from '../../src/verify/index.js';
import { agreementOf } from '../helpers/agreement.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';
import { mutantsOf } from '../helpers/text-mutants.js';
import { rowsAgainstColumns } from '../helpers/zoo-images.js';

describe.each([
  ['orientation', orientationNetwork(7)],
  ['maxsat', maxsatNetwork(6, 17)],
] as const)('mutants of the %s module', (_, network) => {
  it('are refuted, or equivalent', async () => {
    const compiled = await compile(network);
    const mutants = mutantsOf(compiled.code);
    const refuted: string[] = [];
    const survivors: typeof mutants = [];
    for (const mutant of mutants) {
      const verdict = await verify(network, mutant.code);
      if (verdict.status === 'refuted') {
        expect(verdict.counterexample, mutant.what).toBeDefined();
        refuted.push(mutant.what);
      } else {
        expect(['proved', 'unknown'], mutant.what).toContain(verdict.status);
        if (verdict.status === 'proved') survivors.push(mutant);
      }
    }
    expect(refuted.length).toBeGreaterThanOrEqual(30);
    for (const { what, code } of survivors) {
      const agreement = await agreementOf(network, { ...compiled, code }, 2000);
      expect(agreement.mismatches, what).toBe(0);
    }
  });
});

/** `network` with one more neuron in its first layer, which fires on one input and adds to a score. */
function withRareNeuron(network: Network): Network {
  const [first, last] = network.layers;
  const width = network.inputs[0].shape.reduce((a, b) => a * b, 1);
  const rare = Float64Array.from({ length: width }, (_, cell) => (cell % 3 === 0 ? -1 : 1));
  const ones = rare.filter((weight) => weight > 0).length;
  return {
    ...network,
    layers: [
      denseLayer({
        ...first,
        rows: [...denseRows(first.weights, width), rare],
        bias: [...first.bias, 0.5 - ones],
        shape: [first.size + 1],
      }),
      denseLayer({
        ...last,
        rows: denseRows(last.weights, first.size).map((row) => [...row, 1]),
        bias: Array.from(last.bias, (bias) => bias + 1),
      }),
    ],
  };
}

describe('a neuron that fires on one input of 2^30', () => {
  it('refutes the module compiled without it', async () => {
    const network = rowsAgainstColumns(5, 6);
    const { code } = await compile(network);
    const rare = withRareNeuron(network);
    const verdict = await verify(rare, code, { ignoreVerdictString: true });
    expect(verdict.status, verdict.reason).toBe('refuted');
    const [input] = verdict.counterexample?.inputs ?? [];
    expect(input).toEqual(Array.from({ length: 30 }, (_, cell) => (cell % 3 === 0 ? 0 : 1)));
  });
});
