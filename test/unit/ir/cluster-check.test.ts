import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { checkClusterGraph } from '../../../src/ir/cluster-check.js';
import { dumpClusterGraph } from '../../../src/ir/cluster-dump.js';
import type { Cluster, ClusterGraph, RegionTerm } from '../../../src/ir/cluster.js';
import { orientationNetwork } from '../../helpers/networks.js';

const graph = clusterNetwork(orientationNetwork(4));

function withCluster(id: number, change: Partial<Cluster>): ClusterGraph {
  const clusters = graph.clusters.map((cluster) =>
    cluster.id === id ? { ...cluster, ...change } : cluster,
  );
  return { ...graph, clusters };
}

function withTerm(id: number, change: Partial<RegionTerm>): ClusterGraph {
  const [first, ...rest] = graph.clusters[id].terms;
  if (first.kind !== 'region') throw new Error('expected a region');
  return withCluster(id, { terms: [{ ...first, ...change }, ...rest] });
}

describe('checkClusterGraph', () => {
  it('accepts what clustering makes', () => {
    expect(checkClusterGraph(graph)).toEqual([]);
  });

  it.each<[string, ClusterGraph, string]>([
    ['an id', withCluster(1, { id: 2 }), 'C1: has id 2'],
    [
      'members',
      withCluster(1, { members: Int32Array.of(0) }),
      'C1: has 1 members on 4 index points',
    ],
    [
      'a repeated member',
      withCluster(1, { members: Int32Array.of(0, 1, 2, 2) }),
      'C1: has a member twice',
    ],
    [
      'a bias list',
      withCluster(1, { bias: { kind: 'table', values: Float64Array.of(1) } }),
      'C1: has a bias list of wrong length',
    ],
    [
      'a source that comes later',
      withTerm(1, { source: { kind: 'cluster', id: 3 } }),
      'C1: term 0: reads C3, which does not stand before it',
    ],
    [
      'a missing input',
      withTerm(0, { source: { kind: 'input', index: 1 } }),
      'C0: term 0: reads the missing input 1',
    ],
    ['a zero', withTerm(0, { coefficient: 0 }), 'C0: term 0: has the coefficient 0'],
    [
      'too few accesses',
      withTerm(0, { region: { kind: 'box', accesses: [] } }),
      'C0: term 0: has 0 accesses on 2 axes',
    ],
    [
      'a follower of a later axis',
      withTerm(0, {
        region: {
          kind: 'box',
          accesses: [
            { kind: 'all' },
            {
              kind: 'at',
              index: { kind: 'affine', constant: 1, coefficients: [0, 1] },
              follow: { axis: 1, slope: 1 },
            },
          ],
        },
      }),
      'C0: term 0: follows axis 1, which does not stand before axis 1',
    ],
    [
      'a window that wraps elsewhere',
      withTerm(0, {
        region: {
          kind: 'box',
          accesses: [
            { kind: 'all' },
            {
              kind: 'range',
              from: { kind: 'affine', constant: -1, coefficients: [0, 1] },
              to: { kind: 'affine', constant: 2, coefficients: [0, 1] },
              step: 1,
              modulus: 7,
            },
          ],
        },
      }),
      'C0: term 0: wraps at 7 on an axis of 4',
    ],
    [
      'two factors along an axis',
      withTerm(0, {
        factors: [
          { kind: 'linear', axis: 0, slope: 1, offset: 0 },
          { kind: 'power', axis: 0, base: 2, slope: 1, offset: 0 },
        ],
      }),
      'C0: term 0: has two factors along one axis',
    ],
    ['a lost output', { ...graph, outputs: [] }, '0 outputs are mapped, 1 declared'],
    [
      'an output without neuron',
      { ...graph, outputs: [[graph.outputs[0][0], { cluster: 9, rank: 0 }]] },
      'output scores: no neuron computes value 1',
    ],
    [
      'a false excuse',
      withCluster(0, { unexplained: true }),
      'C0: is called unexplained but has regions',
    ],
  ])('finds %s', (_, illegal, offence) => {
    expect(checkClusterGraph(illegal)).toContain(offence);
  });
});

describe('dumpClusterGraph', () => {
  it('shows members where asked', () => {
    const network = orientationNetwork(4);
    expect(dumpClusterGraph(clusterNetwork(network), { members: true })).toBe(
      [
        'C0[row, column] 4×4 = sign(+1·image[:, column] -1·image[row, :])',
        '  layer 0: 0 4 8 12 1 5 9 13 2 6 10 14 3 7 11 15',
        'C1[column] 4 = sign(-3·C0[:, :] +4·C0[:, column] -12)',
        '  layer 1: 0 1 2 3',
        'C2[row] 4 = sign(+3·C0[:, :] -4·C0[row, :] -12)',
        '  layer 1: 4 5 6 7',
        'C3 = identity(+0.20565·C1[:] -0.20565·C2[:])',
        '  layer 2: 0',
        'C4 = identity(-0.20565·C1[:] +0.20565·C2[:])',
        '  layer 2: 1',
        'scores = C3#0, C4#0',
        '',
      ].join('\n'),
    );
  });
});
