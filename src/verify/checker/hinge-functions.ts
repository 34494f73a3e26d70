/**
 * Functions of one number, f(v) = slope · v + constant + Σ change · r(v − at), and their rectification.
 *
 * Lemma. Let f be linear between consecutive points of a set K (its kinks and some more), and g linear
 * there too. Between two of them max(f, 0) lies below its chord, by at most min(|f(a)|, |f(b)|) where f
 * changes its sign and not at all elsewhere; so |g − max(f, 0)| there is at most that plus the larger of
 * the two distances at the ends. Beyond the last point both have one slope, where that is the same.
 */

export interface HingeFunction {
  readonly slope: number;
  readonly constant: number;
  /** Ascending. */
  readonly kinks: readonly { readonly at: number; readonly change: number }[];
  /** Bound on how far the function is from what it stands for. */
  readonly slop: number;
}

/** Slopes that cancel leave less than this, relative to what they were. */
const FLAT = 1e-9;

/** Some dozen roundings, relative to the size of the terms. */
const ROUNDING = 2 ** -46;

/** max(f, 0) for values from lo to hi. */
export function rectifiedFunction(
  f: HingeFunction,
  { lo, hi }: { readonly lo: number; readonly hi: number },
): HingeFunction {
  const slopes = slopesOf(f);
  const points = withRoots(f, slopes);
  const places = points.map(({ at }) => at);
  // The sign between two points is that in the middle, beyond the outermost that one further out.
  const signs = [places[0] - 1, ...places.slice(1).map((at, k) => (at + places[k]) / 2), places[places.length - 1] + 1]
    .map((v) => valueAt(f, v) > 0); // prettier-ignore
  const pieces = points.map(({ piece }) => slopes[piece]);
  const lines = [slopes[0], ...pieces].map((slope, k) => (signs[k] ? slope : 0));
  const kinks = places
    .map((at, k) => ({ at, change: lines[k + 1] - lines[k] }))
    .filter(({ change }) => change !== 0);
  const start = signs[0] ? { slope: slopes[0], constant: f.constant } : { slope: 0, constant: 0 };
  const g = { ...start, kinks, slop: 0 };
  return { ...g, slop: f.slop + distance(f, g, places, lo, hi) };
}

/** The value of a function, off by no more than its rounding. */
function valueAt({ slope, constant, kinks }: HingeFunction, v: number): number {
  return kinks.reduce((sum, { at, change }) => sum + change * Math.max(0, v - at), slope * v + constant); // prettier-ignore
}

/** Σ |terms| of a value: what its rounding is relative to. */
function sizeAt({ slope, constant, kinks }: HingeFunction, v: number): number {
  return kinks.reduce((sum, { at, change }) => sum + Math.abs(change) * (Math.abs(v) + Math.abs(at)), Math.abs(slope * v) + Math.abs(constant)); // prettier-ignore
}

/** The slopes between the kinks, from the left. */
function slopesOf({ slope, kinks }: HingeFunction): readonly number[] {
  const slopes = [slope];
  let size = Math.abs(slope);
  for (const { change } of kinks) {
    const next = slopes[slopes.length - 1] + change;
    size = Math.max(size, Math.abs(change));
    slopes.push(Math.abs(next) <= FLAT * size ? 0 : next);
  }
  return slopes;
}

/** The kinks and the places where the function crosses 0, ascending, with the number of the piece behind. */
function withRoots(
  f: HingeFunction,
  slopes: readonly number[],
): readonly { readonly at: number; readonly piece: number }[] {
  const points = f.kinks.map(({ at }, k) => ({ at, piece: k + 1 }));
  const roots = slopes.flatMap((slope, piece) => {
    const from = f.kinks.at(piece - 1)?.at ?? 0;
    const at = piece === 0 ? f.kinks[0].at : from;
    const root = at - valueAt(f, at) / slope;
    const low = piece === 0 ? -Infinity : at;
    const high = f.kinks.at(piece)?.at ?? Infinity;
    return slope !== 0 && root > low && root < high ? [{ at: root, piece }] : [];
  });
  return [...points, ...roots].sort((a, b) => a.at - b.at || a.piece - b.piece);
}

/** A bound on |g − max(f, 0)| from lo to hi; Infinity where an unbounded piece has another slope. */
function distance(
  f: HingeFunction,
  g: HingeFunction,
  places: readonly number[],
  lo: number,
  hi: number,
): number {
  const inner = places.filter((at) => at > lo && at < hi);
  const points = [...(Number.isFinite(lo) ? [lo] : []), ...inner, ...(Number.isFinite(hi) ? [hi] : [])]; // prettier-ignore
  const values = points.map((v) => valueAt(f, v));
  const ends = points.map((v, k) => {
    const rounding = ROUNDING * (sizeAt(f, v) + sizeAt(g, v));
    return Math.abs(valueAt(g, v) - Math.max(0, values[k])) + rounding;
  });
  let worst = Math.max(0, ...ends);
  for (let k = 1; k < points.length; k++) {
    if (values[k] > 0 === values[k - 1] > 0) continue;
    const bend = Math.min(Math.abs(values[k]), Math.abs(values[k - 1]));
    worst = Math.max(worst, Math.max(ends[k], ends[k - 1]) + bend);
  }
  const sum = ({ slope, kinks }: HingeFunction): number =>
    kinks.reduce((total, { change }) => total + change, slope);
  if (points.length === 0) return Infinity;
  const outer: (readonly [number, number, number])[] = [];
  if (!Number.isFinite(lo)) outer.push([-f.slope, -g.slope, values[0]]);
  if (!Number.isFinite(hi)) outer.push([sum(f), sum(g), values[values.length - 1]]);
  for (const [own, other, value] of outer) {
    // Towards the end f grows with its slope: to no more than 0, or to what g has to follow.
    const isEqual = own > 0 ? own === other : other === 0 && own <= 0;
    if (!isEqual) return Infinity;
    worst += Math.abs(value) * Number(own !== 0 && own > 0 !== value > 0);
  }
  return worst;
}
