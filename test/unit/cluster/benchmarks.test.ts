import { describe, expect, it } from 'vitest';
import { maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';
import { disguise } from '../../helpers/disguise.js';
import { clusterLines, expectSameFunction, roundedDump } from './helpers.js';

const DISGUISES = [1, 2, 3, 4].map((seed) => ({
  seed,
  permute: true,
  rescale: true,
  noise: 1e-9,
  dead: 5,
  duplicates: 5,
}));

describe('orientation', () => {
  it('reads as five clusters', () => {
    expect(clusterLines(orientationNetwork(5))).toEqual([
      'C0[row, column] 5×5 = sign(+1·image[:, column] -1·image[row, :])',
      'C1[column] 5 = sign(-4·C0[:, :] +5·C0[:, column] -20)',
      'C2[row] 5 = sign(+4·C0[:, :] -5·C0[row, :] -20)',
      'C3 = identity(+0.20565·C1[:] -0.20565·C2[:])',
      'C4 = identity(-0.20565·C1[:] +0.20565·C2[:])',
    ]);
  });

  it.each([3, 4, 5, 12])('of size %i has the same clusters in every disguise', (size) => {
    const network = orientationNetwork(size);
    const plain = roundedDump(network);
    for (const options of DISGUISES) expect(roundedDump(disguise(network, options))).toBe(plain);
  });

  it('of size 28 has the same clusters in disguise', () => {
    const network = orientationNetwork(28);
    const plain = roundedDump(network);
    expect(plain.match(/^C\d+/gmu)).toHaveLength(5);
    expect(roundedDump(disguise(network, DISGUISES[0]))).toBe(plain);
  });

  it('keeps its function', () => {
    expectSameFunction(orientationNetwork(5), 200, 1);
    expectSameFunction(disguise(orientationNetwork(5), DISGUISES[1]), 200, 2, 1e-7);
  });
});

describe('MAXSAT', () => {
  it('reads as eleven clusters', () => {
    expect(clusterLines(maxsatNetwork(6, 17))).toEqual([
      'C0[clause] 17 = sign(+1·formula[2..<6, clause] -0.5)',
      'C1[clause] 17 = sign(-1·formula[0, 0] +2·formula[1, clause])',
      'C2[clause] 17 = sign(-1·formula[1, 0] +2·formula[0, clause])',
      'C3[clause] 17 = sign(-4·formula[0, clause] +4·formula[1, clause] +1·formula[2..<6, clause] -0.5)',
      'C4[clause] 17 = sign(-4·formula[1, clause] +4·formula[0, clause] +1·formula[2..<6, clause] -0.5)',
      'C5[clause] 17 = sign(+1·C0[clause] +1·C3[clause] -1)',
      'C6[clause] 17 = sign(+1·C0[clause] +1·C4[clause] -1)',
      'C7[clause] 17 = sign(-1·C0[clause] +2·C1[clause] -2)',
      'C8[clause] 17 = sign(-1·C0[clause] +2·C2[clause] -2)',
      'C9 = softmax(-1.1487799625336474·C5[:] +1.1487799625336474·C6[:] -4.999999995513583·C7[:] +4.999999995513583·C8[:])',
      'C10 = softmax(+1.1487799625336474·C5[:] -1.1487799625336474·C6[:] +4.999999995513583·C7[:] -4.999999995513583·C8[:])',
    ]);
  });

  it.each([
    [6, 17],
    [10, 50],
  ])('of %i literals and %i clauses has the same clusters in every disguise', (rows, columns) => {
    const network = maxsatNetwork(rows, columns);
    const plain = roundedDump(network);
    for (const options of DISGUISES) expect(roundedDump(disguise(network, options))).toBe(plain);
  });

  it('keeps its function', () => {
    expectSameFunction(maxsatNetwork(6, 17), 200, 1, 1e-6);
    expectSameFunction(disguise(maxsatNetwork(6, 17), DISGUISES[1]), 200, 2, 1e-6);
  });
});

describe('noise of published files', () => {
  it.each([orientationNetwork(12), maxsatNetwork(10, 50)])(
    'of 1e-8 changes no cluster of $name',
    (network) => {
      const text = (of: typeof network): string =>
        roundedDump(of).replace(/\d\.\d+/gu, (digits) => Number(digits).toPrecision(6));
      const plain = text(network);
      for (const options of DISGUISES) {
        expect(text(disguise(network, { ...options, noise: 1e-8 }))).toBe(plain);
      }
    },
  );
});
