/**
 * Decides where the weights of a row lie along one axis, seen as a circle: the support is the
 * shortest arc that holds every slab which differs from the background.   ■··■■ → starts at 3, length 3
 */

/** A stretch of one axis, seen as a circle. */
export interface Arc {
  readonly start: number;
  readonly length: number;
  /** First and last position when the axis is no circle. */
  readonly low: number;
  readonly high: number;
}

/** Longer circles are not searched for a symmetry. */
const MAX_SYMMETRIC = 15;
/** Slabs that cover more than this share of an axis are its background, even if they are not empty. */
const BACKGROUND_SHARE = 0.75;

/**
 * The arc that holds the slabs other than the background (hashes of slabs, 0 for an empty one): it
 * starts behind the largest gap; of several such starts, where the slabs read lexicographically
 * least, so that equal contents start at equal places. `undefined` where all slabs are alike.
 */
export function arcOf(slabs: Int32Array): Arc | undefined {
  const background = backgroundOf(slabs);
  const extent = slabs.length;
  let low = -1;
  let high = -1;
  let widest = 0;
  for (let at = 0; at < extent; at++) {
    if (slabs[at] === background) continue;
    if (low < 0) low = at;
    else widest = Math.max(widest, at - high);
    high = at;
  }
  if (low < 0) return undefined;
  // The usual case: nothing lies around the border.
  if (low + extent - high > widest) return { start: low, length: high - low + 1, low, high };
  const support: number[] = [];
  for (let at = 0; at < extent; at++) if (slabs[at] !== background) support.push(at);
  const gaps = support.map((at, k) => at - support[k === 0 ? support.length - 1 : k - 1]);
  gaps[0] += extent;
  const first = leastRotation(support.length, (a, b) =>
    gaps[a] !== gaps[b] ? gaps[b] - gaps[a] : slabs[support[a]] - slabs[support[b]],
  );
  const isUniform = background === undefined && support.every((at) => slabs[at] === slabs[0]);
  if (isUniform) return undefined;
  const full = gaps[first] === 1 ? symmetricStart(slabs) : undefined;
  if (full !== undefined) return { start: full, length: extent, low: 0, high: extent - 1 };
  return { start: support[first], length: extent - gaps[first] + 1, low, high };
}

/** Whether the arc goes on at the other end of the axis. */
export function crossesBorder({ start, length }: Arc, extent: number): boolean {
  return start + length > extent;
}

/** Where a full circle starts to read the same forwards and backwards, if that says one middle. */
function symmetricStart(slabs: Int32Array): number | undefined {
  const extent = slabs.length;
  if (extent > MAX_SYMMETRIC || extent % 2 === 0) return undefined;
  const middles = Array.from(slabs.keys()).filter((middle) =>
    slabs.every((slab, at) => slab === slabs[(2 * middle - at + 2 * extent) % extent]),
  );
  return middles.length === 1 ? (middles[0] + (extent + 1) / 2) % extent : undefined;
}

/** The hash of the slabs around the support; `undefined` where every slab is part of it. */
function backgroundOf(slabs: Int32Array): number | undefined {
  // Only a slab that holds the majority can be one (Boyer and Moore 1991).
  let majority = 0;
  let lead = 0;
  for (let at = 0; at < slabs.length; at++) {
    if (lead === 0) majority = slabs[at];
    lead += slabs[at] === majority ? 1 : -1;
  }
  let count = 0;
  for (let at = 0; at < slabs.length; at++) if (slabs[at] === majority) count++;
  // "All but one" has its one as support, not the window around the circle.
  if (count < slabs.length && count > BACKGROUND_SHARE * slabs.length) return majority;
  return slabs.includes(0) ? 0 : undefined;
}

/** Where a cyclic sequence of `length` entries starts to read least (Shiloach 1981). */
function leastRotation(length: number, compare: (a: number, b: number) => number): number {
  let a = 0;
  let b = 1;
  let same = 0;
  while (a < length && b < length && same < length) {
    const order = compare((a + same) % length, (b + same) % length);
    if (order === 0) {
      same++;
      continue;
    }
    if (order > 0) a += same + 1;
    else b += same + 1;
    if (a === b) b++;
    same = 0;
  }
  return Math.min(a, b);
}
