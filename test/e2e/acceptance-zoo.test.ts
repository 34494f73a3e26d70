/**
 * Networks nobody tuned the compiler for: each is compiled, verified, compared with the reference
 * forward pass, and its text with `test/samples/compile/<case>/expected.ts`.
 *
 * UPDATE_SAMPLES=1 writes the expectations; without it a missing or left-over one is a failure.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { agreementOf } from '../helpers/agreement.js';
import { disguise } from '../helpers/disguise.js';
import { withoutSource } from '../helpers/emitted-text.js';
import { ZOO } from '../helpers/zoo.js';

const SAMPLES = join(import.meta.dirname, '../samples/compile');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';

/** What is not proved yet: reals through functions or without bounds. */
const SAMPLED = ['centred'];

describe.each(ZOO.map((exhibit) => [exhibit.name, exhibit.network] as const))(
  '%s',
  (name, network) => {
    it('compiles to the expected text, which computes what the network computes', async () => {
      const compiled = await compile(network);
      expect(compiled.verdict.status, compiled.verdict.reason).toBe(
        SAMPLED.includes(name) ? 'sampled' : 'proved',
      );
      expect(await agreementOf(network, compiled, 1024)).toMatchObject({ mismatches: 0 });
      const folder = join(SAMPLES, name);
      const file = join(folder, 'expected.ts');
      if (UPDATE) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, compiled.code);
      }
      expect(existsSync(file), 'run with UPDATE_SAMPLES=1 to write expected.ts').toBe(true);
      expect(compiled.code).toBe(readFileSync(file, 'utf8'));
    });
  },
);

describe('the zoo', () => {
  it('gives the same bytes when hidden neurons are shuffled', async () => {
    for (const { name, network } of ZOO) {
      if (network.inputs.length > 1) continue;
      const plain = await compile(network);
      const shuffled = await compile(disguise(network, { seed: 5, permute: true }));
      expect(withoutSource(shuffled.code), name).toBe(withoutSource(plain.code));
    }
  });

  it('stays right under noise, rescaling, dead and duplicate neurons', async () => {
    for (const { name, network } of ZOO) {
      if (network.inputs.length > 1) continue;
      const options = { permute: true, rescale: true, noise: 1e-9, dead: 2, duplicates: 1 };
      const disguised = disguise(network, { seed: 6, ...options });
      const compiled = await compile(disguised);
      expect(['proved', 'sampled'], name).toContain(compiled.verdict.status);
      const agreement = await agreementOf(disguised, compiled, 200);
      expect(agreement.mismatches, name).toBe(0);
    }
  });

  it('has no sample left over', () => {
    expect(readdirSync(SAMPLES).sort()).toEqual(ZOO.map(({ name }) => name).sort());
  });
});
