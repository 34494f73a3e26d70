/**
 * Finds rows that are copies of each other on a circle: along some axis of a source a pattern moves
 * past the border and comes back on the other side. Whether an axis is a circle is decided by the
 * class (some members cross the border, others do not), never by one row.
 *
 *   ■■···■  ■■■···  ·■■■··   one class; told in a frame where nothing crosses, then moved back
 */
import type { Arc } from './arcs.js';
import { arcOf, crossesBorder } from './arcs.js';
import { mixCell } from './hash.js';
import type { Part } from './parts.js';
import type { Access } from './region.js';
import type { PlacedTerm } from './signatures.js';
import type { SourceMap, SourceTensor } from './sources.js';
import type { RowShape } from './transfer.js';
import { hashWeights } from './transfer.js';

/** How a row lies over one source: for each axis the place that counts as 0. */
interface Placement {
  readonly tensor: number;
  readonly arcs: readonly (Arc | undefined)[];
}

/** Rows that are equal but for where they stand. */
export interface WrapClass {
  readonly rows: readonly number[];
  /** For each part of a row, for each axis of its source: whether the axis is a circle. */
  readonly wraps: readonly (readonly boolean[])[];
  /** For each of `rows`, for each part: where the part begins along each axis. */
  readonly starts: readonly (readonly (readonly number[])[])[];
  /** The same, where the middle of the arc is a position of the source. */
  readonly anchors: readonly (readonly (readonly number[])[])[];
}

/** The classes among `rows` (of one shape) with an axis that is a circle. */
export function wrapClasses(
  rows: readonly number[],
  parts: readonly (readonly Part[])[],
  shapes: readonly RowShape[],
  map: SourceMap,
): WrapClass[] {
  if (rows.length < 2) return [];
  const placements = new Map<number, readonly Placement[]>();
  let crossing = 0;
  for (const row of rows) {
    const own = parts[row].map(({ tensor }) => placePart(tensor, shapes[row], map));
    if (crossings(own, map).some((axes) => axes.includes(true))) crossing++;
    placements.set(row, own);
  }
  if (crossing === 0) return [];
  const cyclic = groupBy(rows, (row) =>
    relativeHash(parts[row], startsOf(placements.get(row) ?? [], undefined), map),
  );
  return cyclic.flatMap((members) => {
    const own = members.map((row) => placements.get(row) ?? []);
    const wraps = circlesOf(own, map);
    if (!wraps.some((axes) => axes.includes(true))) return [];
    const byForm = groupBy(members, (row) =>
      relativeHash(parts[row], startsOf(placements.get(row) ?? [], wraps), map),
    );
    return byForm
      .filter((group) => group.length > 1)
      .map((group) => ({
        rows: group,
        wraps,
        starts: group.map((row) => startsOf(placements.get(row) ?? [], wraps)),
        anchors: group.map((row) => anchorsOf(placements.get(row) ?? [], wraps, map)),
      }));
  });
}

function placePart(tensor: number, shape: RowShape, map: SourceMap): Placement {
  const { hasHoles } = map.tensors[tensor];
  const axes = shape.axes.get(tensor) ?? [];
  return { tensor, arcs: axes.map(({ slabs }) => (hasHoles ? undefined : arcOf(slabs))) };
}

function crossings(placements: readonly Placement[], map: SourceMap): boolean[][] {
  return placements.map(({ tensor, arcs }) =>
    arcs.map(
      (arc, axis) => arc !== undefined && crossesBorder(arc, map.tensors[tensor].shape[axis]),
    ),
  );
}

/** The axes along which some members cross the border and others do not. */
function circlesOf(members: readonly (readonly Placement[])[], map: SourceMap): boolean[][] {
  const crossed = members.map((own) => crossings(own, map));
  return crossed[0].map((axes, part) =>
    axes.map((_, axis) => {
      const count = crossed.reduce((sum, own) => sum + (own[part][axis] ? 1 : 0), 0);
      return count > 0 && count < members.length;
    }),
  );
}

/** Where each part begins: on a circle at its arc, else (with `wraps`) at its first position. */
function startsOf(
  placements: readonly Placement[],
  wraps: readonly (readonly boolean[])[] | undefined,
): number[][] {
  return placements.map(({ arcs }, part) =>
    arcs.map((arc, axis) => {
      if (arc === undefined) return 0;
      return wraps === undefined || wraps[part][axis] ? arc.start : arc.low;
    }),
  );
}

