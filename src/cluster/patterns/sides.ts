/**
 * Cells of each weight along each axis of a residual, and boxes cut down to where a weight is dense:
 * sides that hold it in less than half of their cells go, worst first. Linear in the cells.
 */
import type { Residual } from '../residual.js';

/** The cells of one weight class at each coordinate, for each axis. */
export type SideCounts = readonly Int32Array[];

/** The counts of each weight class. */
export function countSides({
  cells,
  classOf,
  classes,
  count,
  shape,
  coordinates,
}: Residual): SideCounts[] {
  const counts = classes.map(() => shape.map((extent) => new Int32Array(extent)));
  for (let axis = 0; axis < shape.length; axis++) {
    const coordinate = coordinates[axis];
    for (let k = 0; k < count; k++) counts[classOf[k]][axis][coordinate[cells[k]]]++;
  }
  return counts;
}

/** A box: the first and last position along each axis. */
export interface Box {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

interface TrimmedBox extends Box {
  /** Cells of the class in it. */
  readonly held: number;
}

/**
 * The box of a class without the sides that hold the weight in less than half of their cells; `undefined`
 * where there are none. `counts` are those of the class.
 */
export function trimSides(
  residual: Residual,
  index: number,
  counts: SideCounts,
): TrimmedBox | undefined {
  const low = counts.map((own) => own.findIndex((cells) => cells > 0));
  const high = counts.map((own) => own.findLastIndex((cells) => cells > 0));
  const left = counts.map((own) => own.slice());
  const slabs = new Map<number, CellsByPosition>();
  for (;;) {
    const side = worstSide(left, low, high);
    if (side === undefined) {
      if (slabs.size === 0) return undefined;
      const held = left[0].subarray(low[0], high[0] + 1).reduce((sum, cells) => sum + cells, 0);
      return { low, high, held };
    }
    const { axis, isLow } = side;
    const slab = slabs.get(axis) ?? sortCells(residual, index, axis);
    slabs.set(axis, slab);
    takeSlab(residual, slab, isLow ? low[axis] : high[axis], { low, high }, left);
    if (isLow) low[axis]++;
    else high[axis]--;
  }
}

/** Takes the cells of a slab of the box out of the counts. */
function takeSlab(
  { coordinates }: Residual,
  { starts, cells }: CellsByPosition,
  position: number,
  { low, high }: Box,
  left: SideCounts,
): void {
  const axes = low.length;
  for (let k = starts[position]; k < starts[position + 1]; k++) {
    let isInside = true;
    for (let own = 0; own < axes && isInside; own++) {
      const at = coordinates[own][cells[k]];
      isInside = at >= low[own] && at <= high[own];
    }
    if (!isInside) continue;
    for (let own = 0; own < axes; own++) left[own][coordinates[own][cells[k]]]--;
  }
}

function worstSide(
  left: SideCounts,
  low: readonly number[],
  high: readonly number[],
): { readonly axis: number; readonly isLow: boolean } | undefined {
  let volume = 1;
  for (let axis = 0; axis < low.length; axis++) volume *= high[axis] - low[axis] + 1;
  let worst: { axis: number; isLow: boolean } | undefined;
  let share = 0.5;
  for (let axis = 0; axis < low.length; axis++) {
    const length = high[axis] - low[axis] + 1;
    if (length === 1) continue;
    for (const isLow of [true, false]) {
      const held = left[axis][isLow ? low[axis] : high[axis]];
      if ((held * length) / volume >= share) continue;
      share = (held * length) / volume;
      worst = { axis, isLow };
    }
  }
  return worst;
}

/** The cells of a class by their position along one axis. */
interface CellsByPosition {
  /** Where the cells of each position begin in `cells`, and the end. */
  readonly starts: Int32Array;
  readonly cells: Int32Array;
}

function sortCells(residual: Residual, index: number, axis: number): CellsByPosition {
  const { cells, classOf, classCounts, count, shape, coordinates } = residual;
  const coordinate = coordinates[axis];
  const starts = new Int32Array(shape[axis] + 1);
  for (let k = 0; k < count; k++) if (classOf[k] === index) starts[coordinate[cells[k]] + 1]++;
  for (let at = 0; at < shape[axis]; at++) starts[at + 1] += starts[at];
  const next = starts.slice();
  const sorted = new Int32Array(classCounts[index]);
  for (let k = 0; k < count; k++) {
    if (classOf[k] === index) sorted[next[coordinate[cells[k]]]++] = cells[k];
  }
  return { starts, cells: sorted };
}
