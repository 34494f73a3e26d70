/** One cluster as a box: its title, formula and key, then a few of its members side by side. */
import type { Cluster, ClusterGraph, TableTerm } from '../../ir/cluster.js';
import { formulaUnits, membersText } from '../inspect/cluster-lines.js';
import { ListNames } from '../inspect/list-names.js';
import { pointOf } from '../inspect/points.js';
import { wrapUnits } from '../inspect/text.js';
import { axisNames } from '../regions.js';
import { sourceText } from '../formula.js';
import { charactersIn, flow, stack, textBox } from './layout.js';
import type { Box } from './layout.js';
import { legendBox } from './legend.js';
import { chooseMembers, sourcesOf, weightsOn } from './member-weights.js';
import type { SourceWeights } from './member-weights.js';
import { heatMap, sourceBox } from './source-box.js';

/** Sources of one cluster that are drawn. */
const MOST_SOURCES = 24;

const SOURCE_GAP = 10;
const MEMBER_GAP = 18;
const PART_GAP = 8;

/** The picture of a cluster in a given width. */
export function clusterBox(cluster: Cluster, graph: ClusterGraph, width: number): Box {
  const lists = new ListNames();
  const columns = charactersIn(width, 'formula');
  const formula = wrapUnits(formulaUnits(cluster, graph, lists), columns, 4);
  const title = `cluster ${cluster.id} in layer ${cluster.layer + 1}: ${membersText(cluster)}`;
  const titleLines = wrapUnits(title.split(' '), charactersIn(width, 'title'), 2);
  const all = sourcesOf(cluster);
  const sources = all.slice(0, MOST_SOURCES);
  const members = chooseMembers(cluster).map((rank) => ({
    rank,
    parts: sources.map((source) => weightsOn(source, rank, cluster, graph)),
  }));
  const shown = new Set(members.flatMap(({ parts }) => parts.flatMap(distinctWeights)));
  const tables = cluster.terms.filter((term): term is TableTerm => term.kind === 'table');
  const largest = Math.max(
    ...[...shown].map(Math.abs),
    ...tables.map(({ weights }) =>
      weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0),
    ),
    0,
  );
  for (const { weights } of tables) for (const weight of distinct(weights)) shown.add(weight);
  const rows = [
    heatMaps(cluster, tables, graph, largest),
    members.map(({ rank, parts }) => memberBox(rank, parts, cluster, largest, width)),
  ].filter((boxes) => boxes.some(({ width: taken }) => taken > 0));
  const more = all.length - sources.length;
  return stack(
    [
      stack(titleLines.map((line) => textBox('title', line))),
      stack([...formula, ...lists.lines(columns)].map((line) => textBox('formula', line))),
      ...(shown.size === 0 ? [] : [legendBox(shown, largest, width)]),
      ...rows.map((boxes) => flow(boxes, MEMBER_GAP, width)),
      ...(more > 0 ? [textBox('caption', `… and ${more} more sources`)] : []),
    ],
    PART_GAP,
  );
}

function memberBox(
  rank: number,
  parts: readonly SourceWeights[],
  cluster: Cluster,
  largest: number,
  width: number,
): Box {
  const names = axisNames(cluster);
  const point = pointOf(
    rank,
    cluster.axes.map(({ extent }) => extent),
  );
  const caption = point.map((position, axis) => `${names[axis]} ${position}`).join(', ');
  const boxes = parts.map((part) => sourceBox(part, largest, width));
  const row = flow(boxes, SOURCE_GAP, width);
  return caption === '' ? row : stack([textBox('body', caption), row]);
}

/** All members against all cells, for tables of more than one member. */
function heatMaps(
  { members }: Cluster,
  tables: readonly TableTerm[],
  graph: ClusterGraph,
  largest: number,
): readonly Box[] {
  if (members.length < 2) return [];
  return tables.map(({ source, weights }) => {
    const matrix = { rows: members.length, columns: weights.length / members.length, weights };
    return heatMap(sourceText(source, graph), matrix, largest);
  });
}

function distinctWeights({ weights }: SourceWeights): readonly number[] {
  return distinct(weights);
}

/** The distinct values, without those of cells that do not exist. */
function distinct(weights: Float64Array): readonly number[] {
  return [...new Set(weights)]
    .filter((weight) => !Number.isNaN(weight))
    .map((weight) => weight + 0);
}
