/**
 * The distinct weights of a layer, numbered in ascending order, so that rows compare as integers and
 * a predicted weight is found by binary search.
 */

const PROBED_VALUES = 16;

export interface LevelTable {
  /** Distinct values, ascending. */
  readonly values: Float64Array;
}

/** Numbers the distinct values; `of[k]` is the level of `values[k]`. */
export function tabulateLevels(values: Float64Array): { table: LevelTable; of: Int32Array } {
  const distinct = probeDistinct(values) ?? sortDistinct(values);
  const table = { values: distinct };
  const of = new Int32Array(values.length);
  if (distinct.length <= PROBED_VALUES) {
    for (let k = 0; k < values.length; k++) {
      let level = 0;
      while (distinct[level] !== values[k] && level < distinct.length) level++;
      of[k] = level;
    }
    return { table, of };
  }
  for (let k = 0; k < values.length; k++) {
    // Neighbouring weights are equal more often than not.
    of[k] = k > 0 && values[k] === values[k - 1] ? of[k - 1] : levelOf(table, values[k], 0);
  }
  return { table, of };
}

function probeDistinct(values: Float64Array): Float64Array | undefined {
  const found: number[] = [];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if ((k > 0 && value === values[k - 1]) || found.includes(value)) continue;
    if (found.length === PROBED_VALUES) return undefined;
    found.push(value);
  }
  return Float64Array.from(found).sort();
}

function sortDistinct(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return sorted.filter((value, k) => k === 0 || value !== sorted[k - 1]);
}

/** The level nearest to `value`, or −1 if it is further away than `tolerance`. */
export function levelOf(table: LevelTable, value: number, tolerance: number): number {
  const { values } = table;
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle] < value) from = middle + 1;
    else to = middle;
  }
  let best = -1;
  let distance = tolerance;
  for (let level = Math.max(0, from - 1); level <= from && level < values.length; level++) {
    const gap = Math.abs(values[level] - value);
    if (gap > distance) continue;
    best = level;
    distance = gap;
  }
  return best;
}
