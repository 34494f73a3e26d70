/**
 * Sums of weights by index, few of them at a time: one dense array that is used again and again, and a
 * list of the indices that were touched since it was last emptied.
 */

/** Indices, and one weight for each. */
export interface SparseWeights {
  readonly indices: Int32Array;
  readonly weights: Float64Array;
}

/** Room at the start; it doubles when an index does not fit. */
const FIRST_CAPACITY = 64;

export class SparseSum {
  private sums = new Float64Array(FIRST_CAPACITY);
  private known = new Uint8Array(FIRST_CAPACITY);
  private readonly touched: number[] = [];

  add(index: number, weight: number): void {
    if (index >= this.sums.length) this.grow(index);
    if (this.known[index] === 0) {
      this.known[index] = 1;
      this.touched.push(index);
    }
    this.sums[index] += weight;
  }

  /** What is not 0, in the order in which it was first added, or by ascending index; then empties the sum. */
  take(order: 'added' | 'ascending'): SparseWeights {
    const { touched, sums } = this;
    const kept = Int32Array.from(touched.filter((index) => sums[index] !== 0));
    if (order === 'ascending') kept.sort();
    const weights = new Float64Array(kept.length);
    for (let k = 0; k < kept.length; k++) weights[k] = sums[kept[k]];
    this.clear();
    return { indices: kept, weights };
  }

  /** Back to no weights. */
  clear(): void {
    for (const index of this.touched) {
      this.sums[index] = 0;
      this.known[index] = 0;
    }
    this.touched.length = 0;
  }

  private grow(index: number): void {
    const capacity = 2 ** Math.ceil(Math.log2(index + 1));
    const sums = new Float64Array(capacity);
    const known = new Uint8Array(capacity);
    sums.set(this.sums);
    known.set(this.known);
    [this.sums, this.known] = [sums, known];
  }
}
