/**
 * The legality check of the ClusterGraph level: shapes, references and ranges that later phases rely
 * on. It says nothing about whether a graph computes what its network computes.
 */
import type {
  AxisAccess,
  Cluster,
  ClusterGraph,
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
    offences.push(...checkAccess(access, shape[axis], cluster));
  });
  return offences;
}

function checkAccess(access: AxisAccess, extent: number, cluster: Cluster): string[] {
  switch (access.kind) {
    case 'all':
      return [];
    case 'at':
      return [
        ...checkIndex(access.index, cluster),
        ...checkRange(access.index, cluster, 0, extent - 1),
      ];
    case 'range':
      return [
        ...checkIndex(access.from, cluster),
        ...checkIndex(access.to, cluster),
        ...(Number.isInteger(access.step) && access.step > 0
          ? []
          : [`has the step ${access.step}`]),
      ];
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

/** A point access without holes must stay inside its source: extremes of an affine form decide. */
function checkRange(index: IndexExpression, cluster: Cluster, min: number, max: number): string[] {
  if (cluster.members.includes(-1)) return [];
  const values =
    index.kind === 'lookup'
      ? index.values
      : index.modulus === undefined
        ? affineExtremes(index.constant, index.coefficients, cluster)
        : [0, index.modulus - 1];
  return values.every((value) => value >= min && value <= max)
    ? []
    : [`reads at ${Math.min(...values)} to ${Math.max(...values)}, outside ${min} to ${max}`];
}

function affineExtremes(
  constant: number,
  coefficients: readonly number[],
  cluster: Cluster,
): number[] {
  let low = constant;
  let high = constant;
  coefficients.forEach((factor, axis) => {
    const reach = factor * ((cluster.axes.at(axis)?.extent ?? 1) - 1);
    low += Math.min(0, reach);
    high += Math.max(0, reach);
  });
  return [low, high];
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
