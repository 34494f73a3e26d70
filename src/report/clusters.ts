/** Clusters as the report's JSON, and the line that names one. */
import { toldGraph } from '../ir/told.js';
import type { Change, Cluster, ClusterGraph, Term } from '../ir/cluster.js';
import type { StagedNetwork, Neuron } from '../ir/network.js';
import { biasText, cellsText, formulaText, sourceText } from './formula.js';
import { axisNames, factorText, patternOf } from './regions.js';
import type { ClusterReport, ModelReport, StructureReport, TermReport } from './types.js';

/** The clusters of one segment of a network: which layers of the whole its own are. */
export interface SegmentGraph {
  readonly graph: ClusterGraph;
  readonly layers: readonly number[];
  /**
   * What simplification changed before clustering; the graph then counts layers of its own, from the
   * segment's first one on. Absent or empty: nothing.
   */
  readonly simplified?: readonly Change[];
}

/** The structure found in a network's segments, as JSON; clusters are numbered through. */
export function describeClusters(
  network: StagedNetwork,
  segments: readonly SegmentGraph[],
): StructureReport {
  const clusters: ClusterReport[] = [];
  const unexplainedNeurons: Neuron[] = [];
  const changes: Change[] = [];
  for (const { graph: named, layers, simplified = [] } of segments) {
    const graph = toldGraph(named);
    const ofWhole = (layer: number): number => layers[layer];
    const ofOwn = (layer: number): number => layers[0] + layer;
    const toldLayer = simplified.length === 0 ? ofWhole : ofOwn;
    const place = ({ layer, index }: Neuron): Neuron => ({ layer: toldLayer(layer), index });
    const first = clusters.length;
    changes.push(...simplified.map((change) => placeChange(change, ofWhole)));
    for (const cluster of graph.clusters) {
      const told = describeCluster(cluster, graph);
      clusters.push({ ...told, id: first + told.id, layer: toldLayer(told.layer) });
      if (cluster.unexplained) unexplainedNeurons.push(...neuronsOf(cluster).map(place));
    }
    changes.push(...graph.changes.map((change) => placeChange(change, toldLayer)));
  }
  return { model: describeModel(network), clusters, unexplainedNeurons, changes };
}

/** A change with the layers of the whole. */
function placeChange(change: Change, layerOf: (layer: number) => number): Change {
  if (change.kind === 'simplified') return change;
  if (!('neurons' in change)) return { ...change, layer: layerOf(change.layer) };
  const neurons = change.neurons.map(({ layer, index }) => ({ layer: layerOf(layer), index }));
  return { ...change, neurons };
}

/** Name, source and size of a network. */
export function describeModel({ name, source, parameters, layers }: StagedNetwork): ModelReport {
  const neurons = layers.reduce((sum, { size }) => sum + size, 0);
  return { name, source, parameters, neurons, layers: layers.length };
}

/** `cluster 0 (layer 1): 784 neurons over column (28) × row (28)`; layers count from 1. */
export function clusterTitle({ id, layer, members, axes, unexplained }: ClusterReport): string {
  const count = `${members} ${members === 1 ? 'neuron' : 'neurons'}`;
  const over = axes.map(({ name, extent }) => `${name} (${extent})`).join(' × ');
  const along = over === '' ? '' : ` over ${over}`;
  return `cluster ${id} (layer ${layer + 1}): ${count}${along}${unexplained ? ', unexplained' : ''}`;
}

/** One cluster of a graph as JSON. */
export function describeCluster(cluster: Cluster, graph: ClusterGraph): ClusterReport {
  const names = axisNames(cluster);
  const { bias } = cluster;
  return {
    id: cluster.id,
    layer: cluster.layer,
    members: neuronsOf(cluster).length,
    activation: cluster.activation.kind,
    axes: cluster.axes.map(({ extent }, axis) => ({ name: names[axis], extent })),
    terms: cluster.terms.map((term) => describeTerm(term, names, graph)),
    bias: bias.kind === 'constant' ? bias.value : biasText(bias, names),
    formula: formulaText(cluster, graph),
    unexplained: cluster.unexplained,
  };
}

function describeTerm(term: Term, names: readonly string[], graph: ClusterGraph): TermReport {
  const source = sourceText(term.source, graph);
  const region = cellsText(term, names, graph);
  if (term.kind === 'table') return { source, pattern: 'table', region, coefficient: null };
  const factors = (term.factors ?? []).map(factorText);
  return {
    source,
    pattern: patternOf(term.region),
    region,
    coefficient: term.coefficient,
    ...(factors.length === 0 ? {} : { factors }),
  };
}

/** The members of a cluster, by position. */
export function neuronsOf({ layer, members }: Cluster): readonly Neuron[] {
  return Array.from(members)
    .filter((index) => index >= 0)
    .map((index) => ({ layer, index }));
}
