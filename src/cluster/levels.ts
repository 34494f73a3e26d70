/**
 * Decides which magnitudes of one row or one layer are the same weight: single linkage of the sorted
 * values with a relative gap. Assumes that noise is far below the gap (published files: 1e-8).
 */

/** Two weights that differ by less than this, relative to their size, are one weight. */
export const LEVEL_GAP = 1e-7;

/** Rows with up to this many levels are grouped by direct comparison instead of by sorting. */
const PROBED_LEVELS = 24;

interface Levels {
  /** One for each level, ascending: the shortest decimal between the level's extremes. */
  readonly representative: Float64Array;
  /** The level of each magnitude. */
  readonly assign: () => Uint32Array;
}

/** Groups `magnitudes` (all ≥ 0) into levels; zero is a level of its own. */
export function linkLevels(magnitudes: Float64Array): Levels {
  return probeLevels(magnitudes) ?? groupSorted(magnitudes, magnitudes.slice().sort());
}

/** The same; `undefined` where there are more than `most` levels, which sorting alone tells. */
export function linkFewLevels(magnitudes: Float64Array, most: number): Levels | undefined {
  const probed = probeLevels(magnitudes);
  if (probed !== undefined) return probed.representative.length > most ? undefined : probed;
  const sorted = magnitudes.slice().sort();
  return countLevels(sorted, most) > most ? undefined : groupSorted(magnitudes, sorted);
}

/**
 * The number with the fewest decimal digits in [low, high] (both ≥ 0). Every number between two
 * observed ones is as good a guess at the weight behind the noise; this one is stable and prints well.
 */
function shortestBetween(low: number, high: number): number {
  if (low === high) return low;
  const middle = low + (high - low) / 2;
  for (let digits = 1; digits <= 17; digits++) {
    const value = Number(middle.toPrecision(digits));
    if (value >= low && value <= high) return value;
  }
  return middle;
}

/**
 * For each of `count` levels the mean of its magnitudes: the value for which the changes of all weights
 * cancel, so that many noisy weights told as one err least together. Sums run in sorted order, so that
 * the order of neurons does not matter to the last bit.
 */
export function levelMeans(
  magnitudes: Float64Array,
  levelOf: Uint32Array,
  count: number,
): Float64Array {
  const counts = new Uint32Array(count);
  for (let k = 0; k < levelOf.length; k++) counts[levelOf[k]]++;
  const sorted = magnitudes.slice().sort();
  const means = new Float64Array(count);
  let start = 0;
  counts.forEach((own, level) => {
    const least = sorted[start];
    let excess = 0;
    for (let k = start; k < start + own; k++) excess += sorted[k] - least;
    means[level] = least + excess / own;
    start += own;
  });
  return means;
}

function probeLevels(magnitudes: Float64Array): Levels | undefined {
  const low = new Float64Array(PROBED_LEVELS);
  const high = new Float64Array(PROBED_LEVELS);
  const of = new Uint32Array(magnitudes.length);
  let count = 0;
  for (let k = 0; k < magnitudes.length; k++) {
    const value = magnitudes[k];
    let level = 0;
    while (
      level < count &&
      (value > high[level] * (1 + LEVEL_GAP) || value < low[level] * (1 - LEVEL_GAP))
    ) {
      level++;
    }
    if (level === count) {
      if (count === PROBED_LEVELS) return undefined;
      low[level] = high[level] = value;
      count++;
    } else if (value < low[level]) low[level] = value;
    else if (value > high[level]) high[level] = value;
    of[k] = level;
  }
  return ascending(low.subarray(0, count), high.subarray(0, count), of);
}

/** Levels in the order in which they were found, put in ascending order. */
function ascending(low: Float64Array, high: Float64Array, found: Uint32Array): Levels {
  const order = Array.from(low.keys()).sort((a, b) => low[a] - low[b]);
  const rank = new Uint32Array(order.length);
  const representative = new Float64Array(order.length);
  order.forEach((level, position) => {
    rank[level] = position;
    representative[position] = shortestBetween(low[level], high[level]);
  });
  for (let k = 0; k < found.length; k++) found[k] = rank[found[k]];
  return { representative, assign: () => found };
}

function groupSorted(magnitudes: Float64Array, sorted: Float64Array): Levels {
  const count = countLevels(sorted, sorted.length);
  const low = new Float64Array(count);
  const high = new Float64Array(count);
  let level = -1;
  for (let k = 0; k < sorted.length; k++) {
    if (isApart(sorted, k)) low[++level] = sorted[k];
    high[level] = sorted[k];
  }
  return {
    representative: low.map((least, own) => shortestBetween(least, high[own])),
    assign: () => assignLevels(low, magnitudes),
  };
}

/** The number of levels of ascending magnitudes; stops counting beyond `most`. */
function countLevels(sorted: Float64Array, most: number): number {
  let count = 0;
  for (let k = 0; k < sorted.length && count <= most; k++) if (isApart(sorted, k)) count++;
  return count;
}

/** Whether a level begins at entry k. */
function isApart(sorted: Float64Array, k: number): boolean {
  return k === 0 || sorted[k] > sorted[k - 1] * (1 + LEVEL_GAP);
}

/** The level of each magnitude, where levels begin at the ascending `low`. */
function assignLevels(low: Float64Array, magnitudes: Float64Array): Uint32Array {
  const of = new Uint32Array(magnitudes.length);
  for (let k = 0; k < of.length; k++) of[k] = lastAtMost(low, magnitudes[k]);
  return of;
}

/** Index of the last entry of the ascending `sorted` that is at most `value`; 0 when none is. */
function lastAtMost(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (sorted[middle] <= value) from = middle;
    else to = middle - 1;
  }
  return from;
}
