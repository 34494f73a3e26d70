/**
 * Computes a network's outputs from its ClusterGraph alone, member by member, so that tests can say
 * "clustering preserves the function" without knowing how clusters are found.
 */
import type { Cluster, ClusterGraph, Source, Term } from '../../src/ir/cluster.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Activation } from '../../src/ir/network.js';
import { evaluateBias, visitTerm } from '../../src/ir/region-cells.js';

interface Reading {
  readonly source: Source;
  readonly position: number;
  readonly weight: number;
}

/**
 * One flat array for each output, from one flat array for each input. Lays every member's weights out
 * once, for many evaluations of one graph.
 */
export function createClusterEvaluator(
  graph: ClusterGraph,
): (inputs: readonly (readonly number[])[]) => number[][] {
  const readings = graph.clusters.map((cluster) =>
    Array.from(cluster.members, (_, rank) =>
      cluster.terms.flatMap((term) => readTerm(graph, cluster, term, rank)),
    ),
  );
  return (inputs) => {
    const values: number[][] = [];
    const valueOf = (source: Source, position: number): number =>
      source.kind === 'input' ? inputs[source.index][position] : values[source.id][position];
    graph.clusters.forEach((cluster, id) => {
      const sums = readings[id].map((member, rank) => {
        let sum = evaluateBias(cluster.bias, rank, pointAt(cluster, rank));
        for (const { source, position, weight } of member)
          sum = join(cluster.activation, sum, weight * valueOf(source, position));
        if (cluster.members[rank] < 0) return NaN;
        const tied = Math.abs(sum) <= (cluster.tieBounds?.[rank] ?? 0);
        return tied ? 0 : sum;
      });
      values.push(sums.map((z) => (Number.isNaN(z) ? 0 : activate(cluster.activation, z))));
      if (graph.clusters.at(id + 1)?.layer !== cluster.layer) applySoftmax(graph, cluster, values);
    });
    return graph.outputs.map((output) => output.map(({ cluster, rank }) => values[cluster][rank]));
  };
}

/** A softmax spans all clusters of its layer. */
function applySoftmax(graph: ClusterGraph, last: Cluster, values: number[][]): void {
  if (last.activation.kind !== 'softmax') return;
  const own = graph.clusters.filter(({ layer }) => layer === last.layer).map(({ id }) => id);
  const all = own.flatMap((id) => values[id]);
  const largest = Math.max(...all);
  const total = all.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  for (const id of own) values[id] = values[id].map((z) => Math.exp(z - largest) / total);
}

/** What has been read so far, and one part more. */
function join({ kind }: Activation, sum: number, part: number): number {
  if (kind === 'max') return Math.max(sum, part);
  return kind === 'min' ? Math.min(sum, part) : sum + part;
}

function activate(activation: Activation, z: number): number {
  switch (activation.kind) {
    case 'sign':
      return Math.sign(z);
    case 'step':
      return z > 0 ? 1 : 0;
    case 'relu':
      return Math.max(0, z);
    case 'leaky-relu':
      return z > 0 ? z : activation.slope * z;
    case 'abs':
      return Math.abs(z);
    case 'clamp':
      return Math.min(Math.max(z, activation.low), activation.high);
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    case 'identity':
    case 'softmax':
    case 'max':
    case 'min':
      return z;
  }
}

function shapeOf(graph: ClusterGraph, source: Source): readonly number[] {
  return source.kind === 'input'
    ? graph.interface.inputs[source.index].shape
    : graph.clusters[source.id].axes.map((axis) => axis.extent);
}

function readTerm(graph: ClusterGraph, cluster: Cluster, term: Term, rank: number): Reading[] {
  const shape = shapeOf(graph, term.source);
  const { source } = term;
  if (term.kind === 'table') {
    const size = sizeOf(shape);
    return Array.from({ length: size }, (_, position) => ({
      source,
      position,
      weight: term.weights[rank * size + position],
    })).filter(({ weight }) => weight !== 0);
  }
  const readings: Reading[] = [];
  visitTerm(term, shape, pointAt(cluster, rank), (position, weight) => {
    readings.push({ source, position, weight });
  });
  return readings;
}

function pointAt(cluster: Cluster, rank: number): number[] {
  const point: number[] = [];
  let rest = rank;
  for (const { extent } of [...cluster.axes].reverse()) {
    point.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return point;
}
