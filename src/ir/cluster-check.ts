/**
 * The legality check of the ClusterGraph level: shapes, references and ranges that later phases rely
 * on. It says nothing about whether a graph computes what its network computes.
 */
import type {
  AxisAccess,
  Cluster,
  ClusterGraph,
  Factor,
  Follow,
  IndexExpression,
  Source,
  Term,
} from './cluster.js';
import { sizeOf } from './model-interface.js';

/** The offences of a graph against its rules, in words; empty for a legal graph. */
export function checkClusterGraph(graph: ClusterGraph): readonly string[] {
  const offences = graph.clusters.flatMap((cluster, position) =>
    checkCluster(graph, cluster, position).map((text) => `C${position}: ${text}`),
  );
  return [...offences, ...checkOutputs(graph)];
}

function checkCluster(graph: ClusterGraph, cluster: Cluster, position: number): string[] {
  const offences: string[] = [];
  const size = sizeOf(cluster.axes.map((axis) => axis.extent));
  if (cluster.id !== position) offences.push(`has id ${cluster.id}`);
  if (cluster.axes.some(({ extent }) => !Number.isInteger(extent) || extent < 1)) {
    offences.push('has an axis without a positive extent');
  }
  if (cluster.members.length !== size) {
    offences.push(`has ${cluster.members.length} members on ${size} index points`);
  }
  const neurons = [...cluster.members].filter((neuron) => neuron >= 0);
  if (new Set(neurons).size !== neurons.length) offences.push('has a member twice');
  const { bias, tieBounds } = cluster;
  if (bias.kind === 'table' && bias.values.length !== size)
    offences.push('has a bias list of wrong length');
  if (bias.kind === 'index') offences.push(...checkIndex(bias.value, cluster));
  if (tieBounds !== undefined && tieBounds.length !== size) {
    offences.push('has a list of tie bounds of wrong length');
  }
  const tables = cluster.terms.filter((term) => term.kind === 'table').length;
  if (cluster.unexplained && tables !== cluster.terms.length) {
    offences.push('is called unexplained but has regions');
  }
  cluster.terms.forEach((term, index) => {
    for (const text of checkTerm(graph, cluster, term)) offences.push(`term ${index}: ${text}`);
  });
  return offences;
}

function sourceShape(
  graph: ClusterGraph,
  source: Source,
  reader: Cluster,
): readonly number[] | string {
  if (source.kind === 'input') {
    return (
      graph.interface.inputs.at(source.index)?.shape ?? `reads the missing input ${source.index}`
    );
  }
  if (source.id >= reader.id) return `reads C${source.id}, which does not stand before it`;
  return graph.clusters[source.id].axes.map((axis) => axis.extent);
}

function checkTerm(graph: ClusterGraph, cluster: Cluster, term: Term): string[] {
  const shape = sourceShape(graph, term.source, cluster);
  if (typeof shape === 'string') return [shape];
  if (term.kind === 'table') {
    const size = cluster.members.length * sizeOf(shape);
    return term.weights.length === size
      ? []
      : [`has ${term.weights.length} weights instead of ${size}`];
  }
  const offences: string[] = [];
  if (!Number.isFinite(term.coefficient) || term.coefficient === 0) {
    offences.push(`has the coefficient ${term.coefficient}`);
  }
  const { accesses } = term.region;
  if (accesses.length !== shape.length) {
    return [...offences, `has ${accesses.length} accesses on ${shape.length} axes`];
  }
  accesses.forEach((access, axis) => {
    offences.push(...checkAccess(access, axis, shape[axis], cluster));
  });
  return [...offences, ...checkFactors(term.factors ?? [], shape)];
}

function checkFactors(factors: readonly Factor[], shape: readonly number[]): string[] {
  const axes = new Set(factors.map(({ axis }) => axis));
  const offences = axes.size === factors.length ? [] : ['has two factors along one axis'];
  for (const factor of factors) {
    if (factor.axis < 0 || factor.axis >= shape.length) {
      offences.push(`has a factor along the missing axis ${factor.axis}`);
    }
    const numbers = [factor.slope, factor.offset, factor.kind === 'power' ? factor.base : 1];
    if (!numbers.every(Number.isFinite)) offences.push('has a factor that is no number');
  }
  return offences;
}

function checkAccess(access: AxisAccess, axis: number, extent: number, cluster: Cluster): string[] {
  switch (access.kind) {
    case 'all':
      return [];
    case 'at':
      return [...checkIndex(access.index, cluster), ...checkFollow(access.follow, axis)];
    case 'range': {
      const { step, modulus } = access;
      const stepped = Number.isInteger(step) && step > 0;
      return [
        ...checkIndex(access.from, cluster),
        ...checkIndex(access.to, cluster),
        ...checkFollow(access.follow, axis),
        ...(stepped ? [] : [`has the step ${step}`]),
        ...(modulus === undefined || modulus === extent
          ? []
          : [`wraps at ${modulus} on an axis of ${extent}`]),
      ];
    }
    case 'list': {
      const { indices } = access;
      const legal = indices.every(
        (index, k) =>
          Number.isInteger(index) &&
          index < extent &&
          index >= 0 &&
          (k === 0 || index > indices[k - 1]),
      );
      return legal ? [] : ['has a list that does not ascend within its source'];
    }
  }
}

function checkIndex(index: IndexExpression, cluster: Cluster): string[] {
  const { axes } = cluster;
  if (index.kind === 'affine') {
    if (index.coefficients.length === axes.length) return [];
    return [`has ${index.coefficients.length} coefficients on ${axes.length} axes`];
  }
  if (index.axis < 0 || index.axis >= axes.length)
    return [`looks up on the missing axis ${index.axis}`];
  if (index.values.length === axes[index.axis].extent) return [];
  return [`looks up ${index.values.length} values on an axis of ${axes[index.axis].extent}`];
}

function checkFollow(follow: Follow | undefined, axis: number): string[] {
  if (follow === undefined || (follow.axis >= 0 && follow.axis < axis)) return [];
  return [`follows axis ${follow.axis}, which does not stand before axis ${axis}`];
}

function checkOutputs(graph: ClusterGraph): string[] {
  const { outputs } = graph.interface;
  if (graph.outputs.length !== outputs.length) {
    return [`${graph.outputs.length} outputs are mapped, ${outputs.length} declared`];
  }
  return graph.outputs.flatMap((values, index) => {
    const size = sizeOf(outputs[index].shape);
    const { name } = outputs[index];
    if (values.length !== size)
      return [`output ${name}: ${values.length} values instead of ${size}`];
    const missing = Array.from({ length: size }, (_, cell) => cell).filter((cell) => {
      const place = values.at(cell);
      return place === undefined || !hasNeuron(graph, place.cluster, place.rank);
    });
    return missing.map((cell) => `output ${name}: no neuron computes value ${cell}`);
  });
}

function hasNeuron({ clusters }: ClusterGraph, cluster: number, rank: number): boolean {
  if (cluster < 0 || cluster >= clusters.length) return false;
  const { members } = clusters[cluster];
  return rank >= 0 && rank < members.length && members[rank] >= 0;
}
