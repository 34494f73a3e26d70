/**
 * Builds sparse rows one after the other into arrays of a size that is known beforehand: a dense layer
 * of millions of weights is never held as a list of JavaScript numbers.
 */
import type { SparseRows } from '../../ir/network.js';
import { exactSum } from './exact.js';
import { shortened } from './rows.js';

export class RowBuilder {
  private readonly rowStart: Uint32Array;
  private readonly columns: Uint32Array;
  private readonly values: Float64Array;
  private rows = 0;
  private length = 0;

  /** `capacity`: most weights before those of one column are added up. */
  constructor(rows: number, capacity: number) {
    this.rowStart = new Uint32Array(rows + 1);
    this.columns = new Uint32Array(capacity);
    this.values = new Float64Array(capacity);
  }

  /** Appends a weight to the open row; columns may come in any order and more than once. */
  push(column: number, value: number): void {
    this.columns[this.length] = column;
    this.values[this.length] = value;
    this.length++;
  }

  /**
   * Ends the open row: its columns ascend, weights of one column are added up, zeros left out. False,
   * and the row unusable, where a sum would round.
   */
  closeRow(): boolean {
    const begin = this.rowStart[this.rows];
    if (!this.isTidy(begin) && !this.tidy(begin)) return false;
    this.rows++;
    this.rowStart[this.rows] = this.length;
    return true;
  }

  /** The rows, all of which have been closed. */
  finish(): SparseRows {
    const { rowStart, columns, values, length } = this;
    return {
      rowStart,
      columns: shortened(columns, length),
      values: shortened(values, length),
    };
  }

  private isTidy(begin: number): boolean {
    const { columns, values } = this;
    for (let k = begin; k < this.length; k++) {
      if (values[k] === 0 || (k > begin && columns[k - 1] >= columns[k])) return false;
    }
    return true;
  }

  private tidy(begin: number): boolean {
    const size = this.length - begin;
    const columns = this.columns.slice(begin, this.length);
    const values = this.values.slice(begin, this.length);
    // A column and a position in one number, which sorts faster than by a comparison of our own.
    const keys = Float64Array.from(columns, (column, position) => column * size + position);
    keys.sort();
    this.length = begin;
    for (let k = 0; k < size;) {
      const column = Math.floor(keys[k] / size);
      let sum: number | undefined = 0;
      for (; k < size && Math.floor(keys[k] / size) === column && sum !== undefined; k++) {
        sum = exactSum(sum, values[keys[k] % size]);
      }
      if (sum === undefined) return false;
      if (sum !== 0) this.push(column, sum);
    }
    return true;
  }
}
