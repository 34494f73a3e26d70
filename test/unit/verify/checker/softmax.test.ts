/** Softmax of several classes, its sum in any order; sigmoid units and their like with shortened digits. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../../../src/verify/index.js';
import { layerOf, moduleOf, networkOf, range } from './forms/form.js';
import type { Unit } from './forms/form.js';

const CLASSES = 4;
const CELLS = 6;

const counts = range(CLASSES).map((own): Unit => [range(CELLS).map((k) => [k, (k * (own + 1)) % 5 - 2] as const), own / 2]); // prettier-ignore
const network = networkOf({
  name: 'softmax',
  shape: [CELLS],
  layers: [layerOf('softmax', CELLS, counts)],
});

const text = (sum: string, more = '') => `
  const values: number[] = [];
  for (let own = 0; own < ${CLASSES}; own++) {
    let value = own / 2;
    for (let k = 0; k < ${CELLS}; k++) value += (((k * (own + 1)) % 5) - 2) * input[k];
    values.push(value);
  }
  const largest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - largest));
  ${more}${sum}
  return powers.map((power) => power / total);`;

const SUMS = {
  forward: 'const total = powers.reduce((sum, power) => sum + power, 0);',
  backward: `let total = 0; for (let k = ${CLASSES - 1}; k >= 0; k--) total += powers[k];`,
  swapped: 'const total = powers[2] + powers[0] + powers[3] + powers[1];',
};

describe('softmax of four classes', () => {
  it.each(Object.entries(SUMS))('is proved with its sum %s', async (_, sum) => {
    const verdict = await verify(network, moduleOf(network, text(sum)));
    expect(verdict.reason).toBeUndefined();
    expect(verdict.status).toBe('proved');
    expect(verdict.maxError).toBeLessThan(1e-12);
  });

  it.each([
    'const total = powers[2] + powers[0] + powers[3] + powers[2];',
    'const total = powers[2] + powers[0] + powers[3];',
  ])('is refuted with another sum: %s', async (sum) => {
    const verdict = await verify(network, moduleOf(network, text(sum)));
    expect(verdict.status).toBe('refuted');
  });

  it('is refuted when a class changes', async () => {
    const body = text(SUMS.forward).replace('own / 2', 'own / 2.01');
    expect((await verify(network, moduleOf(network, body))).status).toBe('refuted');
  });
});
