/** The distinct weights of a layer, so that a predicted weight is found by binary search. */

const PROBED_VALUES = 16;

/** The distinct values, ascending. */
export function distinctValues(values: Float64Array): Float64Array {
  return probeDistinct(values) ?? sortDistinct(values);
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
  let count = 0;
  for (let k = 0; k < sorted.length; k++) {
    if (k === 0 || sorted[k] !== sorted[count - 1]) sorted[count++] = sorted[k];
  }
  return sorted.slice(0, count);
}

/** The entry of the ascending `table` nearest to `value`; NaN if it is further away than `tolerance`. */
export function nearestValue(table: Float64Array, value: number, tolerance: number): number {
  let from = 0;
  let to = table.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (table[middle] < value) from = middle + 1;
    else to = middle;
  }
  let best = NaN;
  let distance = tolerance;
  for (let level = Math.max(0, from - 1); level <= from && level < table.length; level++) {
    const gap = Math.abs(table[level] - value);
    if (gap > distance) continue;
    best = table[level];
    distance = gap;
  }
  return best;
}
