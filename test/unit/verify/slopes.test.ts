/** Slopes of networks against differences of the reference forward pass. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseLayer } from '../../../src/ir/builders.js';
import type { Activation, Network } from '../../../src/ir/network.js';
import { createRandom } from '../../../src/numeric/random.js';
import { canDifferentiate, createSlopes } from '../../../src/verify/slopes.js';
import type { Readout } from '../../../src/verify/slopes.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { chainNetwork } from '../../helpers/networks.js';

const SMOOTH: readonly Activation[] = [
  { kind: 'tanh' },
  { kind: 'sigmoid' },
  { kind: 'identity' },
  { kind: 'softmax' },
  { kind: 'leaky-relu', slope: 0.1 },
  { kind: 'relu' },
  { kind: 'abs' },
  { kind: 'clamp', low: -1, high: 1 },
];

/** A network of random weights, its last layer linear, and another source for the second layer. */
function randomNetwork(activation: Activation, isSkipping: boolean, seed: number): Network {
  const random = createRandom(seed);
  const rows = (units: number, inputs: number): Float64Array[] =>
    Array.from({ length: units }, () =>
      // Some weights are 0, which are not stored.
      Float64Array.from({ length: inputs }, () => (random.unit() < 0.3 ? 0 : random.normal())),
    );
  const bias = (units: number): number[] => Array.from({ length: units }, () => random.normal());
  const base = chainNetwork({
    name: 'random',
    input: { name: 'x', shape: [3], domain: { kind: 'interval', min: -1, max: 1 } },
    layers: [
      { rows: rows(4, 3), bias: bias(4), activation },
      { rows: rows(5, 4), bias: bias(5), activation },
      { rows: rows(2, 5), bias: bias(2), activation: 'identity' },
    ],
  });
  if (!isSkipping) return base;
  const second = denseLayer({
    name: 'joined',
    sources: [
      { kind: 'layer', index: 0 },
      { kind: 'input', index: 0 },
    ],
    rows: rows(5, 7),
    bias: bias(5),
    activation,
  });
  return { ...base, layers: [base.layers[0], second, base.layers[2]] };
}

const FIRST: Readout = (z, slopes) => {
  slopes[0] = 1;
  return z[0];
};

const STEP = 1e-6;

describe('slopes of a network', () => {
  for (const activation of SMOOTH) {
    it(`are those of the forward pass: ${activation.kind}`, () => {
      fc.assert(
        fc.property(fc.boolean(), fc.integer({ min: 1, max: 1e6 }), (isSkipping, seed) => {
          const network = randomNetwork(activation, isSkipping, seed);
          const random = createRandom(seed + 1);
          const point = Array.from({ length: 3 }, () => 2 * random.unit() - 1);
          const teacher = createTeacher(network);
          const valueAt = (x: readonly number[]): number => teacher.forward([x])[0][0];
          const { values, byInput } = createSlopes(network, 2, FIRST)(point.map((v) => Float64Array.of(v))); // prettier-ignore
          expect(values[0]).toBeCloseTo(valueAt(point), 10);
          const differences = point.map((_, k) => {
            const moved = (by: number): number => valueAt(point.map((v, c) => (c === k ? v + by : v))); // prettier-ignore
            const [left, right] = [valueAt(point) - moved(-STEP), moved(STEP) - valueAt(point)];
            return { left: left / STEP, right: right / STEP };
          });
          for (const [k, { left, right }] of differences.entries()) {
            // Next to a kink the two differences part, and the slope is one of them or between.
            const low = Math.min(left, right) - 1e-4 * (1 + Math.abs(left));
            const high = Math.max(left, right) + 1e-4 * (1 + Math.abs(left));
            expect(byInput[k][0]).toBeGreaterThanOrEqual(low);
            expect(byInput[k][0]).toBeLessThanOrEqual(high);
          }
        }),
        { seed: 1, numRuns: 60 },
      );
    });
  }

  it('are not taken through steps', () => {
    const network = randomNetwork({ kind: 'sign' }, false, 1);
    expect(canDifferentiate(network, { kind: 'layer', index: 2 })).toBe(false);
    expect(
      canDifferentiate(randomNetwork({ kind: 'tanh' }, true, 1), { kind: 'layer', index: 2 }),
    ).toBe(true);
  });
});
