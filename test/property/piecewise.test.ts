/**
 * Random small rectified networks: the simpler network and the module compute the same, and the checker
 * tells two networks that differ apart, by enumeration of a grid that holds all kinks of theirs.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { checkNetwork } from '../../src/ir/network-check.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { simplifyNetwork } from '../../src/simplify/index.js';
import { verify } from '../../src/verify/index.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { disguise } from '../helpers/disguise.js';
import { chainNetwork } from '../helpers/networks.js';
import type { LayerSpec } from '../helpers/networks.js';

const RUNS = { numRuns: 60, seed: 20261129 };
const RANGE = 2;

/** One or two rectified layers over one or two cells, small whole weights, so that idioms occur by chance. */
function randomNetwork(seed: number): Network {
  const random = createRandom(seed);
  const inputs = 1 + random.below(2);
  const whole = (): number => random.below(5) - 2;
  const layers: LayerSpec[] = [];
  let width = inputs;
  const rows = (count: number): number[][] => Array.from({ length: count }, () => Array.from({ length: width }, whole)); // prettier-ignore
  for (let depth = 1 + random.below(2); depth > 0; depth--) {
    const own = rows(2 + random.below(4));
    // Half of the units come with their opposite.
    const all = own.flatMap((row) => (random.below(2) === 0 ? [row, row.map((w) => -w)] : [row]));
    layers.push({ rows: all, bias: all.map(whole), activation: 'relu' });
    width = all.length;
  }
  layers.push({ rows: rows(1 + random.below(2)), bias: [0, 0].map(whole), activation: 'identity' });
  const last = layers[layers.length - 1];
  layers[layers.length - 1] = { ...last, bias: Array.from(last.bias).slice(0, last.rows.length) };
  return chainNetwork({
    name: 'random',
    input: { name: 'x', shape: [inputs], domain: { kind: 'interval', min: -RANGE, max: RANGE } },
    layers,
    decision: { kind: 'none' },
  });
}

function* gridOf(network: Network, perUnit: number): Generator<Float64Array> {
  const [{ shape }] = network.inputs;
  const points = 2 * RANGE * perUnit + 1;
  for (let code = 0; code < points ** shape[0]; code++) {
    yield Float64Array.from({ length: shape[0] }, (_, k) => (Math.floor(code / points ** k) % points) / perUnit - RANGE); // prettier-ignore
  }
}

/** The largest difference of two networks on a grid. */
function apart(a: Network, b: Network): number {
  const [one, other] = [createTeacher(a), createTeacher(b)];
  let worst = 0;
  for (const x of gridOf(a, a.inputs[0].shape[0] === 1 ? 48 : 12)) {
    const [left, right] = [one.forward([x])[0], other.forward([x])[0]];
    left.forEach((value, k) => (worst = Math.max(worst, Math.abs(value - right[k]))));
  }
  return worst;
}

const seeds = fc.integer({ min: 0, max: 2 ** 30 });

describe('a random rectified network', () => {
  it('is computed by the simpler one', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomNetwork(seed);
        const { network: simple } = simplifyNetwork(network);
        expect([...checkNetwork(simple)]).toEqual([]);
        expect(apart(network, simple)).toBeLessThan(1e-9);
      }),
      { ...RUNS, numRuns: 400 },
    );
  });

  it('is computed by its module, disguised or not, which is proved', async () => {
    let proved = 0;
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const plain = randomNetwork(seed);
        const noise = seed % 3 === 0 ? 1e-9 : 0;
        const network = seed % 2 === 0 ? plain : disguise(plain, { permute: true, stretch: true, duplicates: 1, noise, seed }); // prettier-ignore
        const { verdict } = await compile(network);
        expect(['proved', 'sampled']).toContain(verdict.status);
        if (verdict.status === 'proved') proved++;
      }),
      RUNS,
    );
    expect(proved).toBeGreaterThan(0.95 * RUNS.numRuns);
  });

  it('is refuted as another one where they differ, and not proved as one', async () => {
    let refuted = 0;
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const network = randomNetwork(seed);
        const layer = seed % (network.layers.length - 1);
        const { weights } = network.layers[layer];
        if (weights.values.length === 0) return;
        const values = weights.values.slice();
        values[seed % values.length] += seed % 5 === 0 ? 3e-4 : 1;
        const layers = network.layers.map((own, k) => (k === layer ? { ...own, weights: { ...weights, values } } : own)); // prettier-ignore
        const other = { ...network, layers };
        const { code } = await compile(network);
        const verdict = await verify(other, code, { ignoreVerdictString: true });
        const difference = apart(network, other);
        if (difference > 1e-4) expect(verdict.status).toBe('refuted');
        if (verdict.status === 'proved') expect(difference).toBeLessThan(1e-6);
        if (verdict.status === 'refuted') refuted++;
      }),
      RUNS,
    );
    expect(refuted).toBeGreaterThan(0.4 * RUNS.numRuns);
  });
});
