/**
 * Network → ClusterGraph: normalise, then layer by layer describe rows by regions, gather them in
 * families, solve for the axes, and hand the recovered axes on as coordinates for the next layer.
 */
import type { Cluster, ClusterGraph } from '../ir/cluster.js';
import { describeCluster } from '../ir/cluster-dump.js';
import type { Network } from '../ir/network.js';
import { interfaceOf } from '../ir/network.js';
import type { Draft } from './build.js';
import { draftFamily, draftLone, draftTable } from './build.js';
import { coverRows } from './cover.js';
import { describeRows } from './describe.js';
import { sortLeftovers } from './leftovers.js';
import { isPinned } from './liveness.js';
import type { NormalLayer } from './normalise.js';
import { normaliseNetwork } from './normalise.js';
import { draftInputResults, mapOutputs } from './outputs.js';
import type { SourceMap } from './sources.js';
import { addCluster, inputSources } from './sources.js';
import { RowFinder } from './template.js';

/**
 * Clusters a network: every neuron that an output depends on is a member of exactly one cluster,
 * whose terms and bias rebuild its normalised row exactly. The graph does not depend on the order of
 * hidden neurons, but for the numbers in `members`.
 */
export function clusterNetwork(network: Network): ClusterGraph {
  const normal = normaliseNetwork(network);
  const map = inputSources(network, normal.space);
  const clusters: Cluster[] = [];
  for (const layer of normal.layers) {
    const drafts = clusterLayer(network, layer, map, normal.space.total);
    for (const draft of drafts) {
      const cluster = { id: clusters.length, ...draft };
      clusters.push(cluster);
      addCluster(map, normal.space, cluster);
    }
  }
  for (const draft of draftInputResults(network)) clusters.push({ id: clusters.length, ...draft });
  const outputs = mapOutputs(network, clusters);
  return { interface: interfaceOf(network), clusters, outputs, changes: normal.changes };
}

function clusterLayer(
  network: Network,
  layer: NormalLayer,
  map: SourceMap,
  totalCells: number,
): Draft[] {
  const finder = new RowFinder(layer, map, totalCells);
  const candidates = describeRows(layer, map, finder);
  const families = coverRows(layer, candidates, finder, map);
  // Results stand in their own order; hidden neurons have none.
  const pinned = isPinned(network, layer.layer);
  const { lone, tables } = sortLeftovers(layer, map, candidates, families, pinned);
  const drafts = [
    ...families.map((family) => draftFamily(layer, map, family)),
    ...lone.map((candidate) => draftLone(layer, map, candidate)),
    ...tables.map((rows) => draftTable(layer, map, rows)),
  ];
  const keyed = drafts.map((draft) => ({ draft, text: describeCluster(draft, network.inputs) }));
  keyed.sort((a, b) => {
    const size = b.draft.members.length - a.draft.members.length;
    if (size !== 0) return size;
    if (pinned || a.text === b.text) return a.draft.members[0] - b.draft.members[0];
    return a.text < b.text ? -1 : 1;
  });
  return keyed.map(({ draft }) => draft);
}
