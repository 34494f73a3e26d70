/**
 * Noise beyond the tie tolerance: the stored network really leaves some ties, so its structure cannot be
 * written down, but the module must still compute what the stored weights do.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { agreementOf } from '../helpers/agreement.js';
import { disguise } from '../helpers/disguise.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

describe.each([
  ['orientation', disguise(orientationNetwork(4), { seed: 1, noise: 3e-8 })],
  ['orientation', disguise(orientationNetwork(4), { seed: 2, noise: 1e-7 })],
  ['maxsat', disguise(maxsatNetwork(4, 3), { seed: 3, noise: 1e-7 })],
])('%s with noise above the tie tolerance', (_, network) => {
  it('is told exactly, as tables where it must be', async () => {
    const compiled = await compile(network);
    expect(['proved', 'exhaustive', 'sampled']).toContain(compiled.verdict.status);
    expect(await agreementOf(network, compiled, 4096)).toMatchObject({ mismatches: 0 });
  });
});
