/** Other sizes and other weights of the same function give the same program. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { disguise } from '../helpers/disguise.js';
import type { DisguiseOptions } from '../helpers/disguise.js';
import { masked, withoutSource } from '../helpers/emitted-text.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

const SEEDS = [1, 2, 3];

const DISGUISES: readonly (readonly [string, Omit<DisguiseOptions, 'seed'>])[] = [
  ['rescaled', { permute: true, rescale: true }],
  ['dead and duplicate neurons', { permute: true, dead: 3, duplicates: 2 }],
  ['noise', { permute: true, noise: 1e-9 }],
  ['everything', { permute: true, rescale: true, noise: 1e-9, dead: 3, duplicates: 2 }],
];

const PROBLEMS: readonly (readonly [string, Network, Network])[] = [
  ['orientation', orientationNetwork(12), orientationNetwork(28)],
  ['maxsat', maxsatNetwork(6, 17), maxsatNetwork(10, 50)],
];

describe.each(PROBLEMS)('%s', (_, network, published) => {
  it('is the same program at another size', async () => {
    const [small, large] = [await compile(network), await compile(published)];
    expect(small.verdict.status).toBe('proved');
    expect(masked(small.code)).toBe(masked(large.code));
  });

  it.each(SEEDS)('permuted (seed %i): byte for byte, the source hash aside', async (seed) => {
    const plain = await compile(network);
    const permuted = await compile(disguise(network, { seed, permute: true }));
    expect(withoutSource(permuted.code)).toBe(withoutSource(plain.code));
  });

  it.each(DISGUISES)('%s: the same text up to constants’ last digits', async (_name, options) => {
    const plain = await compile(network);
    for (const seed of SEEDS.slice(0, 2)) {
      const compiled = await compile(disguise(network, { ...options, seed }));
      expect(compiled.verdict.status).toBe('proved');
      expect(masked(compiled.code)).toBe(masked(plain.code));
      expect(compiled.report.unexplainedNeurons).toEqual([]);
    }
  });
});
