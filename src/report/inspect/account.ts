/**
 * The account that `inspect` prints: the model, its clusters layer by layer, the outputs, what was
 * normalised, and how to read the notation. For a reader who has never seen the tool; no line is longer
 * than 100 columns, and a large network stays short.
 */
import { toldGraph } from '../../ir/told.js';
import type { ClusterGraph } from '../../ir/cluster.js';
import { axisNamesOf } from '../../ir/model-interface.js';
import type { CellDomain, Decision, InputTensor } from '../../ir/model-interface.js';
import type { Network } from '../../ir/network.js';
import { changeText } from '../changes.js';
import { describeModel, neuronsOf } from '../clusters.js';
import { counted, grouped, listed, numberText } from '../numbers.js';
import { clusterLines } from './cluster-lines.js';
import { legendLines } from './legend.js';
import { outputLines } from './outputs.js';
import { readersOf } from './readers.js';
import { LINE_WIDTH, wrapText } from './text.js';

/** Clusters shown; the smallest of more are only counted. */
const MOST_CLUSTERS = 30;

/** Features that the heading lists. */
const MOST_FEATURES = 12;

/** Values of a domain that are listed. */
const MOST_VALUES = 12;

/** The structure found in a network as a text, ended by a newline. */
export function renderAccount(network: Network, named: ClusterGraph): string {
  const graph = toldGraph(named);
  const sections = [
    headingLines(network, graph),
    ...layerSections(graph),
    ['OUTPUTS', '', ...outputLines(graph)],
    changeLines(graph),
    legendLines(graph),
  ];
  const lines = sections.filter((section) => section.length > 0).map((part) => part.join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function headingLines(network: Network, graph: ClusterGraph): readonly string[] {
  const { parameters, neurons, layers } = describeModel(network);
  const told = graph.clusters.reduce((sum, cluster) => sum + neuronsOf(cluster).length, 0);
  const open = graph.clusters.filter(({ unexplained }) => unexplained).flatMap(neuronsOf).length;
  const size = `${grouped(parameters)} weights and biases, ${counted(neurons, 'neuron')}`;
  const explained =
    open === 0 ? 'all follow a pattern' : `${counted(open, 'neuron')} without a pattern`;
  return [
    graph.interface.name,
    ...graph.interface.inputs.flatMap((input) => labelled('reads', inputText(input))),
    ...labelled('answers', answerText(graph)),
    ...labelled('size', `${size} in ${counted(layers, 'layer')}`),
    ...labelled(
      'structure',
      `${counted(told, 'neuron')} in ${counted(graph.clusters.length, 'cluster')}; ${explained}`,
    ),
  ];
}

function labelled(label: string, text: string): readonly string[] {
  return wrapText(`${label.padEnd(9)}  ${text}`, LINE_WIDTH - 2, 11).map((line) => `  ${line}`);
}

function inputText(input: InputTensor): string {
  const { shape, domain, features } = input;
  const names = axisNamesOf(input);
  const extents = shape.map((extent, axis) =>
    names[axis] === undefined ? String(extent) : counted(extent, names[axis]),
  );
  const size = shape.length === 0 ? 'a number' : extents.join(' × ');
  const cells = names.some((name) => name === undefined) && shape.length > 0 ? ' cells' : '';
  const of = domain.kind === 'per-cell' ? ', a domain for each' : domainText(domain);
  const named =
    features === undefined
      ? ''
      : `: ${features.slice(0, MOST_FEATURES).join(', ')}${features.length > MOST_FEATURES ? ', …' : ''}`;
  return `${input.name}, ${size}${cells}${of}${named}`;
}

function domainText(domain: CellDomain): string {
  switch (domain.kind) {
    case 'values': {
      const words = domain.values.map(numberText);
      const last = words[words.length - 1];
      if (words.length > MOST_VALUES) return `, ${words.length} values from ${words[0]} to ${last}`;
      return words.length < 2
        ? ` of ${words.join('')}`
        : ` of ${words.slice(0, -1).join(', ')} or ${last}`;
    }
    case 'interval':
      return ` from ${numberText(domain.min)} to ${numberText(domain.max)}`;
    case 'real':
      return '';
  }
}

function answerText({ interface: model }: ClusterGraph): string {
  const outputs = model.outputs.map(({ name, shape }) =>
    shape.length === 1
      ? `${name} (${counted(shape[0], 'value')})`
      : `${name} (${shape.length === 0 ? 'a number' : `${shape.join(' × ')} values`})`,
  );
  const { labels } = model.outputs[0];
  return `${listed(outputs)}${decisionText(model.decision, labels)}`;
}

function decisionText(decision: Decision, labels: readonly string[] | undefined): string {
  const classes = labels === undefined ? '' : `, of ${listed(labels)}`;
  switch (decision.kind) {
    case 'argmax':
      return `; decides for the highest${classes}`;
    case 'argmin':
      return `; decides for the lowest${classes}`;
    case 'sign':
      return '; decides by the sign';
    case 'threshold': {
      const [below, above] = labels ?? ['0', '1'];
      return `; decides for ${above} above ${numberText(decision.threshold)}, else ${below}`;
    }
    case 'none':
      return '';
  }
}

/** One section for each layer that holds clusters; the largest clusters if there are too many. */
function layerSections(graph: ClusterGraph): readonly (readonly string[])[] {
  const { clusters } = graph;
  const readers = readersOf(graph);
  const bySize = [...clusters].sort((a, b) => b.members.length - a.members.length || a.id - b.id);
  const shown = new Set(bySize.slice(0, MOST_CLUSTERS));
  const sections: (readonly string[])[] = [];
  for (const layer of [...new Set(clusters.map((cluster) => cluster.layer))]) {
    const here = clusters.filter((cluster) => cluster.layer === layer);
    const told = here.filter((cluster) => shown.has(cluster));
    const lines = [`LAYER ${layer + 1}`];
    for (const cluster of told) lines.push('', ...clusterLines(cluster, graph, readers));
    const rest = here.filter((cluster) => !shown.has(cluster));
    if (rest.length > 0) {
      const neurons = rest.reduce((sum, cluster) => sum + neuronsOf(cluster).length, 0);
      const more = counted(rest.length, told.length === 0 ? 'cluster' : 'more cluster');
      lines.push('', `${more} of ${counted(neurons, 'neuron')} in all; --json lists them`);
    }
    sections.push(lines);
  }
  return sections;
}

function changeLines({ changes }: ClusterGraph): readonly string[] {
  if (changes.length === 0) return [];
  const lines = changes.flatMap((change) => wrapText(`- ${changeText(change)}`, LINE_WIDTH - 2, 2));
  return ['NORMALISED', '', ...lines.map((line) => `  ${line}`)];
}
