/** Index points: where a row-major rank stands in an index set. */

/** The coordinates of a row-major rank. */
export function pointOf(rank: number, extents: readonly number[]): number[] {
  const point = new Array<number>(extents.length).fill(0);
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    point[axis] = rank % extents[axis];
    rank = Math.floor(rank / extents[axis]);
  }
  return point;
}
