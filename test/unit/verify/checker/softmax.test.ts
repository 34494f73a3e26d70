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

/** Weights of two hidden layers of five units and two outputs over an interval, all odd. */
const weight = (layer: number, unit: number, k: number) => Math.sin(7.3 * layer + 3.1 * unit + 1.7 * k) / 2; // prettier-ignore

const dense = (activation: 'relu' | 'tanh' | 'sigmoid') => {
  const units = (layer: number, count: number, width: number) =>
    range(count).map((unit): Unit => [range(width).map((k) => [k, weight(layer, unit, k)] as const), weight(layer, unit, 9)]); // prettier-ignore
  return networkOf({
    name: activation,
    shape: [4],
    domain: { kind: 'interval', min: -1, max: 1 },
    layers: [
      layerOf(activation, 4, units(0, 5, 4)),
      layerOf(activation, 5, units(1, 5, 5)),
      layerOf('identity', 5, units(2, 2, 5)),
    ],
  });
};

const FUNCTIONS = {
  relu: 'Math.max(0, value)',
  tanh: 'Math.tanh(value)',
  sigmoid: '1 / (1 + Math.exp(-value))',
};

/** Loops over tables of weights with so many digits. */
function denseText(activation: 'relu' | 'tanh' | 'sigmoid', digits: number): string {
  const table = (layer: number, count: number, width: number) => JSON.stringify(range(count).map((unit) =>
    [...range(width), 9].map((k) => Number(weight(layer, unit, k).toFixed(digits))))); // prettier-ignore
  const helper = `
const FIRST = ${table(0, 5, 4)};
const SECOND = ${table(1, 5, 5)};
const LAST = ${table(2, 2, 5)};
function dense(x: ArrayLike<number>, weights: number[][], apply: (value: number) => number) {
  return weights.map((row) => {
    let value = row[row.length - 1];
    for (let k = 0; k < x.length; k++) value += row[k] * x[k];
    return apply(value);
  });
}
const unit = (value: number) => ${FUNCTIONS[activation]};`;
  return moduleOf(dense(activation), '  return dense(dense(dense(input, FIRST, unit), SECOND, unit), LAST, (value) => value);', helper); // prettier-ignore
}

describe.each(['relu', 'tanh', 'sigmoid'] as const)('two layers of %s units', (activation) => {
  it('are proved with nine digits', async () => {
    const verdict = await verify(dense(activation), denseText(activation, 9));
    expect(verdict.reason).toBeUndefined();
    expect(verdict.status).toBe('proved');
    expect(verdict.maxError).toBeLessThan(1e-7);
  });

  it('are refuted with three', async () => {
    const verdict = await verify(dense(activation), denseText(activation, 3));
    expect(verdict.status).toBe('refuted');
  });
});
