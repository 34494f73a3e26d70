/** Clusters as the report's JSON, and as the text that `inspect` prints. */
import type { Bias, Cluster, ClusterGraph, Source, Term } from '../ir/cluster.js';
import type { Network, Neuron } from '../ir/network.js';
import { changeText } from './changes.js';
import { axisNames, indexText, patternOf, regionText } from './regions.js';
import type { ClusterReport, ModelReport, StructureReport, TermReport } from './types.js';

/** The structure found in a network, as JSON. */
export function describeClusters(network: Network, graph: ClusterGraph): StructureReport {
  return {
    model: describeModel(network),
    clusters: graph.clusters.map((cluster) => describeCluster(cluster, graph)),
    unexplainedNeurons: graph.clusters.filter(({ unexplained }) => unexplained).flatMap(neuronsOf),
    changes: graph.changes,
  };
}

/** Name, source and size of a network. */
export function describeModel({ name, source, parameters, layers }: Network): ModelReport {
  const neurons = layers.reduce((sum, { size }) => sum + size, 0);
  return { name, source, parameters, neurons, layers: layers.length };
}

/**
 * The structure as text, one paragraph per cluster:
 *
 *   cluster 0 (layer 1): 784 neurons over column (28) × row (28)
 *     sign(Σ image[:, column] − Σ image[row, :])
 */
export function renderClusters(graph: ClusterGraph): string {
  const paragraphs = graph.clusters.map((cluster) => {
    const report = describeCluster(cluster, graph);
    return `${clusterTitle(report)}\n  ${clusterFormula(report)}\n`;
  });
  const changes = graph.changes.map((change) => `- ${changeText(change)}\n`);
  if (changes.length > 0) paragraphs.push(`normalisation:\n${changes.join('')}`);
  return paragraphs.join('\n');
}

/** `cluster 0 (layer 1): 784 neurons over column (28) × row (28)`; layers count from 1. */
export function clusterTitle({ id, layer, members, axes, unexplained }: ClusterReport): string {
  const count = `${members} ${members === 1 ? 'neuron' : 'neurons'}`;
  const over = axes.map(({ name, extent }) => `${name} (${extent})`).join(' × ');
  const along = over === '' ? '' : ` over ${over}`;
  return `cluster ${id} (layer ${layer + 1}): ${count}${along}${unexplained ? ', unexplained' : ''}`;
}

/** The members' value as a formula; Σ sums the cells of a region of more than one. */
export function clusterFormula({ activation, terms, bias }: ClusterReport): string {
  const parts = terms.map(({ coefficient, region, pattern }) => {
    if (coefficient === null) return `+ ${region}`;
    const cells = pattern === 'single' || pattern === 'diagonal' ? region : `Σ ${region}`;
    return Math.abs(coefficient) === 1
      ? `${coefficient < 0 ? '−' : '+'} ${cells}`
      : `${signed(coefficient)} · ${cells}`;
  });
  if (typeof bias === 'string') parts.push(`+ ${bias}`);
  else if (bias !== 0 || parts.length === 0) parts.push(signed(bias));
  const sum = parts.join(' ').replace(/^\+ /, '').replace(/^− /, '−');
  return activation === 'identity' ? sum : `${activation}(${sum})`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'} ${Math.abs(value)}`;
}

function describeCluster(cluster: Cluster, graph: ClusterGraph): ClusterReport {
  const names = axisNames(cluster);
  return {
    id: cluster.id,
    layer: cluster.layer,
    members: neuronsOf(cluster).length,
    activation: cluster.activation.kind,
    axes: cluster.axes.map(({ extent }, axis) => ({ name: names[axis], extent })),
    terms: cluster.terms.map((term) => describeTerm(term, names, graph)),
    bias: describeBias(cluster.bias, names),
    unexplained: cluster.unexplained,
  };
}

function describeTerm(term: Term, names: readonly string[], graph: ClusterGraph): TermReport {
  const source = sourceText(term.source, graph);
  if (term.kind === 'table') {
    const region = `table of ${term.weights.length} weights · ${source}`;
    return { source, pattern: 'table', region, coefficient: null };
  }
  const { coefficient, region } = term;
  const text = regionText(source, region, names);
  return { source, pattern: patternOf(region), region: text, coefficient };
}

function sourceText(source: Source, { interface: model }: ClusterGraph): string {
  return source.kind === 'input' ? model.inputs[source.index].name : `cluster ${source.id}`;
}

function describeBias(bias: Bias, names: readonly string[]): number | string {
  switch (bias.kind) {
    case 'constant':
      return bias.value;
    case 'index':
      return indexText(bias.value, names);
    case 'power': {
      const exponent = `${bias.slope < 0 ? '−' : ''}${names[bias.axis]} + ${bias.offset}`;
      return `${bias.constant} + ${bias.scale}·${bias.base}^(${exponent})`;
    }
    case 'table':
      return `table of ${bias.values.length} biases`;
  }
}

function neuronsOf({ layer, members }: Cluster): readonly Neuron[] {
  return Array.from(members)
    .filter((index) => index >= 0)
    .map((index) => ({ layer, index }));
}
