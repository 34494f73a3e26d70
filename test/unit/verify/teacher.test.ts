import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseLayer, denseRows } from '../../../src/ir/builders.js';
import { decide } from '../../../src/ir/decision.js';
import type { Network } from '../../../src/ir/network.js';
import { magnitudesOf, tieBounds } from '../../../src/ir/ties.js';
import { createTeacher, forward } from '../../../src/verify/teacher.js';
import { disguise } from '../../helpers/disguise.js';
import { BINARY, chainNetwork, maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';

/** Numbers as integers times 2^−1200: sums and products of float64 without any rounding. */
const SCALE = 1200n;

function toFixedPoint(value: number): bigint {
  if (value === 0) return 0n;
  const exponent = Math.max(-1000, Math.floor(Math.log2(Math.abs(value)))) - 52;
  return BigInt(Math.round(value * 2 ** -exponent)) << (SCALE + BigInt(exponent));
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The sign layers of a chain in exact arithmetic, from dense rows. */
function exactSigns(network: Network, input: readonly number[]): number[] {
  const magnitudes = magnitudesOf(network);
  let values = [...input];
  for (const layer of network.layers) {
    const bounds = tieBounds(layer, magnitudes);
    values = denseRows(layer.weights, values.length).map((row, neuron) => {
      let z = toFixedPoint(layer.bias[neuron]) << SCALE;
      row.forEach((weight, column) => {
        z += toFixedPoint(weight) * toFixedPoint(values[column]);
      });
      return size(z) <= toFixedPoint(bounds[neuron]) << SCALE ? 0 : z > 0n ? 1 : -1;
    });
  }
  return values;
}

describe('createTeacher', () => {
  it('answers the orientation training set', () => {
    const teacher = createTeacher(orientationNetwork(7));
    for (let line = 0; line < 7; line++) {
      const column = Float64Array.from({ length: 49 }, (_, cell) => (cell % 7 === line ? 1 : 0));
      const row = column.map((_, cell) => column[(cell % 7) * 7 + Math.floor(cell / 7)]);
      expect(teacher.decide(teacher.forward([column]))).toBe(0);
      expect(teacher.decide(teacher.forward([row]))).toBe(1);
    }
  });

  it('gives the MAXSAT scores their closed form', () => {
    const network = maxsatNetwork(6, 4);
    const input = [1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0].concat(new Array<number>(12).fill(0));
    // clause 0: positive and alone; clause 1: negative and alone; clause 2: positive beside another
    const [output] = forward(network, [input]);
    expect(Math.log(output[0] / output[1])).toBeCloseTo(4 * 1.1487799625336474, 6);
  });

  it('agrees with exact arithmetic, ties included', () => {
    // Few distinct tenths, so that sums meet the border of the tie band again and again.
    const weight = fc.integer({ min: -6, max: 6 }).map((tenths) => tenths / 10);
    const rows = (count: number, width: number) =>
      fc.array(fc.array(weight, { minLength: width, maxLength: width }), {
        minLength: count,
        maxLength: count,
      });
    fc.assert(
      fc.property(
        rows(5, 6),
        rows(3, 5),
        fc.array(weight, { minLength: 5, maxLength: 5 }),
        fc.array(fc.constantFrom(-1, 0, 0.5, 1), { minLength: 6, maxLength: 6 }),
        fc.constantFrom(0, 1e-8, 0.1, 0.25),
        (first, second, bias, input, tieTolerance) => {
          const network = chainNetwork({
            name: 'random',
            input: { name: 'x', shape: [6], domain: { kind: 'values', values: [-1, 0, 0.5, 1] } },
            layers: [
              { rows: first, bias, activation: 'sign' },
              { rows: second, bias: bias.slice(0, 3), activation: 'sign' },
            ],
          });
          const layers = network.layers.map((layer) => ({ ...layer, tieTolerance }));
          const changed = { ...network, layers };
          expect([...forward(changed, [input])[0]]).toEqual(exactSigns(changed, input));
        },
      ),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('finds a tie of long sums that rounding hides', () => {
    const network = chainNetwork({
      name: 'tenths',
      input: { name: 'x', shape: [3] },
      layers: [{ rows: [[0.1, 0.2, -0.3]], bias: [0], activation: 'sign' }],
    });
    // 0.1 + 0.2 − 0.3 is 2.8e-17 on the stored numbers: a tie under the tolerance, none without it.
    expect(forward(network, [[1, 1, 1]])[0][0]).toBe(0);
    const strict = { ...network, layers: network.layers.map((l) => ({ ...l, tieTolerance: 0 })) };
    expect(forward(strict, [[1, 1, 1]])[0][0]).toBe(1);
  });

  it('keeps its answers when neurons are permuted, rescaled, noisy, dead or doubled', () => {
    const network = orientationNetwork(5);
    const other = disguise(network, {
      seed: 5,
      permute: true,
      rescale: true,
      noise: 1e-10,
      dead: 3,
      duplicates: 4,
    });
    const teacher = createTeacher(network);
    const disguised = createTeacher(other);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 25, maxLength: 25 }),
        (x) => {
          const expected = teacher.forward([x])[0];
          disguised
            .forward([x])[0]
            .forEach((score, k) => expect(score).toBeCloseTo(expected[k], 7));
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('joins several sources in their order and hands inputs through', () => {
    const base = chainNetwork({
      name: 'two',
      input: { name: 'a', shape: [2] },
      layers: [{ rows: [[1, 10, 100]], bias: [0.5], activation: 'identity' }],
    });
    const network: Network = {
      ...base,
      inputs: [...base.inputs, { name: 'b', shape: [], domain: BINARY }],
      layers: [
        denseLayer({
          name: 'joined',
          sources: [
            { kind: 'input', index: 1 },
            { kind: 'input', index: 0 },
          ],
          rows: [[1, 10, 100]],
          bias: [0.5],
          activation: { kind: 'leaky-relu', slope: 0.5 },
        }),
      ],
      results: [
        { kind: 'layer', index: 0 },
        { kind: 'input', index: 0 },
      ],
    };
    const outputs = forward(network, [[2, 3], [-1000]]);
    expect(outputs.map((output) => [...output])).toEqual([[-339.75], [2, 3]]);
    expect(() => forward(network, [[2, 3]])).toThrow('expected 2 inputs, got 1');
    expect(() => forward(network, [[2], [1]])).toThrow('expected 2 values for input 0, got 1');
  });

  it('does not overflow in softmax', () => {
    const network = chainNetwork({
      name: 'steep',
      input: { name: 'x', shape: [1] },
      layers: [{ rows: [[5000], [-5000]], bias: [0, 0], activation: 'softmax' }],
    });
    expect([...forward(network, [[1]])[0]]).toEqual([1, 0]);
  });

  it('applies the smooth activations', () => {
    const activate = (activation: 'tanh' | 'sigmoid' | 'relu' | 'step') =>
      forward(
        chainNetwork({
          name: activation,
          input: { name: 'x', shape: [1] },
          layers: [{ rows: [[1], [-1]], bias: [0, 0], activation }],
        }),
        [[0.5]],
      )[0];
    expect([...activate('tanh')]).toEqual([Math.tanh(0.5), Math.tanh(-0.5)]);
    expect(activate('sigmoid')[0] + activate('sigmoid')[1]).toBeCloseTo(1, 15);
    expect([...activate('relu')]).toEqual([0.5, 0]);
    expect([...activate('step')]).toEqual([1, 0]);
  });
});

describe('decide', () => {
  it('gives ties to the lowest index', () => {
    expect(decide({ kind: 'argmax' }, [1, 3, 3])).toBe(1);
    expect(decide({ kind: 'argmin' }, [2, 1, 1])).toBe(1);
  });

  it('reads the first score for threshold and sign', () => {
    expect(decide({ kind: 'threshold', threshold: 0.5 }, [0.5])).toBe(0);
    expect(decide({ kind: 'threshold', threshold: 0.5 }, [0.75])).toBe(1);
    expect([-2, 0, 2].map((score) => decide({ kind: 'sign' }, [score]))).toEqual([-1, 0, 1]);
    expect(decide({ kind: 'none' }, [4])).toBe(0);
  });
});
