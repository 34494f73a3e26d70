/** One cluster in the account: who its members are, their formula, what each term reads. */
import { activationWords, isExtreme } from '../../ir/activation-words.js';
import type { Bias, Cluster, ClusterGraph, TableTerm, Term } from '../../ir/cluster.js';
import { neuronsOf } from '../clusters.js';
import {
  aloneText,
  biasText,
  cellsText,
  isNeutral,
  orderedTerms,
  signedTerms,
  sourceText,
} from '../formula.js';
import { counted, listed, numberText } from '../numbers.js';
import { axisNames, factorText, joinTerms, patternOf } from '../regions.js';
import { ListNames } from './list-names.js';
import type { Readers } from './readers.js';
import { LINE_WIDTH, alignColumns, wrapText, wrapUnits } from './text.js';
import type { Column } from './text.js';
import { cellCount, regionWords } from './words.js';

/** Terms of one cluster that are shown. */
const MOST_TERMS = 12;

/** Readers that are named. */
const MOST_READERS = 12;

const COLUMNS: readonly Column[] = [
  { title: 'weight', align: 'right', most: 14 },
  { title: 'reads', align: 'left', most: 34 },
  { title: 'cells', align: 'right', most: 9 },
  { title: 'pattern', align: 'left', most: 8 },
  { title: 'in words', align: 'left', most: 36 },
];

const INDENT = '    ';

/** The lines of a cluster; none is longer than the account is wide. */
export function clusterLines(
  cluster: Cluster,
  graph: ClusterGraph,
  readers: readonly Readers[],
): readonly string[] {
  const lists = new ListNames();
  const width = LINE_WIDTH - INDENT.length;
  const formula = wrapUnits(formulaUnits(cluster, graph, lists), width, 4);
  const rows = termRows(cluster, graph, lists);
  const body = [
    ...formula,
    ...lists.lines(width),
    '',
    ...alignColumns(COLUMNS, rows),
    ...noteLines(cluster, readers[cluster.id]).flatMap((note) => wrapText(note, width)),
  ];
  return [
    ...wrapText(`cluster ${cluster.id}: ${membersText(cluster)}`, LINE_WIDTH, 2),
    '',
    ...body.map((line) => (line === '' ? '' : `${INDENT}${line}`)),
  ];
}

/** `784 neurons, one for each row (28) × column (28)`. */
export function membersText(cluster: Cluster): string {
  const { axes, unexplained, members } = cluster;
  const count = neuronsOf(cluster).length;
  const names = axisNames(cluster);
  const over = axes.map(({ extent }, axis) => `${names[axis]} (${extent})`).join(' × ');
  const some =
    count === members.length ? 'one for each' : `at ${count} of the ${members.length} points`;
  const each = over === '' ? '' : `, ${some} ${over}`;
  const open = unexplained ? '; no pattern found' : '';
  return `${counted(count, 'neuron')}${each}${open}`;
}

/** The formula, cut after the terms that are shown, in pieces between which a line may end. */
export function formulaUnits(
  cluster: Cluster,
  graph: ClusterGraph,
  lists: ListNames,
): readonly string[] {
  const terms = signedTerms(cluster, graph, lists.text);
  const more = terms.length - MOST_TERMS - 1;
  const shown = more > 0 ? [...terms.slice(0, MOST_TERMS), `+ … ${more + 1} more terms`] : terms;
  const units = isExtreme(cluster.activation)
    ? shown.map((term, k) => `${aloneText(term)}${k < shown.length - 1 ? ',' : ''}`)
    : [joinTerms(shown.slice(0, 1)), ...shown.slice(1)];
  if (cluster.activation.kind === 'identity') return units;
  units[0] = `${activationWords(cluster.activation)}(${units[0]}`;
  units[units.length - 1] += ')';
  return units;
}

function termRows(
  cluster: Cluster,
  graph: ClusterGraph,
  lists: ListNames,
): readonly (readonly string[])[] {
  const names = axisNames(cluster);
  const rows = orderedTerms(cluster)
    .slice(0, MOST_TERMS)
    .map((term) => {
      if (term.kind === 'table') return tableRow(term, cluster, graph);
      const words = regionWords(term, cluster, graph, lists.text);
      const count = cellCount(term, cluster, graph);
      const reads = cellsText(term, names, graph, lists.text);
      return [weightText(term), reads, count, patternOf(term.region), words];
    });
  const more = cluster.terms.length - rows.length;
  if (more > 0) rows.push(['…', `${more} more terms`]);
  if (!isNeutral(cluster)) {
    rows.push(biasRow(cluster.bias, names, lists));
  }
  return rows;
}

/** `+1`, `−2.5 · 2^p`. */
function weightText(term: Term): string {
  if (term.kind === 'table') return '';
  const number = numberText(term.coefficient);
  const sign = term.coefficient < 0 ? number : `+${number}`;
  return [sign, ...(term.factors ?? []).map(factorText)].join(' · ');
}

function tableRow(term: TableTerm, cluster: Cluster, graph: ClusterGraph): string[] {
  const { weights } = term;
  const [least, most] = extremes(weights);
  const zeros = weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0);
  const share = zeros === 0 ? '' : `, ${Math.round((100 * zeros) / weights.length)} % of them 0`;
  const cells = weights.length / cluster.members.length;
  return [
    spanText(least, most),
    sourceText(term.source, graph),
    String(cells),
    'table',
    `every cell, with ${counted(weights.length, 'weight')} of its own${share}`,
  ];
}

function biasRow(bias: Bias, names: readonly string[], lists: ListNames): string[] {
  if (bias.kind === 'constant') return [numberText(bias.value).replace(/^(?!−)/, '+'), 'bias'];
  if (bias.kind !== 'table') return ['', `bias ${biasText(bias, names, lists.text)}`];
  const [least, most] = extremes(bias.values);
  return [spanText(least, most), 'bias', '', '', 'one for each member'];
}

/** How the members decide on noise, and who reads them. */
function noteLines(cluster: Cluster, readers: Readers): readonly string[] {
  const notes: string[] = [];
  const spread = Math.max(
    0,
    ...cluster.terms.map((term) => (term.kind === 'region' ? term.spread : 0)),
  );
  if (spread > 0)
    notes.push(`stored weights differ from these by at most ${digits(spread)}, to scale`);
  if (cluster.tieBounds !== undefined) {
    const most = digits(extremes(cluster.tieBounds)[1]);
    notes.push(`sums within ${most} of 0 count as 0 (tie rule)`);
  }
  if (cluster.snapError !== undefined && cluster.snapError > 0) {
    notes.push(`sums differ from the stored network's by at most ${digits(cluster.snapError)}`);
  }
  const names = readers.clusters.slice(0, MOST_READERS).map((id) => `cluster ${id}`);
  const more = readers.clusters.length - names.length;
  if (more > 0) names.push(`${more} more`);
  const by = [...names, ...readers.outputs.map((output) => `the output ${output}`)];
  if (by.length > 0) notes.push(`read by ${listed(by)}`);
  return notes.length === 0 ? [] : ['', ...notes];
}

function extremes(values: ArrayLike<number>): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    least = Math.min(least, values[at]);
    most = Math.max(most, values[at]);
  }
  return [least, most];
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function spanText(least: number, most: number): string {
  return least === most ? shortText(least) : `${shortText(least)} … ${shortText(most)}`;
}

function shortText(value: number): string {
  return numberText(Number(value.toPrecision(3)));
}
