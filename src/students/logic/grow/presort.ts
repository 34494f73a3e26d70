/**
 * The rows in the order of a column. Sorting happens once (radix sort over the bits of the numbers); later
 * orders come from it: the rows of one side of a split keep their order, and new rows are merged in.
 */

/** Below this many rows a comparison sort is faster than counting digits. */
const FEW_ROWS = 512;

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const DIGIT_MASK = DIGITS - 1;

/** Where the digits of a word of 32 bits start. */
const SHIFTS = [0, 11, 22];

/** Rows `from` .. `to` − 1 in ascending order of their values; equal values in order of the rows. */
export function sortRows(column: Float64Array, from: number, to: number): Uint32Array {
  const rows = Uint32Array.from({ length: to - from }, (_, index) => from + index);
  if (rows.length < FEW_ROWS) {
    return rows.sort((left, right) => column[left] - column[right] || left - right);
  }
  return sortByDigits(column, from, rows);
}

/** Two ascending orders as one; the first goes first among equal values. */
export function mergeRows(
  column: Float64Array,
  first: Uint32Array,
  second: Uint32Array,
): Uint32Array {
  const merged = new Uint32Array(first.length + second.length);
  let [i, j] = [0, 0];
  for (let at = 0; at < merged.length; at++) {
    const isFirst =
      j === second.length || (i < first.length && column[first[i]] <= column[second[j]]);
    merged[at] = isFirst ? first[i++] : second[j++];
  }
  return merged;
}

/**
 * Moves the rows of `order[start .. end)` that are marked 1 behind the others; both sides keep their order.
 *
 * @param spare room for as many rows.
 * @returns where the marked rows start.
 */
export function partitionRows(
  order: Uint32Array,
  start: number,
  end: number,
  marks: Uint8Array,
  spare: Uint32Array,
): number {
  let [kept, moved] = [start, 0];
  // Both places are written and one of them counts on: no branch that the processor had to guess.
  for (let at = start; at < end; at++) {
    const row = order[at];
    const mark = marks[row];
    order[kept] = row;
    spare[moved] = row;
    kept += 1 - mark;
    moved += mark;
  }
  order.set(spare.subarray(0, moved), kept);
  return kept;
}

/** Least significant digit first: every pass keeps the order of the passes before among equal digits. */
function sortByDigits(column: Float64Array, from: number, rows: Uint32Array): Uint32Array {
  const count = rows.length;
  const { low, high } = sortableWords(column, from, count);
  let source = rows;
  let spare: Uint32Array = new Uint32Array(count);
  for (const words of [low, high]) {
    for (const shift of SHIFTS) {
      const ends = new Uint32Array(DIGITS + 1);
      for (let k = 0; k < count; k++) ends[((words[k] >>> shift) & DIGIT_MASK) + 1]++;
      if (ends.includes(count)) continue;
      for (let digit = 0; digit < DIGITS; digit++) ends[digit + 1] += ends[digit];
      for (let k = 0; k < count; k++) {
        const row = source[k];
        spare[ends[(words[row - from] >>> shift) & DIGIT_MASK]++] = row;
      }
      [source, spare] = [spare, source];
    }
  }
  return source;
}

/** Numbers as words that compare like them without a sign: negative ones inverted, others above them. */
function sortableWords(
  column: Float64Array,
  from: number,
  count: number,
): { readonly low: Uint32Array; readonly high: Uint32Array } {
  const low = new Uint32Array(count);
  const high = new Uint32Array(count);
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  // Which of the two words comes first depends on the machine.
  number[0] = 1;
  const upper = words[1] === 0 ? 0 : 1;
  for (let k = 0; k < count; k++) {
    number[0] = column[from + k] + 0; // −0 becomes 0
    const sign = words[upper] >>> 31;
    high[k] = sign === 1 ? ~words[upper] : words[upper] | 0x80000000;
    low[k] = sign === 1 ? ~words[1 - upper] : words[1 - upper];
  }
  return { low, high };
}
