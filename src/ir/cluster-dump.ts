/**
 * The ClusterGraph as text, one line for each cluster:
 *
 *   C0[row, column] 28×28 = sign(-1·image[row, :] +1·image[:, column])
 */
import type {
  AxisAccess,
  Bias,
  Cluster,
  ClusterGraph,
  IndexExpression,
  Source,
  Term,
} from './cluster.js';
import type { InputTensor } from './model-interface.js';

const ITERATORS = ['i', 'j', 'k', 'l', 'm', 'n'];

/** What the iterators of a cluster are called: the axis name where it is known and unambiguous. */
function iteratorNames(cluster: Omit<Cluster, 'id'>): string[] {
  const names = cluster.axes.map((axis) => axis.name);
  return names.map((name, axis) =>
    name === undefined || names.indexOf(name) !== axis ? ITERATORS[axis] : name,
  );
}

function renderNumber(value: number): string {
  return value < 0 ? `-${-value}` : `${value}`;
}

function renderIndex(index: IndexExpression, names: readonly string[]): string {
  if (index.kind === 'lookup') return `{${index.values.join(', ')}}[${names[index.axis]}]`;
  const { constant, coefficients, modulus } = index;
  const parts = coefficients.flatMap((factor, axis) => {
    if (factor === 0) return [];
    const sign = factor < 0 ? '-' : '+';
    const size = Math.abs(factor);
    return [`${sign}${size === 1 ? '' : `${size}·`}${names[axis]}`];
  });
  if (constant !== 0 || parts.length === 0) {
    parts.push(`${constant < 0 ? '-' : '+'}${Math.abs(constant)}`);
  }
  const text = parts.join(' ').replace(/^\+/u, '');
  return modulus === undefined ? text : `(${text}) mod ${modulus}`;
}

function renderAccess(access: AxisAccess, names: readonly string[]): string {
  switch (access.kind) {
    case 'all':
      return ':';
    case 'at':
      return renderIndex(access.index, names);
    case 'range': {
      const step = access.step === 1 ? '' : ` by ${access.step}`;
      return `${renderIndex(access.from, names)}..<${renderIndex(access.to, names)}${step}`;
    }
    case 'list':
      return `{${access.indices.join(', ')}}`;
  }
}

function renderSource(source: Source, inputs: readonly InputTensor[]): string {
  return source.kind === 'input' ? inputs[source.index].name : `C${source.id}`;
}

function renderTerm(term: Term, names: readonly string[], inputs: readonly InputTensor[]): string {
  const source = renderSource(term.source, inputs);
  if (term.kind === 'table') return `+table{${[...term.weights].join(' ')}}·${source}`;
  const sign = term.coefficient < 0 ? '-' : '+';
  const accesses = term.region.accesses.map((access) => renderAccess(access, names));
  const cells = accesses.length === 0 ? '' : `[${accesses.join(', ')}]`;
  return `${sign}${Math.abs(term.coefficient)}·${source}${cells}`;
}

function renderBias(bias: Bias, names: readonly string[]): string[] {
  switch (bias.kind) {
    case 'constant':
      return bias.value === 0 ? [] : [`${bias.value < 0 ? '-' : '+'}${Math.abs(bias.value)}`];
    case 'index':
      return [`+(${renderIndex(bias.value, names)})`];
    case 'table':
      return [`+{${Array.from(bias.values, renderNumber).join(', ')}}`];
  }
}

/** One cluster without its number: axes, extents, activation, terms, bias. */
export function describeCluster(
  cluster: Omit<Cluster, 'id'>,
  inputs: readonly InputTensor[],
): string {
  const names = iteratorNames(cluster);
  const axes = names.length === 0 ? '' : `[${names.join(', ')}]`;
  const extents = cluster.axes.map((axis) => axis.extent).join('×');
  const { activation } = cluster;
  const kind =
    activation.kind === 'leaky-relu' ? `leaky-relu ${activation.slope}` : activation.kind;
  const sum = [
    ...cluster.terms.map((term) => renderTerm(term, names, inputs)),
    ...renderBias(cluster.bias, names),
  ];
  const head = extents === '' ? axes : `${axes} ${extents}`;
  const holes = cluster.members.reduce((count, neuron) => count + (neuron < 0 ? 1 : 0), 0);
  const notes = holes === 0 ? '' : ` without ${holes} points`;
  return `${head}${notes} = ${kind}(${sum.length === 0 ? '0' : sum.join(' ')})`;
}

/**
 * All clusters and outputs as text. Without `members` the text is the same for networks that differ
 * in the order of hidden neurons only.
 */
export function dumpClusterGraph(
  graph: ClusterGraph,
  options: { readonly members?: boolean } = {},
): string {
  const { inputs, outputs } = graph.interface;
  const lines = graph.clusters.map((cluster) => {
    const text = `C${cluster.id}${describeCluster(cluster, inputs)}`;
    if (options.members !== true) return text;
    return `${text}\n  layer ${cluster.layer}: ${cluster.members.join(' ')}`;
  });
  graph.outputs.forEach((values, index) => {
    const text = values.map(({ cluster, rank }) => `C${cluster}#${rank}`).join(', ');
    lines.push(`${outputs[index].name} = ${text}`);
  });
  return `${lines.join('\n')}\n`;
}
