/** Pairs of rectified sums told by their opposites: what bounds a pair does not bound its opposites. */
import { describe, expect, it } from 'vitest';
import { proveScores } from '../../../../src/verify/checker/prove-scores.js';
import { readText } from '../../../../src/verify/checker/read-text.js';
import { chainNetwork } from '../../../helpers/networks.js';

/** relu(slope · x + bias) over x from 0 to 100. */
const network = (slope: number, bias: number) =>
  chainNetwork({
    name: 'unit',
    input: { name: 'x', shape: [1], domain: { kind: 'interval', min: 0, max: 100 } },
    layers: [
      { rows: [Float64Array.of(slope)], bias: [bias], activation: 'relu' },
      { rows: [Float64Array.of(1)], bias: [0], activation: 'identity' },
    ],
  });

async function bound(slope: number, bias: number, text: string): Promise<number> {
  const module = await readText(
    `export function scores(x: ArrayLike<number>): [number] { return [${text}]; }`,
  );
  return proveScores(network(slope, bias), module, {}, 1e-6, () => undefined).maxError;
}

describe('units that hardly rise above 0, their opposites far', () => {
  it('are not called equal where their opposites are 50 apart', async () => {
    // relu(x − 100 + 1e-7) and relu(x/2 − 50 + 1e-7) are both at most 1e-7.
    const text = 'Math.max(0, 99.9999999 - x[0])';
    expect(await bound(-0.5, 49.9999999, text)).toBeGreaterThanOrEqual(49);
  });

  it('are equal where they are', async () => {
    expect(await bound(-1, 99.9999999, 'Math.max(0, 99.99999995 - x[0])')).toBeLessThan(1e-6);
  });
});
