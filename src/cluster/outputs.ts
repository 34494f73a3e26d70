/** Says where each output value is computed. Assumes that result layers keep every neuron. */
import type { Cluster, ClusterGraph } from '../ir/cluster.js';
import { sizeOf } from '../ir/model-interface.js';
import type { Network } from '../ir/network.js';
import type { Draft } from './build.js';

/**
 * Clusters that copy the inputs which are results themselves. They stand in layers of their own, one
 * for each input, behind the network's.
 */
export function draftInputResults(network: Network): Draft[] {
  const inputs = new Set(network.results.flatMap((ref) => (ref.kind === 'input' ? ref.index : [])));
  return [...inputs].map((index): Draft => {
    const { shape, axes } = network.inputs[index];
    const coefficientsOf = (axis: number): number[] =>
      shape.map((_, own) => (own === axis ? 1 : 0));
    return {
      layer: network.layers.length + index,
      axes: shape.map((extent, axis) => {
        const name = axes?.[axis];
        return name === undefined ? { extent } : { extent, name };
      }),
      members: Int32Array.from({ length: sizeOf(shape) }, (_, cell) => cell),
      terms: [
        {
          kind: 'region',
          source: { kind: 'input', index },
          coefficient: 1,
          spread: 0,
          region: {
            kind: 'box',
            accesses: shape.map((_, axis) => ({
              kind: 'at',
              index: { kind: 'affine', constant: 0, coefficients: coefficientsOf(axis) },
            })),
          },
        },
      ],
      bias: { kind: 'constant', value: 0 },
      activation: { kind: 'identity' },
      unexplained: false,
    };
  });
}

/** For each output of the network and each of its values, the cluster and rank that computes it. */
export function mapOutputs(
  network: Network,
  clusters: readonly Cluster[],
): ClusterGraph['outputs'] {
  return network.results.map((ref) => {
    const layer = ref.kind === 'layer' ? ref.index : network.layers.length + ref.index;
    const found: { cluster: number; rank: number }[] = [];
    for (const cluster of clusters) {
      if (cluster.layer !== layer) continue;
      cluster.members.forEach((neuron, rank) => {
        if (neuron >= 0) found[neuron] = { cluster: cluster.id, rank };
      });
    }
    return found;
  });
}
