/** A network in any disguise computes what it computed before, under the tie rule. */
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { probesOf } from '../../helpers/agreement.js';
import { GALLERY } from '../../helpers/build/gallery.js';
import { DISGUISES, disguise } from '../../helpers/disguise.js';
import { plainEvaluation } from '../../helpers/plain-evaluation.js';

/** Noise on the sums of `identity` layers: well above 1e-9 of a score, far below any step of one. */
const NOISE = 1e-6;

describe.each(Object.entries(DISGUISES))('%s', (_, options) => {
  it('keeps every function of the gallery', () => {
    GALLERY.forEach(({ name, network }, seed) => {
      const disguised = disguise(network, { ...options, seed });
      expect(checkNetwork(disguised), name).toEqual([]);
      const [plain, other] = [plainEvaluation(network), plainEvaluation(disguised)];
      const different = probesOf(network, 300).filter((probe) => {
        const expected = plain(probe);
        return other(probe).some((score, k) => Math.abs(score - expected[k]) > NOISE);
      });
      expect(different.length, name).toBe(0);
    });
  });

  it('gives the same network for the same seed', () => {
    const [{ network }] = GALLERY;
    const twice = [4, 4].map((seed) => disguise(network, { ...options, seed }));
    expect(twice[0]).toEqual(twice[1]);
  });
});

it('adds the neurons that it promises', () => {
  const { network } = GALLERY[0];
  const sizes = Object.values(DISGUISES).map(
    (options) => disguise(network, { ...options, seed: 1 }).layers[0].size - network.layers[0].size,
  );
  expect(sizes).toEqual([0, 0, 0, 0, 3, 2, 2, 2, 9]);
});
