/**
 * Counts the weights in every slab of a residual: the cells with some axes fixed and all others
 * free. Shared by the patterns that look for whole slabs (line, all-but).
 */
import type { Access } from '../region.js';
import type { Residual } from '../residual.js';

interface Slab {
  /** Which axes are fixed, and where. */
  readonly accesses: readonly Access[];
  readonly coefficient: number;
  /** Cells of the slab that hold the coefficient. */
  readonly equal: number;
  /** Cells of the slab that hold nothing. */
  readonly empty: number;
  /** Cells of the slab, holes left out. */
  readonly size: number;
}

/** No slab has more cells than this, and none more cells of one weight. */
export function largestSlab(residual: Residual): number {
  const free = residual.shape.filter((extent) => extent > 1);
  if (free.length < 2) return 0;
  return Math.min(residual.size / Math.min(...free), residual.largestClass);
}

/** Calls `visit` with every slab (of every proper nonempty set of fixed axes) and weight in it. */
export function visitSlabs(residual: Residual, visit: (slab: Slab) => void): void {
  const free = residual.shape.map((_, axis) => axis).filter((axis) => residual.shape[axis] > 1);
  for (let subset = 1; subset < (1 << free.length) - 1; subset++) {
    countSlabs(
      residual,
      free.filter((_, k) => (subset >> k) & 1),
      visit,
    );
  }
}

function countSlabs(
  residual: Residual,
  fixed: readonly number[],
  visit: (slab: Slab) => void,
): void {
  const slabs = fixed.reduce((product, axis) => product * residual.shape[axis], 1);
  const classes = residual.classes.length;
  const counts = new Int32Array(slabs * classes);
  const occupied = new Int32Array(slabs);
  const holes = new Int32Array(slabs);
  const { cells, classOf, count } = residual;
  const slabOf = slabsOf(residual, fixed, cells, count);
  for (const slab of slabsOf(residual, fixed, residual.holes, residual.holes.length)) holes[slab]++;
  for (let k = 0; k < count; k++) {
    counts[slabOf[k] * classes + classOf[k]]++;
    occupied[slabOf[k]]++;
  }
  for (let slab = 0; slab < slabs; slab++) {
    const size = residual.size / slabs - holes[slab];
    // A slab that is mostly empty is cheaper told by its cells.
    if (2 * occupied[slab] <= size) continue;
    for (let index = 0; index < classes; index++) {
      const equal = counts[slab * classes + index];
      if (2 * equal <= size) continue;
      visit({
        accesses: slabAccesses(residual.shape, fixed, slab),
        coefficient: residual.classes[index],
        equal,
        empty: size - occupied[slab],
        size,
      });
    }
  }
}

/** The slab of each of the first `count` positions. */
function slabsOf(
  residual: Residual,
  fixed: readonly number[],
  positions: Int32Array,
  count: number,
): Int32Array {
  const slabOf = new Int32Array(count);
  for (const axis of fixed) {
    const coordinate = residual.coordinates[axis];
    const extent = residual.shape[axis];
    for (let k = 0; k < count; k++) slabOf[k] = slabOf[k] * extent + coordinate[positions[k]];
  }
  return slabOf;
}

function slabAccesses(shape: readonly number[], fixed: readonly number[], slab: number): Access[] {
  const accesses: Access[] = shape.map(() => ({ kind: 'all' }));
  let rest = slab;
  for (const axis of [...fixed].reverse()) {
    accesses[axis] = { kind: 'at', index: rest % shape[axis] };
    rest = Math.floor(rest / shape[axis]);
  }
  return accesses;
}
