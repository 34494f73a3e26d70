/** A small cluster graph that uses every kind of region, bias and change, for the report's tests. */
import type {
  AxisAccess, Cluster, ClusterGraph, IndexExpression, Source, Term,
} from '../../../src/ir/cluster.js'; // prettier-ignore
import { interfaceOf } from '../../../src/ir/network.js';
import type { Network } from '../../../src/ir/network.js';
import { chainNetwork } from '../../helpers/networks.js';

export const IMAGE: Source = { kind: 'input', index: 0 };
export const ALL: AxisAccess = { kind: 'all' };

export function affine(
  constant: number,
  coefficients: readonly number[],
  modulus?: number,
): IndexExpression {
  return { kind: 'affine', constant, coefficients, ...(modulus === undefined ? {} : { modulus }) };
}

export function at(index: IndexExpression): Extract<AxisAccess, { kind: 'at' }> {
  return { kind: 'at', index };
}

export function range(
  from: IndexExpression,
  to: IndexExpression,
  step = 1,
): Extract<AxisAccess, { kind: 'range' }> {
  return { kind: 'range', from, to, step };
}

export function region(source: Source, coefficient: number, accesses: readonly AxisAccess[]): Term {
  return { kind: 'region', source, coefficient, spread: 0, region: { kind: 'box', accesses } };
}

/** A 3 × 3 image, 9 + 3 + 2 neurons. The weights do not matter to the report. */
export function exampleNetwork(): Network {
  const layer = (inputs: number, outputs: number, activation: 'sign' | 'identity') => ({
    rows: Array.from({ length: outputs }, () => new Float64Array(inputs).fill(1)),
    bias: new Float64Array(outputs),
    activation,
  });
  return chainNetwork({
    name: 'example',
    input: { name: 'image', shape: [3, 3], axes: ['row', 'column'] },
    layers: [layer(9, 9, 'sign'), layer(9, 3, 'sign'), layer(3, 2, 'identity')],
  });
}

/** Clusters as they could be found in `exampleNetwork`. */
export function exampleGraph(): ClusterGraph {
  const differences: Cluster = {
    id: 0,
    layer: 0,
    axes: [
      { extent: 3, name: 'column' },
      { extent: 3, name: 'row' },
    ],
    members: Int32Array.from({ length: 9 }, (_, index) => index),
    terms: [
      region(IMAGE, 1, [ALL, at(affine(0, [1, 0]))]),
      region(IMAGE, -1, [at(affine(0, [0, 1])), ALL]),
    ],
    bias: { kind: 'constant', value: 0 },
    activation: { kind: 'sign' },
    unexplained: false,
  };
  const lines: Cluster = {
    id: 1,
    layer: 1,
    axes: [{ extent: 3 }],
    members: Int32Array.of(2, -1, 0),
    terms: [
      region({ kind: 'cluster', id: 0 }, 3, [at(affine(0, [1])), ALL]),
      region({ kind: 'cluster', id: 0 }, -2, [ALL, ALL]),
    ],
    bias: { kind: 'index', value: affine(-6, [2]) },
    activation: { kind: 'sign' },
    unexplained: false,
  };
  const rest: Cluster = {
    id: 2,
    layer: 2,
    axes: [{ extent: 2 }],
    members: Int32Array.of(0, 1),
    terms: [{ kind: 'table', source: { kind: 'cluster', id: 1 }, weights: new Float64Array(6) }],
    bias: { kind: 'table', values: Float64Array.of(1, 2) },
    activation: { kind: 'identity' },
    unexplained: true,
  };
  return {
    interface: interfaceOf(exampleNetwork()),
    clusters: [differences, lines, rest],
    outputs: [[{ cluster: 2, rank: 0 }, { cluster: 2, rank: 1 }]],
    changes: [
      { kind: 'dead', neurons: [{ layer: 1, index: 1 }] },
      { kind: 'duplicate', neurons: [{ layer: 0, index: 1 }, { layer: 0, index: 2 }] },
      { kind: 'constant', neurons: [{ layer: 0, index: 5 }] },
      { kind: 'rescaled', layer: 0, count: 9, minFactor: 0.50123, maxFactor: 27.3333 },
      { kind: 'snapped', layer: 1, count: 1, maxRelativeChange: 1.23456e-9 },
      { kind: 'residue', layer: 1, count: 4, maxRelativeSize: 2e-12 },
    ],
  }; // prettier-ignore
}
