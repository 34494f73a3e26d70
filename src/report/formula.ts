/**
 * A cluster's value as a formula over its iterators: the names, the terms, the bias. `Σ` adds up the
 * cells of a region of more than one.
 */
import { activationWords, isExtreme, neutralBias } from '../ir/activation-words.js';
import type { Bias, Cluster, ClusterGraph, Source, Term } from '../ir/cluster.js';
import { counted, numberText, signedText, withFactor } from './numbers.js';
import { axisNames, factorText, indexText, isSingleCell, joinTerms } from './regions.js';
import { listText, regionText } from './regions.js';
import type { ListText } from './regions.js';

/** The name of an input, or `cluster 3`. */
export function sourceText(source: Source, { interface: model }: ClusterGraph): string {
  return source.kind === 'input' ? model.inputs[source.index].name : `cluster ${source.id}`;
}

/** The extents of a source's axes. */
export function sourceShape(source: Source, graph: ClusterGraph): readonly number[] {
  return source.kind === 'input'
    ? graph.interface.inputs[source.index].shape
    : graph.clusters[source.id].axes.map(({ extent }) => extent);
}

/** The cells that a term reads: `image[:, column]`, or how many weights its table holds. */
export function cellsText(
  term: Term,
  names: readonly string[],
  graph: ClusterGraph,
  list: ListText = listText,
): string {
  const source = sourceText(term.source, graph);
  if (term.kind === 'table')
    return `table of ${counted(term.weights.length, 'weight')} · ${source}`;
  return regionText(source, term.region, names, list, term.factors);
}

/** A term with its sign and factors: `− 2 · Σ 2^p · bits[p]`. */
export function termText(
  term: Term,
  names: readonly string[],
  graph: ClusterGraph,
  list: ListText = listText,
): string {
  const cells = cellsText(term, names, graph, list);
  if (term.kind === 'table') return `+ ${cells}`;
  const factors = (term.factors ?? []).map((factor) => `${factorText(factor)} · `).join('');
  const sum = isSingleCell(term.region) ? '' : 'Σ ';
  return withFactor(term.coefficient, ' · ', `${sum}${factors}${cells}`);
}

/** A bias as the value of a member. */
export function biasText(bias: Bias, names: readonly string[], list: ListText = listText): string {
  switch (bias.kind) {
    case 'constant':
      return numberText(bias.value);
    case 'index':
      return indexText(bias.value, names, list);
    case 'power': {
      const { axis, slope, offset, base, scale, constant } = bias;
      const parts = [withFactor(slope, '·', names[axis])];
      if (offset !== 0) parts.push(signedText(offset));
      const exponent = parts.length === 1 && slope > 0 ? names[axis] : `(${joinTerms(parts)})`;
      const power = withFactor(scale, ' · ', `${base}^${exponent}`);
      return joinTerms(constant === 0 ? [power] : [power, signedText(constant)]);
    }
    case 'table':
      return `table of ${counted(bias.values.length, 'bias')}`;
  }
}

/** The terms of a cluster as they are read: one that is added stands first. */
export function orderedTerms({ terms }: Cluster): readonly Term[] {
  const first = terms.findIndex((term) => term.kind === 'table' || term.coefficient > 0);
  return first > 0 ? [terms[first], ...terms.filter((_, at) => at !== first)] : terms;
}

/** The terms and the bias of a cluster, each with its sign. */
export function signedTerms(
  cluster: Cluster,
  graph: ClusterGraph,
  list: ListText = listText,
): readonly string[] {
  const names = axisNames(cluster);
  const texts = orderedTerms(cluster).map((term) => termText(term, names, graph, list));
  if (!isNeutral(cluster) || texts.length === 0) {
    const text = biasText(cluster.bias, names, list);
    texts.push(text.startsWith('−') ? `− ${text.slice(1)}` : `+ ${text}`);
  }
  const first = texts.findIndex((text) => text.startsWith('+'));
  return first > 0 ? [texts[first], ...texts.filter((_, at) => at !== first)] : texts;
}

/** Whether the bias of a cluster adds nothing, or takes no part. */
export function isNeutral({ bias, activation }: Cluster): boolean {
  return bias.kind === 'constant' && bias.value === neutralBias(activation);
}

/** `sign(Σ image[:, column] − Σ image[row, :])`, `max(x[0], x[1])`. */
export function formulaText(cluster: Cluster, graph: ClusterGraph): string {
  const { activation } = cluster;
  const terms = signedTerms(cluster, graph);
  const inner = isExtreme(activation) ? terms.map(aloneText).join(', ') : joinTerms(terms);
  return activation.kind === 'identity' ? inner : `${activationWords(activation)}(${inner})`;
}

/** A signed term where nothing stands before it; several cells of one region are compared, not summed. */
export function aloneText(term: string): string {
  return joinTerms([term]).replace('Σ ', '');
}
