import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/ir/network.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import type { Program } from '../../../src/ir/program.js';
import { createRandom } from '../../../src/numeric/random.js';
import { forward } from '../../../src/verify/teacher.js';
import { evaluateProgram } from '../../helpers/evaluate-program.js';
import { maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';
import { maxsatProgram, orientationProgram } from '../../helpers/programs.js';

/** Largest |program − network| over random inputs of several densities. */
function largestError(network: Network, program: Program): number {
  const random = createRandom(1);
  const size = sizeOf(network.inputs[0].shape);
  let worst = 0;
  for (let round = 0; round < 120; round++) {
    const density = [0.05, 0.2, 0.5, 0.9][round % 4];
    const cells = Array.from({ length: size }, () => (random.unit() < density ? 1 : 0));
    const [expected] = forward(network, [cells]);
    evaluateProgram(program, [cells]).forEach((score, index) => {
      worst = Math.max(worst, Math.abs(score - expected[index]));
    });
  }
  return worst;
}

describe('the benchmark programs written by hand', () => {
  it.each([3, 4, 7])('orientation %i × %i computes what its network computes', (n) => {
    expect(largestError(orientationNetwork(n), orientationProgram(n))).toBeLessThan(1e-12);
  });

  it.each([[3, 1], [5, 4], [10, 9]])('maxsat %i × %i computes what its network computes', (literals, clauses) => {
    const error = largestError(maxsatNetwork(literals, clauses), maxsatProgram(literals, clauses));
    expect(error).toBeLessThan(1e-8);
  }); // prettier-ignore
});
