/** The structure of a network as `inspect --json` prints it: the report's part, and who is who. */
import type { ClusterGraph } from '../../ir/cluster.js';
import type { Network } from '../../ir/network.js';
import { describeClusters } from '../clusters.js';
import type { InspectReport } from '../types.js';
import { readersOf } from './readers.js';

/** The structure as JSON, with the neurons of each cluster, its readers, and the outputs. */
export function describeStructure(network: Network, graph: ClusterGraph): InspectReport {
  const { model, clusters, unexplainedNeurons, changes } = describeClusters(network, [
    { graph, layers: [...network.layers.keys()] },
  ]);
  const readers = readersOf(graph);
  return {
    schema: 1,
    model,
    clusters: clusters.map((cluster) => ({
      ...cluster,
      neurons: Array.from(graph.clusters[cluster.id].members),
      readBy: readers[cluster.id].clusters,
    })),
    outputs: graph.outputs.map((values, at) => {
      const { name, shape, labels } = graph.interface.outputs[at];
      return { name, shape, ...(labels === undefined ? {} : { labels }), values };
    }),
    unexplainedNeurons,
    changes,
  };
}
