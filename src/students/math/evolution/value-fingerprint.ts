/** Thirty bits that two columns share where they agree to single precision, and hardly ever else. */

type Fingerprint = (values: Float64Array, offset: number, factor: number) => number;

/** Rows that are looked at: enough to tell formulas apart, whatever the size of the data. */
const MOST_ROWS = 64;

/** A function that gives the fingerprint of offset + factor · values. */
export function createFingerprint(rows: number): Fingerprint {
  const single = new Float32Array(1);
  const bits = new Int32Array(single.buffer);
  const step = Math.max(1, Math.floor(rows / MOST_ROWS));
  return (values, offset, factor) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < rows; i += step) {
      single[0] = offset + factor * values[i];
      hash = Math.imul(hash ^ bits[0], 0x01000193);
      hash ^= hash >>> 15;
    }
    return hash & 0x3fffffff;
  };
}
