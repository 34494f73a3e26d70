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
import type { CellSpace } from './cells.js';
import { recordChanges } from './changes.js';
import { coverRows } from './cover.js';
import { describeRows } from './describe.js';
import { isPinned } from './liveness.js';
import type { Family } from './family.js';
import { familiesBesideData, sortLeftovers } from './leftovers.js';
import type { NormalLayer } from './normalise.js';
import { Normaliser } from './normalise.js';
import { doubleRows, keepOrientation, orientLone, orientRows } from './orient.js';
import { draftInputResults, mapOutputs } from './outputs.js';
import { splitRows } from './parts.js';
import type { SourceMap } from './sources.js';
import { addCluster, inputSources } from './sources.js';
import { RowFinder } from './template.js';

export interface ClusterOptions {
  /**
   * Whether weights of real-valued neurons that are tiny beside their row's largest are taken for noise and left
   * out; default true. What that can move outputs by stands in `snapError`.
   */
  readonly dropsResidue?: boolean;
}

/**
 * Clusters a network: every neuron that an output depends on is a member of a cluster, whose terms and
 * bias rebuild its normalised row, or the opposite of it, exactly. The graph does not depend on the
 * order of hidden neurons, but for the numbers in `members`.
 */
export function clusterNetwork(
  network: Network,
  { dropsResidue = true }: ClusterOptions = {},
): ClusterGraph {
  const normaliser = new Normaliser(network, dropsResidue);
  const map = inputSources(network, normaliser.space);
  const clusters: Cluster[] = [];
  network.layers.forEach((_, index) => {
    const layer = normaliser.layer(index);
    const { drafts, constants, opposites } = clusterLayer(network, layer, map, normaliser.space);
    for (const draft of drafts) {
      const cluster = { id: clusters.length, ...draft };
      clusters.push(cluster);
      addCluster(map, normaliser.space, cluster);
    }
    normaliser.settle(layer, constants, opposites);
  });
  for (const draft of draftInputResults(network)) clusters.push({ id: clusters.length, ...draft });
  const outputs = mapOutputs(network, clusters);
  const changes = recordChanges(normaliser);
  const layerWords = network.layers.map(({ word }) => word);
  return {
    interface: interfaceOf(network),
    clusters,
    outputs,
    changes,
    ...(layerWords.some((word) => word !== undefined) ? { layerWords } : {}),
  };
}

interface ClusteredLayer {
  readonly drafts: readonly Draft[];
  /** Rows that are in no cluster, since they always say the same. */
  readonly constants: readonly number[];
  /** Rows that clusters tell the other way round. */
  readonly opposites: readonly number[];
}

function clusterLayer(
  network: Network,
  own: NormalLayer,
  map: SourceMap,
  space: CellSpace,
): ClusteredLayer {
  // Results stand in their own order and as they are; hidden neurons may be told otherwise.
  const pinned = isPinned(network, own.layer);
  const doubled = pinned ? keepOrientation(own) : doubleRows(own, space);
  const finder = new RowFinder(doubled.layer, map, space.total);
  const parts = splitRows(doubled.layer, map);
  const candidates = describeRows(doubled.layer, parts, map, finder);
  const described = { ...doubled, parts, candidates };
  const oriented = pinned ? described : orientRows(doubled, candidates);
  const isSame = oriented.layer === doubled.layer;
  const second = isSame ? finder : new RowFinder(oriented.layer, map, space.total);
  const found = coverRows(oriented, second, map);
  const gather = (families: readonly Family[]): ClusteredLayer & { readonly tabled: number } => {
    const opposites = new Set<number>();
    const covered = new Set<number>();
    const tell = (row: number, origin: readonly number[]): void => {
      if (row < 0) return;
      covered.add(origin[row]);
      if (origin[row] !== row) opposites.add(origin[row]);
    };
    for (const { rows } of families) for (const row of rows) tell(row, oriented.origin);
    const left = [...own.neurons.keys()].filter((row) => !covered.has(row));
    const constants = left.filter((row) => !Number.isNaN(own.constants[row]));
    const others = left.filter((row) => Number.isNaN(own.constants[row]));
    const alone = pinned ? { ...described, rows: others } : orientLone(described, space, others);
    for (const row of alone.rows) tell(row, alone.origin);
    const { lone, tables } = sortLeftovers(alone, alone.rows, map, pinned);
    const drafts = [
      ...families.map((family) => draftFamily(oriented.layer, map, family)),
      ...lone.map((candidate) => draftLone(alone.layer, map, candidate)),
      ...tables.map((rows) => draftTable(alone, map, rows)),
    ];
    const tabled = tables.reduce((sum, rows) => sum + rows.length, 0);
    return { drafts, constants, opposites: [...opposites], tabled };
  };
  const first = gather(found);
  const kept = familiesBesideData(found, first.tabled);
  const { drafts, ...rest } = kept.length === found.length ? first : gather(kept);
  return { ...rest, drafts: sortDrafts([...drafts], network, pinned) };
}

/** Largest first; of equal size in an order that knows no neuron, but for results, which have places. */
function sortDrafts(drafts: Draft[], { inputs }: Network, pinned: boolean): Draft[] {
  const texts = new Map<Draft, string>();
  const textOf = (draft: Draft): string => {
    const text = texts.get(draft) ?? describeCluster(draft, inputs);
    texts.set(draft, text);
    return text;
  };
  return drafts.sort((a, b) => {
    const size = b.members.length - a.members.length;
    if (size !== 0) return size;
    if (pinned || textOf(a) === textOf(b)) return a.members[0] - b.members[0];
    return textOf(a) < textOf(b) ? -1 : 1;
  });
}
