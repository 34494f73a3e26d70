/** Noise that stands where a real-valued neuron reads nothing: left out where the tolerance has room for it. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compile.js';
import { clusterNetwork } from '../../../src/cluster/index.js';
import type { Network } from '../../../src/ir/network.js';
import { createRandom } from '../../../src/numeric/random.js';
import { chainNetwork } from '../../helpers/networks.js';

const CELLS = 12;

/** Means of the first and of the last cells, noise on every weight and bias, each mean times a factor at last. */
function meansNetwork(size: number, noise: number, factor = 1): Network {
  const random = createRandom(11);
  const noisy = (value: number): number => value + noise * random.normal();
  const row = (isRead: (cell: number) => boolean): Float64Array =>
    Float64Array.from({ length: CELLS }, (_, cell) => noisy(isRead(cell) ? 1 / size : 0));
  const first = chainNetwork({
    name: 'means',
    input: { name: 'row', shape: [CELLS], axes: ['cell'], domain: { kind: 'interval', min: 0, max: 10 } },
    layers: [
      { rows: [row((cell) => cell < size), row((cell) => cell >= CELLS - size)], bias: [noisy(0), noisy(0)], activation: 'identity' },
      { rows: [[factor, 0], [0, factor]], bias: [0, 0], activation: 'tanh' },
    ],
    decision: { kind: 'none' },
  }); // prettier-ignore
  return first;
}

describe('residue of noise', () => {
  it.each([3, 5, 8])('does not make tables of means of %i cells', async (size) => {
    const { code, verdict, report } = await compile(meansNetwork(size, 1e-9));
    expect(verdict.status).toBe('proved');
    expect(report.code.weightsInData).toBe(0);
    const clean = await compile(meansNetwork(size, 0));
    const body = (text: string): string => text.slice(text.indexOf('export function scores'));
    expect(body(code)).toBe(body(clean.code));
    expect(verdict.maxError).toBeGreaterThan(0);
    expect(verdict.maxError).toBeLessThanOrEqual(1e-6);
  });

  it('stays where later layers would make too much of it', async () => {
    const network = meansNetwork(3, 1e-9, 1e5);
    const { verdict } = await compile(network);
    expect(verdict.status).toBe('proved');
    const errorOf = (dropsResidue: boolean): number =>
      clusterNetwork(network, { dropsResidue }).clusters.reduce((sum, { snapError = 0 }) => sum + snapError, 0); // prettier-ignore
    expect(errorOf(true)).toBeGreaterThan(errorOf(false));
  });

  it('is no residue where an input makes it large', async () => {
    const network: Network = {
      ...meansNetwork(3, 0),
      inputs: [
        {
          name: 'row',
          shape: [2],
          domain: {
            kind: 'per-cell',
            cells: [
              { kind: 'interval', min: 0, max: 1 },
              { kind: 'interval', min: 0, max: 1e9 },
            ],
          },
        },
      ],
    };
    const own = chainNetwork({
      name: 'scaled',
      input: network.inputs[0],
      layers: [{ rows: [[1, 1e-9]], bias: [0], activation: 'identity' }],
      decision: { kind: 'none' },
    });
    const { verdict, code } = await compile(own);
    expect(verdict.status).toBe('proved');
    expect(code).toContain('1e-9');
  });
});
