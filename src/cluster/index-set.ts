/**
 * Decides which sets of index points are regular though they fill no box: octagons (bounds on the
 * coordinates and on sums and differences of two), without a diagonal, or without a few points.
 *
 *   ·■■■   i < j        ·■■   i ≠ j        ■■■   one point missing
 *   ··■■                ■·■                ■■·
 */

/** A regular index set may lack this share of its points; with more of them missing they are listed. */
const MAX_MISSING_SHARE = 1 / 6;
/** Larger boxes are not filled with points. */
const MAX_BOX = 1 << 20;

/** Whether `points` (at least one, all distinct) on the grid of `values` are a regular set. */
export function isRegular(
  points: readonly (readonly number[])[],
  values: readonly (readonly number[])[],
): boolean {
  const axes = values.length;
  const bounds = boundsOf(points);
  if (values.reduce((size, list) => size * list.length, 1) > MAX_BOX) return false;
  const known = new Set(points.map((point) => point.join()));
  const missing: number[][] = [];
  const most = Math.floor(MAX_MISSING_SHARE * points.length);
  let offDiagonal = 0;
  const walk = (point: readonly number[]): boolean => {
    if (point.length < axes) {
      return values[point.length].every((value) => walk([...point, value]));
    }
    if (known.has(point.join()) || !satisfies(point, bounds)) return true;
    missing.push([...point]);
    if (!isDiagonal(point)) offDiagonal++;
    return offDiagonal <= most;
  };
  if (!walk([])) return false;
  if (missing.length <= most) return true;
  // Without its diagonal: all points with equal coordinates, no others.
  return offDiagonal === 0 && !points.some(isDiagonal);
}

interface Bound {
  /** What is bounded at a point. */
  readonly of: (point: readonly number[]) => number;
  readonly low: number;
  readonly high: number;
}

/** Least and greatest sum and difference of every two coordinates. */
function boundsOf(points: readonly (readonly number[])[]): Bound[] {
  const axes = points[0].length;
  const measures: ((point: readonly number[]) => number)[] = [];
  for (let a = 0; a < axes; a++) {
    for (let b = a + 1; b < axes; b++) {
      measures.push(
        (point) => point[a] + point[b],
        (point) => point[a] - point[b],
      );
    }
  }
  return measures.map((of) => {
    let low = Infinity;
    let high = -Infinity;
    for (const point of points) {
      low = Math.min(low, of(point));
      high = Math.max(high, of(point));
    }
    return { of, low, high };
  });
}

function satisfies(point: readonly number[], bounds: readonly Bound[]): boolean {
  return bounds.every(({ of, low, high }) => of(point) >= low && of(point) <= high);
}

function isDiagonal(point: readonly number[]): boolean {
  return point.some((value, a) => point.some((other, b) => a < b && value === other));
}
