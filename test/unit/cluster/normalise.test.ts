import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { chainNetwork, orientationNetwork } from '../../helpers/networks.js';
import { disguise } from '../../helpers/disguise.js';
import { clusterLines, clusterLegally, expectSameFunction, oneLayer } from './helpers.js';

describe('the record of changes', () => {
  it('counts dead and duplicate neurons, factors and noise', () => {
    const network = disguise(orientationNetwork(4), {
      seed: 3,
      rescale: true,
      noise: 1e-9,
      dead: 2,
      duplicates: 3,
    });
    const { changes } = clusterNetwork(network);
    const of = (kind: string): unknown[] => changes.filter((change) => change.kind === kind);
    expect(of('dead')).toEqual([
      {
        kind: 'dead',
        neurons: [
          { layer: 0, index: 19 },
          { layer: 0, index: 20 },
          { layer: 1, index: 11 },
          { layer: 1, index: 12 },
        ],
      },
    ]);
    expect(
      changes.flatMap((change) => (change.kind === 'duplicate' ? change.neurons : [])),
    ).toHaveLength(6);
    expect(of('rescaled')).toHaveLength(2);
    for (const change of changes) {
      if (change.kind === 'snapped') expect(change.maxRelativeChange).toBeLessThan(5e-9);
    }
    expect(of('snapped').length).toBeGreaterThan(0);
  });

  it('folds constant neurons into the biases of their readers', () => {
    const network = chainNetwork({
      name: 'constant',
      input: { name: 'x', shape: [2] },
      layers: [
        { rows: [[1, 0], [0, 0], [0, 0], [1, 1]], bias: [0, 3, 0, -2], activation: 'sign' },
        { rows: [[1, 5, 7, 1]], bias: [0.5], activation: 'identity' },
      ],
    }); // prettier-ignore
    expect(clusterLines(network)).toEqual([
      'C0 = sign(+1·x[0])',
      'C1 = sign(+1·x[:] -2)',
      'C2 = identity(+1·C0 +1·C1 +5.5)',
    ]);
    const { changes } = clusterLegally(network);
    expect(changes).toEqual([
      { kind: 'constant', neurons: [{ layer: 0, index: 1 }, { layer: 0, index: 2 }] },
    ]); // prettier-ignore
    expectSameFunction(network, 20, 1);
  });
});

describe('thresholds', () => {
  it('takes a step neuron that ties at zero as one below it', () => {
    const network = oneLayer([3], [[2, 2, 2]], { bias: [-4], activation: 'step' });
    expect(clusterLines(network)).toEqual(['C0 = step(+1·x[:] -2.5)']);
    expectSameFunction(network, 20, 1);
  });

  it('counts sums in the unit of the domain', () => {
    const halves = { kind: 'values', values: [0, 0.5, 1] } as const;
    const plain = oneLayer([3], [[0.3, 0.3, -0.6]], { bias: [-0.15] });
    const network = { ...plain, inputs: [{ ...plain.inputs[0], domain: halves }] };
    expect(clusterLines(network)).toEqual(['C0 = sign(+1·x[:] -3·x[2] -0.5)']);
    expectSameFunction(network, 50, 1);
    const strict = { ...plain, layers: [{ ...plain.layers[0], bias: Float64Array.of(-0.151) }] };
    expect(clusterLines({ ...strict, inputs: network.inputs })).toEqual([
      'C0 = sign(+1·x[:] -3·x[2] -0.75)',
    ]);
  });

  it('does not snap where noise leaves ties open', () => {
    const network = oneLayer([2], [[1, -1 - 5e-8]]);
    const [cluster] = clusterLegally(network).clusters;
    expect(cluster.tieBounds).toHaveLength(1);
    expectSameFunction(network, 10, 1);
  });

  it('keeps real weights over a real domain, scaled', () => {
    const plain = oneLayer([2], [[0.5, -1.5]], { bias: [0.7] });
    const network = {
      ...plain,
      inputs: [{ ...plain.inputs[0], domain: { kind: 'real' } as const }],
    };
    expect(clusterLines(network)).toEqual(['C0 = sign(-3·x[1] +1·x[0] +1.4)']);
  });
});

describe('results', () => {
  it('keeps equal output neurons', () => {
    const network = oneLayer([3], [[1, 1, 0], [1, 1, 0], [0, 0, 1]], { activation: 'identity' }); // prettier-ignore
    const graph = clusterLegally(network);
    expect(graph.outputs[0]).toHaveLength(3);
    expectSameFunction(network, 8, 1);
  });

  it('copies an input that is a result', () => {
    const plain = oneLayer([2], [[1, 1]], { activation: 'identity' });
    const network = {
      ...plain,
      outputs: [...plain.outputs, { name: 'copy', shape: [2] }],
      results: [...plain.results, { kind: 'input', index: 0 } as const],
    };
    expect(clusterLines(network)).toEqual([
      'C0 = identity(+1·x[:])',
      'C1[i] 2 = identity(+1·x[i])',
    ]);
    expectSameFunction(network, 8, 1);
  });
});

describe('numbers that must stay as they are', () => {
  const real = { name: 'x', shape: [2], domain: { kind: 'real' } } as const;

  it('keeps noisy weights over real inputs: a threshold that moves at all moves for some input', () => {
    const network = chainNetwork({
      name: 'noisy',
      input: real,
      layers: [{ rows: [[1.0000000003, -1]], bias: [0], activation: 'sign' }],
    });
    expect(clusterLines(network)[0]).toContain('1.0000000003');
    expectSameFunction(network, 50, 1);
  });

  it('divides real rows by their factor where only that is left of the ratios', () => {
    const rows = [[1, -3], [5, 2]].map((row, k) => row.map((weight) => weight * [0.1, 7.3][k])); // prettier-ignore
    const network = chainNetwork({
      name: 'rescaled',
      input: real,
      layers: [{ rows, bias: [0, 0], activation: 'sign' }],
    });
    expect(clusterLines(network)).toEqual([
      'C0 = sign(-3·x[1] +1·x[0])',
      'C1 = sign(+2·x[1] +5·x[0])',
    ]);
  });

  it('keeps a small integer beside a large one: integers carry no noise', () => {
    const network = chainNetwork({
      name: 'wide',
      input: { name: 'x', shape: [2] },
      layers: [{ rows: [[100_000_000, 1]], bias: [0], activation: 'sign' }],
    });
    expect(clusterLines(network)).toEqual(['C0 = sign(+1·x[1] +100000000·x[0])']);
    expectSameFunction(network, 20, 1);
  });
});
