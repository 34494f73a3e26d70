/**
 * How a student asks a network: many points at once, given as columns. Who builds it knows the forward
 * pass; students only know this type.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Dataset } from './math/problem.js';

/** The target's values at points, one column for each flattened input cell; may answer NaN or ±∞. */
export type Ask = (columns: readonly Float64Array[]) => Float64Array;

/**
 * The same over some of the cells, the others held at rest.
 *
 * @param features positions of the cells that vary, in the order of the new columns.
 */
export function askOver(ask: Ask, features: readonly number[], rest: Float64Array): Ask {
  if (features.length === rest.length && features.every((cell, k) => cell === k)) return ask;
  return (columns) => {
    const count = columns[0].length;
    const all = Array.from(rest, (value, cell) => {
      const position = features.indexOf(cell);
      return position < 0 ? new Float64Array(count).fill(value) : columns[position];
    });
    return ask(all);
  };
}

/** The points with their answers. @throws Diagnostic STUDENT_ANSWER_NOT_FINITE at the first that is none. */
export function askFinite(
  ask: Ask,
  names: readonly string[],
  columns: readonly Float64Array[],
): Dataset {
  const target = ask(columns);
  const wrong = target.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return { names, columns, target };
  const point = names.map((name, k) => `${name} = ${columns[k][wrong]}`).join(', ');
  throw diagnose('STUDENT_ANSWER_NOT_FINITE', {}, { value: String(target[wrong]), point });
}
