/** Both benchmark networks, in both styles of text, at several sizes, plain and in disguise. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../../../src/verify/index.js';
import { disguise } from '../../../helpers/disguise.js';
import { maxsatNetwork, orientationNetwork } from '../../../helpers/networks.js';
import { otherMaxsat, otherOrientation, plainMaxsat, plainOrientation } from './texts.js';

const DISGUISED = { permute: true, rescale: true, noise: 1e-9, dead: 3, duplicates: 3 } as const;

describe('orientation', () => {
  for (const n of [3, 5, 12, 28]) {
    it.each([
      ['plain', plainOrientation],
      ['other', otherOrientation],
    ])(`${n} × ${n} is proved in the %s style`, async (_, text) => {
      const verdict = await verify(orientationNetwork(n), text(n));
      expect(verdict.counterexample).toBeUndefined();
      expect(verdict.reason).toBeUndefined();
      expect(verdict.status).toBe('proved');
      expect(verdict.maxError).toBeLessThan(1e-12);
    });
  }

  it.each([1, 2])('12 × 12 is proved in disguise (seed %i)', async (seed) => {
    const network = disguise(orientationNetwork(12), { seed, ...DISGUISED });
    for (const text of [plainOrientation(12), otherOrientation(12)]) {
      const verdict = await verify(network, text);
      expect(verdict.reason).toBeUndefined();
      expect(verdict.status).toBe('proved');
      expect(verdict.maxError).toBeLessThan(1e-7);
    }
  });

  it('28 × 28 is proved in disguise', async () => {
    const network = disguise(orientationNetwork(28), { seed: 3, ...DISGUISED });
    const verdict = await verify(network, plainOrientation(28));
    expect(verdict.status).toBe('proved');
    expect(verdict.ties).toBeGreaterThan(0);
  });
});

describe('MAXSAT', () => {
  for (const [literals, clauses] of [
    [3, 2],
    [6, 17],
    [10, 50],
  ] as const) {
    it.each([
      ['plain', plainMaxsat],
      ['other', otherMaxsat],
    ])(`${literals} × ${clauses} is proved in the %s style`, async (_, text) => {
      const verdict = await verify(maxsatNetwork(literals, clauses), text(literals, clauses));
      expect(verdict.counterexample).toBeUndefined();
      expect(verdict.reason).toBeUndefined();
      expect(verdict.status).toBe('proved');
      expect(verdict.maxError).toBeLessThan(1e-6);
    });
  }

  it.each([1, 2])('10 × 50 is proved in disguise (seed %i)', async (seed) => {
    const network = disguise(maxsatNetwork(10, 50), { seed, ...DISGUISED });
    for (const text of [plainMaxsat(10, 50), otherMaxsat(10, 50)]) {
      const verdict = await verify(network, text);
      expect(verdict.reason).toBeUndefined();
      expect(verdict.status).toBe('proved');
    }
  });
});
