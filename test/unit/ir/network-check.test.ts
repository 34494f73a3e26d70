import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { dumpNetwork } from '../../../src/ir/network-dump.js';
import type { Layer, Network } from '../../../src/ir/network.js';
import { maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';

const legal = orientationNetwork(3);

function withLayer(index: number, change: Partial<Layer>): Network {
  const layers = legal.layers.map((layer, k) => (k === index ? { ...layer, ...change } : layer));
  return { ...legal, layers };
}

function withWeights(change: Partial<Layer['weights']>): Network {
  return withLayer(0, { weights: { ...legal.layers[0].weights, ...change } });
}

function replaced<Numbers extends Uint32Array | Float64Array>(
  numbers: Numbers,
  index: number,
  value: number,
): Numbers {
  const copy = numbers.slice() as Numbers;
  copy[index] = value;
  return copy;
}

describe('checkNetwork', () => {
  const { weights, bias } = legal.layers[0];
  const [input] = legal.inputs;

  it('accepts the networks of the benchmarks', () => {
    expect(checkNetwork(legal)).toEqual([]);
    expect(checkNetwork(maxsatNetwork(5, 4))).toEqual([]);
  });

  it.each<[string, Network, string]>([
    [
      'a column out of range',
      withWeights({ columns: replaced(weights.columns, 3, 9) }),
      'layer 0, neuron 0: column 9 of 9',
    ],
    [
      'columns that descend',
      withWeights({ columns: replaced(weights.columns, 0, 8) }),
      'layer 0, neuron 0: the columns are not ascending',
    ],
    [
      'a stored zero',
      withWeights({ values: replaced(weights.values, 0, 0) }),
      'layer 0, neuron 0: a zero is stored for column 1',
    ],
    [
      'a weight that is no number',
      withWeights({ values: replaced(weights.values, 0, NaN) }),
      'layer 0, neuron 0: the weight of column 1 is NaN',
    ],
    [
      'rows that do not cover the weights',
      withWeights({ rowStart: replaced(weights.rowStart, 9, 1) }),
      'layer 0: the weight rows do not cover the weights',
    ],
    [
      'a row that ends before it begins',
      withWeights({ rowStart: replaced(weights.rowStart, 1, 12) }),
      'layer 0, neuron 1: the weight row ends before it begins',
    ],
    [
      'a row too few',
      withWeights({ rowStart: weights.rowStart.slice(1) }),
      'layer 0: 8 weight rows for 9 neurons',
    ],
    [
      'an infinite bias',
      withLayer(0, { bias: replaced(bias, 2, Infinity) }),
      'layer 0: the bias of neuron 2 is Infinity',
    ],
    ['a missing bias', withLayer(0, { bias: bias.slice(1) }), 'layer 0: 8 biases'],
    [
      'a shape of another size',
      withLayer(0, { shape: [3, 2] }),
      'layer 0: the shape 3x2 does not hold 9 neurons',
    ],
    [
      'a negative extent',
      withLayer(0, { shape: [-3, -3] }),
      'layer 0: the shape -3x-3 has an extent that is no positive integer',
    ],
    [
      'a source behind its reader',
      withLayer(0, { sources: [{ kind: 'layer', index: 1 }] }),
      'layer 0: no layer 1 stands before it',
    ],
    [
      'a source that is missing',
      withLayer(0, { sources: [{ kind: 'input', index: 1 }] }),
      'layer 0: no input 1 stands before it',
    ],
    ['no sources', withLayer(0, { sources: [] }), 'layer 0: no sources'],
    ['a tie tolerance of 1', withLayer(0, { tieTolerance: 1 }), 'layer 0: the tie tolerance is 1'],
    [
      'an infinite slope',
      withLayer(0, { activation: { kind: 'leaky-relu', slope: Infinity } }),
      'layer 0: the slope is Infinity',
    ],
    [
      'a domain that descends',
      { ...legal, inputs: [{ ...input, domain: { kind: 'values', values: [1, 0] } }] },
      'input 0: the values of the domain are not ascending',
    ],
    [
      'an empty domain',
      { ...legal, inputs: [{ ...input, domain: { kind: 'values', values: [] } }] },
      'input 0: the domain is empty',
    ],
    [
      'an empty interval',
      { ...legal, inputs: [{ ...input, domain: { kind: 'interval', min: 1, max: 0 } }] },
      'input 0: [1, 0] is no interval',
    ],
    [
      'domains for other cells',
      { ...legal, inputs: [{ ...input, domain: { kind: 'per-cell', cells: [] } }] },
      'input 0: 0 domains for 9 cells',
    ],
    [
      'axes of another shape',
      { ...legal, inputs: [{ ...input, axes: ['row'] }] },
      'input 0: 1 axes for 2 extents',
    ],
    [
      'features of another size',
      { ...legal, inputs: [{ ...input, features: ['a'] }] },
      'input 0: 1 features for 9 cells',
    ],
    [
      'a result that is missing',
      { ...legal, results: [{ kind: 'layer', index: 7 }] },
      'output 0: there is no layer 7',
    ],
    [
      'a result of another size',
      { ...legal, results: [{ kind: 'layer', index: 1 }] },
      'output 0: the shape 2 does not hold 6 values',
    ],
    ['no results', { ...legal, results: [] }, '0 results for 1 outputs'],
    ['no outputs', { ...legal, outputs: [], results: [] }, 'no outputs'],
  ])('refuses %s', (_, network, problem) => {
    expect(checkNetwork(network)).toContain(problem);
  });

  it('lists no more than twenty problems', () => {
    const values = new Float64Array(weights.values.length);
    expect(checkNetwork(withLayer(0, { weights: { ...weights, values }, size: 9 }))).toHaveLength(
      9,
    );
    const many = orientationNetwork(6);
    const layers = many.layers.map((layer) => ({
      ...layer,
      weights: { ...layer.weights, values: new Float64Array(layer.weights.values.length) },
    }));
    expect(checkNetwork({ ...many, layers })).toHaveLength(20);
  });
});

describe('dumpNetwork', () => {
  it('shows the interface, each layer and its first rows', () => {
    expect(dumpNetwork(legal)).toBe(
      [
        'network orientation, source sha256:test, 164 parameters',
        'input 0 image [3x3] in {0, 1} axes row, column',
        'layer 0 orientation_1: sign, 9 neurons [9] from input 0, 36 weights, ties 1e-8',
        '  0: -1·x[1] - 1·x[2] + 1·x[3] + 1·x[6]',
        '  1: 1·x[0] - 1·x[4] - 1·x[5] + 1·x[6]',
        '  2: 1·x[0] + 1·x[3] - 1·x[7] - 1·x[8]',
        '  3: -1·x[0] - 1·x[2] + 1·x[4] + 1·x[7]',
        '  ... 5 more',
        'layer 1 orientation_2: sign, 6 neurons [6] from layer 0, 54 weights, ties 1e-8',
        '  0: 1·x[0] + 1·x[1] + 1·x[2] - 2·x[3] - 2·x[4] - 2·x[5] - 2·x[6] - 2·x[7] + (1 more) - 6',
        '  1: -2·x[0] - 2·x[1] - 2·x[2] + 1·x[3] + 1·x[4] + 1·x[5] - 2·x[6] - 2·x[7] + (1 more) - 6',
        '  2: -2·x[0] - 2·x[1] - 2·x[2] - 2·x[3] - 2·x[4] - 2·x[5] + 1·x[6] + 1·x[7] + (1 more) - 6',
        '  3: -1·x[0] + 2·x[1] + 2·x[2] - 1·x[3] + 2·x[4] + 2·x[5] - 1·x[6] + 2·x[7] + (1 more) - 6',
        '  ... 2 more',
        'layer 2 orientation_3: identity, 2 neurons [2] from layer 1, 12 weights',
        '  0: 0.20565·x[0] + 0.20565·x[1] + 0.20565·x[2] - 0.20565·x[3] - 0.20565·x[4] - 0.20565·x[5]',
        '  1: -0.20565·x[0] - 0.20565·x[1] - 0.20565·x[2] + 0.20565·x[3] + 0.20565·x[4] + 0.20565·x[5]',
        'output 0 scores [2] is layer 2 labels vertical, horizontal',
        'decision argmax',
        '',
      ].join('\n'),
    );
  });

  it('is the same text for the same network', () => {
    expect(dumpNetwork(maxsatNetwork(6, 5))).toBe(dumpNetwork(maxsatNetwork(6, 5)));
  });
});
