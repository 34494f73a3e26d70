import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { GALLERY } from '../../helpers/build/gallery.js';
import { disguise, DISGUISES } from '../../helpers/disguise.js';
import { chainNetwork } from '../../helpers/networks.js';
import { clusterLines, expectSameFunction, roundedDump } from './helpers.js';

describe('opposites', () => {
  it.each(['sign', 'step'] as const)('of %s neurons become one', (activation) => {
    const network = chainNetwork({
      name: 'opposites',
      input: { name: 'x', shape: [3] },
      layers: [
        { rows: [[1, 1, 0], [-1, -1, 0], [0, 1, 1]], bias: [-1.5, 1.5, -1.5], activation }, // prettier-ignore
        { rows: [[3, 1, 5]], bias: [0.25], activation: 'identity' },
      ],
    });
    const reader = activation === 'sign' ? '+2·C0[0] +5·C0[1] +0.25' : '+2·C0[0] +5·C0[1] +1.25';
    expect(clusterLines(network)).toEqual([
      `C0[i] 2 = ${activation}(+1·x[i..<i +2] -1.5)`,
      `C1 = identity(${reader})`,
    ]);
    expectSameFunction(network, 8, 1);
    const [change] = clusterNetwork(network).changes;
    expect(change).toMatchObject({ kind: 'duplicate', neurons: [{ layer: 0, index: 1 }] });
  });

  it('of steps that may tie stay apart', () => {
    const network = chainNetwork({
      name: 'ties',
      input: { name: 'x', shape: [2], domain: { kind: 'interval', min: 0, max: 1 } },
      layers: [
        { rows: [[1, -1], [-1, 1]], bias: [0, 0], activation: 'step' }, // prettier-ignore
        { rows: [[1, 2]], bias: [0], activation: 'identity' },
      ],
    });
    expect(clusterNetwork(network).changes.filter(({ kind }) => kind === 'duplicate')).toEqual([]);
    expectSameFunction(network, 50, 1);
  });
});

describe('in every disguise at once', () => {
  it.each(GALLERY.filter((_, index) => index % 4 === 0))('$name reads the same', ({ network }) => {
    // Real weights keep what is left of the noise in their last digits.
    const plain = roundedDump(network);
    for (const seed of [1, 2]) {
      const disguised = disguise(network, { ...DISGUISES['everything'], seed });
      expect(roundedDump(disguised)).toBe(plain);
      expectSameFunction(disguised, 20, seed, 1e-6);
    }
  });
});