function anchorsOf(
  placements: readonly Placement[],
  wraps: readonly (readonly boolean[])[],
  map: SourceMap,
): number[][] {
  return placements.map(({ tensor, arcs }, part) =>
    arcs.map((arc, axis) => {
      if (arc === undefined) return 0;
      if (!wraps[part][axis]) return arc.low;
      const extent = map.tensors[tensor].shape[axis];
      const middle = arc.start + ((arc.length - 1) >> 1);
      return middle < extent ? arc.start : arc.start - extent;
    }),
  );
}

function groupBy(rows: readonly number[], keyOf: (row: number) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** A hash of the cells relative to the starts; equal for rows that are copies of each other. */
function relativeHash(
  parts: readonly Part[],
  starts: readonly (readonly number[])[],
  map: SourceMap,
): string {
  const words = parts.map((part, index) => {
    const moved = movePositions(part, map.tensors[part.tensor], starts[index]);
    const hashes = hashWeights(part.weights);
    let low = 0;
    let high = 0;
    for (let k = 0; k < moved.length; k++) {
      low = (low + mixCell(moved[k], hashes[k])) | 0;
      high = (high + mixCell(hashes[k], moved[k])) | 0;
    }
    return `${part.tensor}:${low},${high}`;
  });
  return words.join(' ');
}

/** Row-major positions after every coordinate was lowered by its start, modulo the extents. */
function movePositions(
  { positions }: Part,
  { shape, strides }: SourceTensor,
  starts: readonly number[],
): Int32Array {
  const moved = new Int32Array(positions.length);
  for (let axis = 0; axis < shape.length; axis++) {
    const extent = shape[axis];
    const stride = strides[axis];
    const shift = extent - starts[axis];
    for (let k = 0; k < positions.length; k++) {
      const coordinate = ((positions[k] / stride) | 0) % extent;
      moved[k] += ((coordinate + shift) % extent) * stride;
    }
  }
  return moved;
}

/** The parts of member `index` in the frame of its class: circles turned so that nothing crosses. */
export function frameParts(
  own: WrapClass,
  index: number,
  parts: readonly Part[],
  map: SourceMap,
): Part[] {
  return parts.map((part, k) => {
    const starts = own.starts[index][k].map((start, axis) => (own.wraps[k][axis] ? start : 0));
    const moved = movePositions(part, map.tensors[part.tensor], starts);
    const order = Array.from(moved.keys()).sort((a, b) => moved[a] - moved[b]);
    return {
      tensor: part.tensor,
      positions: Int32Array.from(order, (at) => moved[at]),
      weights: Float64Array.from(order, (at) => part.weights[at]),
    };
  });
}

/** Terms found in the frame of member `from`, at the place of member `to`. */
export function unframeTerms(
  own: WrapClass,
  from: number,
  to: number,
  terms: readonly PlacedTerm[],
  parts: readonly Part[],
  map: SourceMap,
): PlacedTerm[] {
  return terms.map((term) => {
    const part = parts.findIndex(({ tensor }) => tensor === term.tensor);
    const { shape } = map.tensors[term.tensor];
    const shifts = shape.map((_, axis) =>
      own.wraps[part][axis]
        ? own.anchors[to][part][axis]
        : own.anchors[to][part][axis] - own.anchors[from][part][axis],
    );
    return {
      ...term,
      accesses: term.accesses.map((access, axis) =>
        moveAccess(access, shifts, axis, own.wraps[part][axis] ? shape[axis] : undefined),
      ),
    };
  });
}

function moveAccess(
  access: Access,
  shifts: readonly number[],
  axis: number,
  modulus: number | undefined,
): Access {
  if (access.kind === 'all') return access;
  const followed = 'follow' in access ? access.follow : undefined;
  const led = followed === undefined ? 0 : followed.slope * shifts[followed.axis];
  const shift = shifts[axis] - led;
  const wrap = modulus === undefined ? {} : { modulus };
  switch (access.kind) {
    case 'at':
      return { ...access, ...wrap, index: access.index + shift };
    case 'range':
      return { ...access, ...wrap, from: access.from + shift, to: access.to + shift };
    case 'list': {
      const moved = access.indices.map((index) =>
        modulus === undefined ? index + shift : (index + shift + modulus) % modulus,
      );
      return { kind: 'list', indices: moved.sort((a, b) => a - b) };
    }
  }
}
