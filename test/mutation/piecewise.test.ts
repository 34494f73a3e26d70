/**
 * One-token mutants of modules that say |x|, clamps, hats and trees of comparisons: whatever computes
 * something else is refuted, and what is proved computes the same on a grid of inputs.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { verify } from '../../src/verify/index.js';
import { loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { affine, largest, piecewiseNetwork, randomLattice } from '../helpers/build/piecewise.js';
import { disguise } from '../helpers/disguise.js';
import { chainNetwork } from '../helpers/networks.js';
import { mutantsOf } from '../helpers/text-mutants.js';
import { mutate } from './mutations.js';

function units(name: string, rows: readonly number[][], bias: readonly number[], outputs: readonly number[]): Network {
  return chainNetwork({
    name,
    input: { name: 'x', shape: [rows[0].length], domain: { kind: 'interval', min: -2, max: 2 } },
    layers: [
      { rows, bias, activation: 'relu' },
      { rows: [outputs], bias: [0], activation: 'identity' },
    ],
    decision: { kind: 'none' },
  });
} // prettier-ignore

const LATTICE = piecewiseNetwork(
  'lattice',
  [randomLattice({ inputs: 2, functions: 5, groups: [3, 2, 4, 3] }, createRandom(5))],
  { inputs: 2 },
);

const NETWORKS: readonly Network[] = [
  units('distance', [[2, -2], [-3, 3]], [0, 0], [1.5, 1]),
  units('hat', [[1], [1], [1]], [1, 0, -1], [1, -2, 1]),
  units('clamp', [[3], [3]], [0, -1], [1, -1]),
  units('steps', [[4], [4], [4], [4]], [0, -1, -4, -5], [1, -1, 2, -2]),
  piecewiseNetwork('largest', [largest(affine(1, 0, 0, 0), affine(0, 1, 0, 0.5), affine(0, 0, -2, 0))], { inputs: 3, order: 'chain' }),
  LATTICE,
]; // prettier-ignore

const PER_AXIS = 41;

/** The largest difference on a grid, and on seeded inputs. */
async function largestDifference(network: Network, code: string): Promise<number> {
  const module = await loadModule(code);
  const teacher = createTeacher(network);
  const [{ shape, domain }] = network.inputs;
  if (domain.kind !== 'interval') throw new Error('no interval');
  const { min, max } = domain;
  let worst = 0;
  const look = (x: readonly number[]): void => {
    const [[expected]] = teacher.forward([Float64Array.from(x)]);
    const answer = module.scores(x) as number[];
    worst = Math.max(worst, Math.abs(answer[0] - expected));
  };
  const points = shape[0] > 2 ? 0 : PER_AXIS ** shape[0];
  for (let code = 0; code < points; code++) {
    look(Array.from({ length: shape[0] }, (_, k) => min + ((max - min) * (Math.floor(code / PER_AXIS ** k) % PER_AXIS)) / (PER_AXIS - 1))); // prettier-ignore
  }
  const random = createRandom(7);
  for (let k = 0; k < 500; k++) look(Array.from({ length: shape[0] }, () => min + (max - min) * random.unit())); // prettier-ignore
  return worst;
}

const OPTIONS = { ignoreVerdictString: true, sample: false };

describe('one-token mutants', () => {
  it.each(NETWORKS.map((network) => [network.name, network] as const))('of %s', async (_, network) => {
    const { code, verdict } = await compile(network);
    expect(verdict.status).toBe('proved');
    const mutants = mutantsOf(code);
    expect(mutants.length).toBeGreaterThan(8);
    let refuted = 0;
    for (const mutant of mutants) {
      let { status } = await verify(network, mutant.code, OPTIONS);
      // What cannot be followed may be seen to differ by running.
      if (status === 'unknown') {
        ({ status } = await verify(network, mutant.code, { ignoreVerdictString: true }));
      }
      if (status === 'refuted') {
        refuted++;
        continue;
      }
      // Nothing else may be seen to differ, least of all what is proved.
      const difference = await largestDifference(network, mutant.code).catch(() => Infinity);
      expect(status === 'proved' ? difference : 0, mutant.what).toBeLessThan(1e-6);
      if (Number.isFinite(difference)) expect(difference, mutant.what).toBeLessThan(1e-6);
    }
    expect(refuted).toBeGreaterThan(mutants.length / 2);
  }); // prettier-ignore
});

describe('a lattice', () => {
  it('is not itself with a coefficient that is off by a little more than the tolerance', async () => {
    for (const network of [LATTICE, disguise(LATTICE, { noise: 1e-9, stretch: true, permute: true, seed: 2 })]) {
      const { code, verdict } = await compile(network);
      expect(verdict.status).toBe('proved');
      const numbers = [...code.matchAll(/\d\.\d{4,}/g)].map(([text]) => text);
      expect(numbers.length).toBeGreaterThan(8);
      for (const text of new Set(numbers.slice(1))) {
        const moved = mutate(code, { from: text, to: (Number(text) + 4e-6).toFixed(8) });
        const { status } = await verify(network, moved, OPTIONS);
        const difference = await largestDifference(network, moved);
        if (difference > 1.5e-6) expect(status, text).toBe('refuted');
        if (difference > 1e-6) expect(status, text).not.toBe('proved');
      }
    }
  }); // prettier-ignore
});
