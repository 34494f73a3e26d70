/**
 * A box cut into simplices along planes, by floats, with a bound on what rounding leaves uncovered.
 *
 *   z = −1 ────── z = 2          z = −1 ─ m ─── z = 2      m on the edge where z is about 0: two
 *        ╲      ╱          →          ╲  │   ╱            simplices, each with fewer corners
 *          z = 3                        z = 3              on the other side
 *
 * Lemma. Let every point of the box be within `gap` of a simplex in each coordinate. An edge is cut at any
 * point m of it, so both halves cover the simplex; with a float m′ for m, each point of a half moves by
 * no more than |m − m′|, as it is a convex mix of corners. So every point of the box is within
 * gap + |m − m′| of one of the halves made with m′, and within the old gap of the simplex that was cut.
 */

export interface Simplex {
  /** One more than coordinates. */
  readonly corners: readonly Float64Array[];
  readonly gap: number;
}

/** More than the rounding of a + share · (b − a), relative to the larger of |a| and |b|. */
const ROUNDING = 2 ** -50;

/** Simplices that cover the box from `low` to `high`: one for each order of the coordinates. */
export function simplicesOfBox(low: Float64Array, high: Float64Array): readonly Simplex[] {
  return ordersOf(low.length).map((order) => {
    const corners = [low];
    for (const coordinate of order) {
      const next = corners[corners.length - 1].slice();
      next[coordinate] = high[coordinate];
      corners.push(next);
    }
    return { corners, gap: 0 };
  });
}

/** The simplex in two, cut on the edge from corner a to corner b, at `share` of the way. */
export function cutEdge(
  { corners, gap }: Simplex,
  a: number,
  b: number,
  share: number,
): readonly [withoutA: Simplex, withoutB: Simplex] {
  const [from, to] = [corners[a], corners[b]];
  let moved = 0;
  const middle = from.map((start, k) => {
    moved = Math.max(moved, ROUNDING * Math.max(Math.abs(start), Math.abs(to[k])));
    return start + share * (to[k] - start);
  });
  const half = (corner: number): Simplex => ({
    corners: corners.map((own, k) => (k === corner ? middle : own)),
    gap: gap + moved,
  });
  return [half(a), half(b)];
}

/** All orders of 0 .. size − 1. */
function ordersOf(size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  return ordersOf(size - 1).flatMap((order) =>
    Array.from({ length: size }, (_, k) => [...order.slice(0, k), size - 1, ...order.slice(k)]),
  );
}
