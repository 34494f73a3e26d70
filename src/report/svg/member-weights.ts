/**
 * What the pictures show of a cluster: a few members that stand for all (first, middle, last along each
 * axis), and their weights on every cell of every source, all terms added up.
 */
import type { Cluster, ClusterGraph, Source } from '../../ir/cluster.js';
import { sizeOf } from '../../ir/model-interface.js';
import { visitTerm } from '../../ir/region-cells.js';
import { sourceShape, sourceText } from '../formula.js';
import { pointOf } from '../inspect/points.js';

export interface SourceWeights {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major over the shape; NaN where the source has no member. */
  readonly weights: Float64Array;
}

/** Ranks of the members that are drawn, ascending; ranks without a member give way to the next one. */
export function chooseMembers({ axes, members }: Cluster): readonly number[] {
  const extents = axes.map(({ extent }) => extent);
  const corners = [
    extents.map(() => 0),
    ...extents.map((extent, axis) => extents.map((_, at) => (at === axis ? extent - 1 : 0))),
    extents.map((extent) => Math.floor((extent - 1) / 2)),
    extents.map((extent) => extent - 1),
  ];
  const ranks = corners.map((point) =>
    memberNear(
      members,
      point.reduce((rank, position, axis) => rank * extents[axis] + position, 0),
    ),
  );
  return [...new Set(ranks)].sort((a, b) => a - b);
}

/** The member at a rank, or the one after it, or the one before it. */
function memberNear(members: Int32Array, rank: number): number {
  for (let at = rank; at < members.length; at++) if (members[at] >= 0) return at;
  for (let at = rank; at >= 0; at--) if (members[at] >= 0) return at;
  return rank;
}

/** The sources of a cluster, each once, in the order of its terms. */
export function sourcesOf({ terms }: Cluster): readonly Source[] {
  const byKey = new Map(
    terms.map(({ source }) => [
      source.kind === 'input' ? `input ${source.index}` : `cluster ${source.id}`,
      source,
    ]),
  );
  return [...byKey.values()];
}

/** The weights of one member (by rank) on the cells of a source. */
export function weightsOn(
  source: Source,
  rank: number,
  cluster: Cluster,
  graph: ClusterGraph,
): SourceWeights {
  const shape = sourceShape(source, graph);
  const size = sizeOf(shape);
  const weights = new Float64Array(size);
  const point = pointOf(
    rank,
    cluster.axes.map(({ extent }) => extent),
  );
  for (const term of cluster.terms) {
    if (!sameSource(term.source, source)) continue;
    if (term.kind === 'table') {
      for (let cell = 0; cell < size; cell++) weights[cell] += term.weights[rank * size + cell];
    } else {
      visitTerm(term, shape, point, (cell, weight) => {
        weights[cell] += weight;
      });
    }
  }
  if (source.kind === 'cluster') {
    graph.clusters[source.id].members.forEach((member, cell) => {
      if (member < 0) weights[cell] = NaN;
    });
  }
  return { name: sourceText(source, graph), shape, weights };
}

function sameSource(a: Source, b: Source): boolean {
  if (a.kind === 'input') return b.kind === 'input' && a.index === b.index;
  return b.kind === 'cluster' && a.id === b.id;
}
