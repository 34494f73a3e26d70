/** `--tolerance`: how many digits of real constants are printed, never whether a module is right. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { disguise } from '../helpers/disguise.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

const network = disguise(orientationNetwork(6), { seed: 4, permute: true, noise: 1e-9 });
const scoreOf = (code: string): string => /const score = (\S+) \*/.exec(code)?.[1] ?? 'none';

describe('tolerance', () => {
  it('prints the fewest digits that keep every score within it', async () => {
    const rough = await compile(network, { tolerance: 1e-2 });
    expect(rough.verdict).toMatchObject({ status: 'proved' });
    expect(rough.verdict.maxError).toBeLessThanOrEqual(1e-2);
    expect(scoreOf(rough.code)).toBe('0.206');
    expect(scoreOf((await compile(network)).code)).toBe('0.20565');
  });

  it('0 prints all digits, and noise is judged by the default', async () => {
    const exact = await compile(network, { tolerance: 0 });
    expect(exact.verdict).toMatchObject({ status: 'proved' });
    expect(exact.verdict.maxError).toBeLessThan(1e-8);
    expect(scoreOf(exact.code)).toMatch(/^0\.2056[45]\d{8,}$/);
    expect(exact.code).toContain('// options: all digits of constants\n');
    const maxsat = await compile(maxsatNetwork(5, 7), { tolerance: 0 });
    expect(maxsat.verdict.status).toBe('proved');
  });
});
