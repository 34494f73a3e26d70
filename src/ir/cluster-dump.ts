/**
 * The ClusterGraph as text, one line for each cluster:
 *
 *   C0[row, column] 28×28 = sign(-1·image[row, :] +1·image[:, column])
 */
import { activationWords, isExtreme, neutralBias } from './activation-words.js';
import type {
  AxisAccess,
  Bias,
  Cluster,
  ClusterGraph,
  Factor,
  Follow,
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
      return `${renderFollow(access.follow)}${renderIndex(access.index, names)}`;
    case 'range': {
      const step = access.step === 1 ? '' : ` by ${access.step}`;
      const modulus = access.modulus === undefined ? '' : ` mod ${access.modulus}`;
      const run = `${renderIndex(access.from, names)}..<${renderIndex(access.to, names)}`;
      return `${renderFollow(access.follow)}${run}${step}${modulus}`;
    }
    case 'list':
      return `{${access.indices.join(', ')}}`;
  }
}

/** `x0 + ` before a position that moves with the position on source axis 0. */
function renderFollow(follow: Follow | undefined): string {
  if (follow === undefined) return '';
  return `${follow.slope < 0 ? '-' : ''}x${follow.axis} + `;
}

function renderFactor(factor: Factor): string {
  const size = Math.abs(factor.slope);
  const step = `${factor.slope < 0 ? '-' : ''}${size === 1 ? '' : `${size}·`}x${factor.axis}`;
  const offset = factor.offset === 0 ? '' : ` ${factor.offset < 0 ? '-' : '+'} ${Math.abs(factor.offset)}`; // prettier-ignore
  const base = factor.kind === 'power' ? `${renderNumber(factor.base)}^` : '';
  return `·${base}(${step}${offset})`;
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
  const factors = (term.factors ?? []).map(renderFactor).join('');
  return `${sign}${Math.abs(term.coefficient)}${factors}·${source}${cells}`;
}

function renderBias(bias: Bias, names: readonly string[]): string[] {
  switch (bias.kind) {
    case 'constant':
      return [`${bias.value < 0 ? '-' : '+'}${Math.abs(bias.value)}`];
    case 'index':
      return [`+(${renderIndex(bias.value, names)})`];
    case 'power': {
      const exponent = `${bias.slope < 0 ? '-' : ''}${names[bias.axis]} + ${bias.offset}`;
      return [`+(${bias.constant} + ${bias.scale}·${bias.base}^(${exponent}))`];
    }
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
  const { activation, bias } = cluster;
  const kind = activationWords(activation);
  const isBiased = bias.kind !== 'constant' || bias.value !== neutralBias(activation);
  const parts = [
    ...cluster.terms.map((term) => renderTerm(term, names, inputs)),
    ...(isBiased ? renderBias(bias, names) : []),
  ];
  const head = extents === '' ? axes : `${axes} ${extents}`;
  const holes = cluster.members.reduce((count, neuron) => count + (neuron < 0 ? 1 : 0), 0);
  const notes = holes === 0 ? '' : ` without ${holes} points`;
  const joined = parts.join(isExtreme(activation) ? ', ' : ' ');
  return `${head}${notes} = ${kind}(${parts.length === 0 ? '0' : joined})`;
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
