/**
 * What the checker must tell apart: a network changed at one input, ties that are none, and texts that
 * are equal although they look different.
 */
import { describe, expect, it } from 'vitest';
import { denseLayer, denseRows } from '../../../../src/ir/builders.js';
import { sizeOf } from '../../../../src/ir/model-interface.js';
import type { Network } from '../../../../src/ir/network.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { forward } from '../../../../src/verify/teacher.js';
import { verify } from '../../../../src/verify/index.js';
import { maxsatNetwork, orientationNetwork } from '../../../helpers/networks.js';
import { otherOrientation, plainMaxsat, plainOrientation } from './texts.js';

/** The network with one more first-layer neuron, 1 at a single input of all, wired to the outputs. */
function withRareNeuron(network: Network, seed: number): Network {
  const random = createRandom(seed);
  const width = sizeOf(network.inputs[0].shape);
  const target = Array.from({ length: width }, () => random.below(2));
  const row = target.map((bit) => (bit === 1 ? 1 : -1));
  const bias = 0.5 - target.reduce((sum, bit) => sum + bit, 0);
  const layers = [...network.layers];
  const [first] = layers;
  layers[0] = denseLayer({
    ...first,
    shape: [first.size + 1],
    rows: [...denseRows(first.weights, width), row],
    bias: [...first.bias, bias],
  });
  // The neuron's −1 elsewhere is taken out by the bias: only the one input changes anything.
  for (let k = 1; k < layers.length; k++) {
    const layer = layers[k];
    const last = k === layers.length - 1;
    const before = layers[k - 1].size;
    const old = denseRows(layer.weights, network.layers[k - 1].size);
    const rows = old.map((one, index) => {
      const wider = new Float64Array(before);
      wider.set(one);
      if (last) wider[before - 1] = index === 0 ? 0.75 : 0;
      return wider;
    });
    const extra = new Float64Array(before);
    extra[before - 1] = 1;
    layers[k] = denseLayer({
      ...layer,
      shape: [last ? layer.size : layer.size + 1],
      rows: last ? rows : [...rows, extra],
      bias: last ? layer.bias.map((b, index) => (index === 0 ? b + 0.75 : b)) : [...layer.bias, 0],
    });
  }
  return { ...network, layers };
}

describe('a neuron that fires on a single input', () => {
  it.each([1, 2, 3, 4, 5])('of 2^784 refutes the orientation module (seed %i)', async (seed) => {
    const network = withRareNeuron(orientationNetwork(28), seed);
    const verdict = await verify(network, plainOrientation(28));
    expect(verdict.status, verdict.reason).toBe('refuted');
  });

  it.each([1, 2, 3, 4, 5])('of 2^36 refutes the orientation module (seed %i)', async (seed) => {
    const network = withRareNeuron(orientationNetwork(6), seed);
    expect((await verify(network, otherOrientation(6))).status).toBe('refuted');
  });

  it.each([1, 2, 3, 4, 5])(
    'of 2^30 is judged by what it changes in MAXSAT (seed %i)',
    async (seed) => {
      const base = maxsatNetwork(6, 5);
      const network = withRareNeuron(base, seed);
      const random = createRandom(seed);
      const target = Float64Array.from({ length: 30 }, () => random.below(2));
      const [[before], [after]] = [forward(base, [target]), forward(network, [target])];
      const verdict = await verify(network, plainMaxsat(6, 5));
      // Where the softmax is saturated at that input, the outputs are the same within the tolerance.
      const differs = Math.abs(before[0] - after[0]) > 1e-5;
      expect(verdict.status, verdict.reason).toBe(differs ? 'refuted' : 'unknown');
      if (differs) expect(verdict.counterexample?.inputs).toEqual([[...target]]);
    },
  );
});

describe('ties that are none', () => {
  const size = 12;
  const edge = size * (size - 1);
  const base = orientationNetwork(size);
  const layers = base.layers.map((layer, index) =>
    index === 1 ? { ...layer, bias: layer.bias.map((b) => b * (1 + 1.5e-5 / size)) } : layer,
  );
  const network = { ...base, layers };

  it('refute the module that treats them as ties', async () => {
    const verdict = await verify(network, plainOrientation(size));
    expect(verdict.status).toBe('refuted');
    expect(verdict.counterexample?.where).toBe('scores');
  });

  it('prove the module that does not', async () => {
    const text = plainOrientation(size).replaceAll(
      /Math\.sign\((.*) - 132\)/g,
      `($1 > ${edge} ? 1 : -1)`,
    );
    const verdict = await verify(network, text);
    expect(verdict.reason).toBeUndefined();
    expect(verdict.status).toBe('proved');
  });
});

describe('a text rewritten into an equivalent form', () => {
  const rewrites: readonly (readonly [string, string])[] = [
    ['rowSums[row] += image[row][column]', 'rowSums[row] = image[row][column] + rowSums[row]'],
    ['total += sign;', 'total -= -sign;'],
    [
      'let row = 0; row < 12; row++) {\n      const',
      'let row = 11; row > -1; row--) {\n      const',
    ],
    [
      '12 * columnTotals[column] - 11 * total - 132',
      '-(11 * total + 132 - columnTotals[column] * 12)',
    ],
    [
      '12 * columnTotals[column] - 11 * total - 132',
      '(24 * columnTotals[column] - 22 * total - 264) / 8',
    ],
    [
      'Math.sign(columnSums[column] - rowSums[row])',
      '(columnSums[column] === rowSums[row] ? 0 : !(columnSums[column] > rowSums[row]) ? -1 : 1)',
    ],
    [
      'Math.sign(columnSums[column] - rowSums[row])',
      'Math.min(1, Math.max(-1, columnSums[column] - rowSums[row]))',
    ],
    ['[0.20565 * score, -0.20565 * score]', '[score / 4.862630683199611, 0.20565 * -score]'],
    ['first >= second', '!(first < second)'],
  ];

  it.each(rewrites)('`%s` → `%s` is proved, or unknown, never refuted', async (from, to) => {
    const text = plainOrientation(12);
    expect(text).toContain(from);
    const verdict = await verify(orientationNetwork(12), text.replace(from, to));
    expect(['proved', 'unknown'], verdict.reason).toContain(verdict.status);
  });
});

describe('what the checker does not read', () => {
  it.each([
    [
      'Math.sign(columnSums[column] - rowSums[row])',
      'Math.log10(columnSums[column])',
      'Math.log10',
    ],
    ['let score = 0;', 'let score = 0; /x/.test("x");', 'regular expression literal'],
    ['let score = 0;', 'let score = 0; class A {}', 'class declaration'],
    ['total += sign;', 'total += sign; fetch("x");', 'fetch'],
  ])('makes the verdict unknown: %s → %s', async (from, to, what) => {
    const verdict = await verify(orientationNetwork(3), plainOrientation(3).replace(from, to));
    expect(verdict.status).toBe('unknown');
    expect(verdict.reason).toContain(what);
    expect(verdict.reason).toMatch(/at \d+:\d+/);
  });

  it('says so of a text that is no TypeScript', async () => {
    const verdict = await verify(orientationNetwork(3), 'export function scores( {');
    expect(verdict.status).toBe('unknown');
    expect(verdict.reason).toContain('not TypeScript');
  });
});
