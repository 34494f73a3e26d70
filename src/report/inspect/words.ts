/**
 * What a term reads, in words for a reader who does not know the notation: `every row, this column`,
 * `the next row, row 0`, `cells i − 1 to i + 1 (wrapping round)`; and how many cells that is.
 */
import type { AxisAccess, Cluster, ClusterGraph, IndexExpression } from '../../ir/cluster.js';
import type { RegionTerm } from '../../ir/cluster.js';
import { axisNamesOf } from '../../ir/model-interface.js';
import { plural } from '../../ir/words.js';
import { evaluateIndex, positionsOf, visitAccesses } from '../../ir/region-cells.js';
import { sourceShape } from '../formula.js';
import { listed } from '../numbers.js';
import { axisNames, followOf, followText, indexText, positionName, varies } from '../regions.js';
import type { ListText } from '../regions.js';
import { pointOf } from './points.js';

/** Cells that are visited at most for counting them; beyond it the count is left out. */
const MOST_VISITS = 2_000_000;

/** Features that are listed by name. */
const MOST_FEATURES = 5;

/** The cells of a region term in words, one part for each axis of the source. */
export function regionWords(
  term: RegionTerm,
  cluster: Cluster,
  graph: ClusterGraph,
  list: ListText,
): string {
  const { source, region } = term;
  const shape = sourceShape(source, graph);
  if (shape.length === 0) return 'its value';
  const features = namedFeatures(term, graph);
  if (features !== undefined) return features;
  const words = axisWords(term, graph);
  const names = axisNames(cluster);
  const followed = new Set(region.accesses.map((access) => followOf(access)?.axis));
  const parts = region.accesses.map((access, axis) => {
    const text = accessWords(access, words[axis], names, list);
    return followed.has(axis) ? `${text} (${positionName(axis)})` : text;
  });
  const leaves = region.accesses.some((access, axis) => leavesSource(access, shape[axis], cluster));
  return `${parts.join(', ')}${leaves ? '; outside counts as 0' : ''}`;
}

/** The names of the features that every member reads, when they have names and are few. */
function namedFeatures({ source, region }: RegionTerm, graph: ClusterGraph): string | undefined {
  if (source.kind === 'cluster') return undefined;
  const { features, shape } = graph.interface.inputs[source.index];
  if (features === undefined || shape.length !== 1) return undefined;
  const [access] = region.accesses;
  if (access.kind === 'all') return undefined;
  if (access.kind === 'at' && varies(access.index)) return undefined;
  if (access.kind === 'range' && (varies(access.from) || varies(access.to))) return undefined;
  const positions = positionsOf(access, [], shape[0]);
  return positions.length > MOST_FEATURES
    ? undefined
    : listed(positions.map((position) => features[position]));
}

/** The least and the largest number of cells that the members read, `28` or `2 to 3`. */
export function cellCount(term: RegionTerm, cluster: Cluster, graph: ClusterGraph): string {
  const { source, region } = term;
  const shape = sourceShape(source, graph);
  const holes = source.kind === 'cluster' ? graph.clusters[source.id].members : undefined;
  const extents = cluster.axes.map(({ extent }) => extent);
  let [least, most, visits] = [Infinity, 0, 0];
  for (let rank = 0; rank < cluster.members.length; rank++) {
    if (cluster.members[rank] < 0) continue;
    let count = 0;
    visitAccesses(region.accesses, shape, pointOf(rank, extents), (cell) => {
      visits++;
      if (holes === undefined || holes[cell] >= 0) count++;
    });
    least = Math.min(least, count);
    most = Math.max(most, count);
    if (visits > MOST_VISITS) return '';
  }
  return least === most ? String(most) : `${least} to ${most}`;
}

/** A singular word for each axis of a term's source. */
function axisWords({ source }: RegionTerm, graph: ClusterGraph): readonly string[] {
  const names =
    source.kind === 'input'
      ? axisNamesOf(graph.interface.inputs[source.index])
      : graph.clusters[source.id].axes.map(({ name }) => name);
  const lone = source.kind === 'input' ? 'cell' : 'member';
  return names.map((name, axis) => name ?? (names.length === 1 ? lone : `axis ${axis + 1}`));
}

function accessWords(
  access: AxisAccess,
  word: string,
  names: readonly string[],
  list: ListText,
): string {
  const follow = followOf(access);
  const moved = (text: string): string => followText(text, follow);
  switch (access.kind) {
    case 'all':
      return `every ${word}`;
    case 'at':
      return follow === undefined
        ? positionWords(access.index, word, names, list)
        : `${word} ${moved(indexText(access.index, names, list))}`;
    case 'list':
      return `${several(word)} ${list(access.indices)}`;
    case 'range': {
      const first = moved(indexText(access.from, names, list));
      const last = moved(
        access.to.kind === 'lookup'
          ? `${indexText(access.to, names, list)} − 1`
          : indexText(before(access.to), names, list),
      );
      // `row − 1 to row + 1` says of itself that it speaks of rows.
      const noun = first.startsWith(word) ? '' : `${several(word)} `;
      const every = access.step === 1 ? noun : `every ${ordinal(access.step)} ${word} from `;
      return `${every}${first} to ${last}${access.modulus === undefined ? '' : ' (wrapping round)'}`;
    }
  }
}

/** `this row`, `the next row`, `row 3`, `row 2·i`. */
function positionWords(
  index: IndexExpression,
  word: string,
  names: readonly string[],
  list: ListText,
): string {
  const shift = shiftOf(index, names.indexOf(word));
  if (shift === undefined) return `${word} ${indexText(index, names, list)}`;
  const round = index.kind === 'affine' && index.modulus !== undefined ? ' (wrapping round)' : '';
  if (shift === 0) return `this ${word}`;
  if (Math.abs(shift) === 1) return `the ${shift > 0 ? 'next' : 'previous'} ${word}${round}`;
  return `${Math.abs(shift)} ${several(word)} ${shift > 0 ? 'on' : 'back'}${round}`;
}

/** k where an index is iterator + k, the shorter way round for a modulus. */
function shiftOf(index: IndexExpression, axis: number): number | undefined {
  if (index.kind === 'lookup' || axis < 0) return undefined;
  const { coefficients, constant, modulus } = index;
  if (!coefficients.every((coefficient, at) => coefficient === (at === axis ? 1 : 0))) {
    return undefined;
  }
  return modulus !== undefined && constant > modulus / 2 ? constant - modulus : constant;
}

/** The index that is one less. */
function before(index: IndexExpression): IndexExpression {
  return index.kind === 'affine'
    ? { ...index, constant: index.constant - 1 }
    : { ...index, values: index.values.map((value) => value - 1) };
}

function several(word: string): string {
  if (word.length === 1) return word;
  return word.startsWith('axis ') ? `${word}:` : plural(word);
}

function ordinal(count: number): string {
  return count === 2 ? 'second' : count === 3 ? 'third' : `${count}th`;
}

/** Whether some member's access leaves its source, a border that counts as 0. */
function leavesSource(access: AxisAccess, extent: number, cluster: Cluster): boolean {
  if (access.kind === 'all' || access.kind === 'list' || access.follow !== undefined) return false;
  const extents = cluster.axes.map((axis) => axis.extent);
  const indices = access.kind === 'at' ? [access.index] : [access.from, before(access.to)];
  if (access.kind === 'range' && access.modulus !== undefined) return false;
  return cluster.members.some((member, rank) => {
    if (member < 0) return false;
    const point = pointOf(rank, extents);
    return indices.some((index) => {
      const position = evaluateIndex(index, point);
      return position < 0 || position >= extent;
    });
  });
}
