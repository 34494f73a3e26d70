/**
 * The rows that a tree learns from, in columns that grow: the network may be asked for more. Behind the
 * features stand codes of the one-hot groups: which of a group's features is 1 (their number: none is).
 */
import type { LogicData, LogicProblem } from '../problem.js';

/** Classes that are told apart by a byte. */
const MOST_BYTES = 256;

export class RowStore {
  /** Features, then groups. All arrays may be longer than `count`. */
  columns: Float64Array[];
  target: Float64Array;
  /** The target; of few classes in bytes, which fit into fast memory. */
  labels: Float64Array | Uint8Array;
  weights: Float64Array;
  count: number;
  /** Whether all weights are 1. */
  isUnweighted: boolean;

  private readonly isByte: boolean;
  private readonly groups: readonly { readonly features: readonly number[] }[];

  constructor(problem: LogicProblem) {
    const { data, oneHot = [] } = problem;
    this.groups = oneHot;
    this.count = data.target.length;
    this.columns = [
      ...data.columns,
      ...oneHot.map(({ features }) => codesOf(data.columns, features)),
    ];
    this.target = data.target;
    this.isByte = problem.classes > 0 && problem.classes <= MOST_BYTES;
    this.labels = this.labelsOf(data.target);
    this.isUnweighted = data.weights?.every((weight) => weight === 1) ?? true;
    this.weights = data.weights?.slice() ?? new Float64Array(this.count).fill(1);
  }

  /**
   * @param columns of the features.
   * @returns the first new row; the others follow.
   */
  append(columns: readonly Float64Array[], target: Float64Array, weight: number): number {
    const first = this.count;
    const added = target.length;
    const all = [...columns, ...this.groups.map(({ features }) => codesOf(columns, features))];
    this.columns = this.columns.map((column, k) => appended(column, first, all[k]));
    this.target = appended(this.target, first, target);
    this.labels = this.labelsOf(this.target);
    this.weights = appended(this.weights, first, new Float64Array(added).fill(weight));
    this.isUnweighted &&= weight === 1;
    this.count += added;
    return first;
  }

  private labelsOf(target: Float64Array): Float64Array | Uint8Array {
    return this.isByte ? Uint8Array.from(target) : target;
  }

  /** The rows as data. */
  toData(names: readonly string[]): LogicData {
    const { count } = this;
    return {
      names,
      columns: names.map((_, k) => this.columns[k].slice(0, count)),
      target: this.target.slice(0, count),
      weights: this.weights.slice(0, count),
    };
  }
}

/** For each row the position of the feature that is not 0, or the number of features. */
function codesOf(columns: readonly Float64Array[], features: readonly number[]): Float64Array {
  return Float64Array.from(columns[0], (_, row) => {
    const position = features.findIndex((feature) => columns[feature][row] > ONE_HOT_THRESHOLD);
    return position < 0 ? features.length : position;
  });
}

/** Between the zero and the one of a one-hot feature. */
export const ONE_HOT_THRESHOLD = 0.5;

/** The column with more behind its first `count` values; it at least doubles where it is full. */
function appended(column: Float64Array, count: number, more: Float64Array): Float64Array {
  const size = count + more.length;
  let room = column;
  if (size > column.length) {
    room = new Float64Array(Math.max(size, 2 * column.length));
    room.set(column.subarray(0, count));
  }
  room.set(more, count);
  return room;
}
