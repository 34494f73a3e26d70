/** Says where each output value is computed. Assumes that result layers keep every neuron. */
import type { Cluster, ClusterGraph } from '../ir/cluster.js';
import type { Network } from '../ir/network.js';

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
