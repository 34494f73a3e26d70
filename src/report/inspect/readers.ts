/** Who reads whom: the clusters and outputs that read each cluster. */
import type { ClusterGraph } from '../../ir/cluster.js';

export interface Readers {
  /** Ids of the clusters that read it, ascending. */
  readonly clusters: readonly number[];
  /** Names of the outputs that hold its members. */
  readonly outputs: readonly string[];
}

/** The readers of every cluster, by id. */
export function readersOf({ clusters, outputs, interface: model }: ClusterGraph): Readers[] {
  const reading = clusters.map(() => new Set<number>());
  for (const { id, terms } of clusters) {
    for (const { source } of terms) if (source.kind === 'cluster') reading[source.id].add(id);
  }
  const results = clusters.map(() => new Set<string>());
  outputs.forEach((entries, at) => {
    for (const { cluster } of entries) results[cluster].add(model.outputs[at].name);
  });
  return clusters.map(({ id }) => ({
    clusters: [...reading[id]].sort((a, b) => a - b),
    outputs: [...results[id]],
  }));
}
