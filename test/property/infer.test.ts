import fc from 'fast-check';
import { describe, it } from 'vitest';
import { clusterNetwork } from '../../src/cluster/index.js';
import { inferProgram } from '../../src/infer/index.js';
import { dumpProgram } from '../../src/ir/program-dump.js';
import { disguise } from '../helpers/disguise.js';
import { chainNetwork, maxsatNetwork } from '../helpers/networks.js';
import { compileChecked, sampleInputs, allInputs } from '../unit/infer/helpers.js';
import { automaton } from '../unit/infer/structures.js';

const weight = fc.integer({ min: -2, max: 2 });

/** A chain of two small layers with integer weights over n binary cells. */
const smallNetwork = fc
  .record({
    cells: fc.integer({ min: 1, max: 6 }),
    hidden: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    activation: fc.constantFrom('sign', 'step', 'relu', 'leaky-relu'),
    last: fc.constantFrom('sign', 'step', 'identity', 'softmax', 'tanh'),
  } as const)
  .chain(({ cells, hidden, outputs, activation, last }) =>
    fc
      .tuple(
        fc.array(fc.array(weight, { minLength: cells, maxLength: cells }), { minLength: hidden, maxLength: hidden }),
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: hidden, maxLength: hidden }),
        fc.array(fc.array(weight, { minLength: hidden, maxLength: hidden }), { minLength: outputs, maxLength: outputs }),
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: outputs, maxLength: outputs }),
      )
      .map(([rows, bias, outer, outerBias]) =>
        chainNetwork({
          name: 'small',
          input: { name: 'cells', shape: [cells] },
          layers: [
            { rows, bias: bias.map((value) => value / 2), activation },
            { rows: outer, bias: outerBias.map((value) => value / 2), activation: last },
          ],
          decision: { kind: 'none' },
        }),
      ),
  ); // prettier-ignore

describe('inferProgram', () => {
  it('keeps the value of every small network on every input', () => {
    fc.assert(
      fc.property(smallNetwork, (network) => {
        compileChecked(network, allInputs(network));
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('keeps the value of every automaton', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), fc.integer({ min: 5, max: 9 }), (rule, width) => {
        const network = automaton(rule, width);
        compileChecked(network, sampleInputs(network, 40, rule));
      }),
      { numRuns: 6, seed: 2 },
    ); // prettier-ignore
  });

  it('gives the same program for hidden neurons in another order', () => {
    const plain = dumpProgram(inferProgram(clusterNetwork(maxsatNetwork(5, 4))));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const shuffled = disguise(maxsatNetwork(5, 4), { seed, permute: true });
        return dumpProgram(inferProgram(clusterNetwork(shuffled))) === plain;
      }),
      { numRuns: 5, seed: 3 },
    );
  });
});
