/**
 * A teacher that can be asked anywhere, with the rows of the data as points to start from: answers to
 * rows whose cells are taken from other rows, and slopes.
 */
import type { Problem } from '../../problem.js';
import { spreadRows } from '../shared/sample.js';

type Ask = NonNullable<Problem['ask']>;

export interface Interrogation {
  readonly ask: Ask;
  readonly variables: number;
  /** Points of the data, evenly spread: one array for each column. */
  readonly points: readonly Float64Array[];
  readonly count: number;
  readonly answers: Float64Array;
  /** Standard deviation of the answers. */
  readonly spread: number;
  /** Smallest and largest value of each column in the data. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Asks the teacher at up to `most` rows of the data; `undefined` where it has no useful answers. */
export function interrogate(problem: Problem, most: number): Interrogation | undefined {
  const { ask, data } = problem;
  if (ask === undefined || data.columns.length === 0) return undefined;
  const rows = spreadRows(data.target.length, most);
  const picked = data.columns.map((column) => Float64Array.from(rows, (row) => column[row]));
  const { columns: points, values: answers } = withFiniteAnswers(picked, ask(picked));
  const spread = deviationOf(answers);
  if (answers.length < LEAST_POINTS || !(spread > 0)) return undefined;
  const ranges = data.columns.map(
    (column) =>
      [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))] as const,
  );
  const count = answers.length;
  return { ask, variables: points.length, points, count, answers, spread, ranges };
}

const LEAST_POINTS = 8;

/** The rows with a finite answer. */
export function withFiniteAnswers(
  columns: readonly Float64Array[],
  values: Float64Array,
): { readonly columns: readonly Float64Array[]; readonly values: Float64Array } {
  if (values.every(Number.isFinite)) return { columns, values };
  const isKept = (_: number, row: number): boolean => Number.isFinite(values[row]);
  return { columns: columns.map((column) => column.filter(isKept)), values: values.filter(isKept) };
}

export function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(square);
}

/** The answers where row p takes the cells of `swapped` columns from row p + shift. */
export function answersWithSwapped(
  { ask, points, count }: Interrogation,
  swapped: readonly number[],
  shift: number,
): Float64Array {
  const columns = points.map((column, index) =>
    swapped.includes(index) ? column.map((_, row) => column[(row + shift) % count]) : column,
  );
  return ask(columns);
}

/** Share of a column's range by which slopes are measured to both sides. */
const STEP = 0.01;

/** The slopes of the teacher at the points, by central differences; one array for each variable. */
export function slopesOf({ ask, points, ranges }: Interrogation): readonly Float64Array[] {
  return points.map((_, index) => {
    const [min, max] = ranges[index];
    const step = STEP * (max - min);
    // At the border the point moves inwards, as a whole.
    const inner = points[index].map((value) => Math.max(min + step, Math.min(max - step, value)));
    const at = (offset: number): Float64Array =>
      ask(points.map((column, k) => (k === index ? inner.map((value) => value + offset) : column)));
    const [above, below] = [at(step), at(-step)];
    return above.map((value, row) => (value - below[row]) / (2 * step));
  });
}
