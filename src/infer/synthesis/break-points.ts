/**
 * Break points: the values of a feature at which the table changes when the other features stay as
 * they are. Comparisons with any other constant cannot help, so the search leaves them out.
 */
import { hashWords } from './bits.js';
import type { SynthesisProblem } from './problem.js';
import { NUMERIC_EQUALITY, scaleOf } from './problem.js';

/** More constants than this for one feature would drown the search in comparisons. */
const MAX_BREAK_CONSTANTS = 24;

/** Sorted distinct values of a column. */
export function distinctValues(column: Float64Array): number[] {
  return [...new Set(column)].sort((a, b) => a - b);
}

/** A key of every state that leaves one feature out; equal keys may collide by accident only. */
function keysWithout(problem: SynthesisProblem, feature: number): Float64Array {
  const others = problem.columns.filter((_, index) => index !== feature);
  const row = new Float64Array(others.length);
  const words = new Uint32Array(row.buffer);
  const keys = new Float64Array(problem.states);
  for (let state = 0; state < problem.states; state++) {
    for (let index = 0; index < others.length; index++) row[index] = others[index][state] + 0;
    keys[state] = others.length === 0 ? 0 : hashWords(words, 1);
  }
  return keys;
}

/** Slices of the table along one feature: value rank → key of the other features → target. */
function slicesOf(problem: SynthesisProblem, feature: number, values: readonly number[]) {
  const rank = new Map(values.map((value, index) => [value, index]));
  const keys = keysWithout(problem, feature);
  const slices = values.map(() => new Map<number, number>());
  for (let state = 0; state < problem.states; state++) {
    const slice = slices[rank.get(problem.columns[feature][state]) ?? 0];
    slice.set(keys[state], problem.target[state]);
  }
  return slices;
}

/** Whether two slices differ somewhere; slices without a common key do, for want of evidence. */
function differ(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>, tolerance: number) {
  let common = 0;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined) continue;
    if (Math.abs(other - value) > tolerance) return true;
    common++;
  }
  return common === 0;
}

/** Step from slice to slice, for second differences. */
function steps(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>) {
  const result = new Map<number, number>();
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other !== undefined) result.set(key, other - value);
  }
  return result;
}

/**
 * The constants worth comparing a feature with, ascending: both sides of every break point. Where a
 * numeric table changes at every value, only the values where its slope changes. At most
 * `MAX_BREAK_CONSTANTS`, those nearest the ends first.
 */
export function breakConstants(problem: SynthesisProblem, feature: number): readonly number[] {
  const values = distinctValues(problem.columns[feature]);
  if (values.length <= 3) return values;
  const tolerance = NUMERIC_EQUALITY * scaleOf(problem.target);
  const slices = slicesOf(problem, feature, values);
  const chosen = new Set<number>();
  for (let index = 1; index < values.length; index++) {
    if (!differ(slices[index - 1], slices[index], tolerance)) continue;
    chosen.add(values[index - 1]).add(values[index]);
  }
  if (chosen.size <= MAX_BREAK_CONSTANTS) return [...chosen];
  const bends = new Set<number>();
  for (let index = 2; index < values.length; index++) {
    const before = steps(slices[index - 2], slices[index - 1]);
    const after = steps(slices[index - 1], slices[index]);
    if (differ(before, after, 4 * tolerance)) bends.add(values[index - 1]).add(values[index]);
  }
  const all = [...(bends.size > 0 ? bends : chosen)];
  if (all.length <= MAX_BREAK_CONSTANTS) return all;
  const half = MAX_BREAK_CONSTANTS / 2;
  return [...all.slice(0, half), ...all.slice(-half)];
}
