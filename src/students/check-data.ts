/**
 * Whether a data set says anything: what makes a search pointless is thrown, what the user should know is
 * noted.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.js';
import type { Dataset, LossSettings } from './math/problem.js';

/** Losses that some targets do not have, with what they need. */
const NEEDS: Partial<
  Record<LossSettings['kind'], { readonly words: string; readonly holds: (y: number) => boolean }>
> = {
  log: { words: 'positive targets', holds: (y) => y > 0 },
  relative: { words: 'targets other than 0', holds: (y) => y !== 0 },
};

/**
 * The notes on a data set, for the user: a constant target, constant features, more features than rows.
 *
 * @param place the file that the rows come from.
 * @param lineOf the line of a row in it, from 1; absent where rows are not the user's.
 * @throws Diagnostic STUDENT_NO_ROWS, STUDENT_ONE_ROW, STUDENT_NOT_FINITE (at the first such row),
 *   STUDENT_WEIGHT, STUDENT_LOSS_UNDEFINED.
 */
export function checkData(
  data: Dataset,
  loss: LossSettings,
  place: Place = {},
  lineOf?: (row: number) => number,
): readonly Diagnostic[] {
  const { names, columns, target } = data;
  if (target.length === 0) throw diagnose('STUDENT_NO_ROWS', place, {});
  checkRows(data, loss, (row) => (lineOf === undefined ? place : { ...place, row: lineOf(row) }));
  if (target.length === 1) throw diagnose('STUDENT_ONE_ROW', place, {});
  const notes: Diagnostic[] = [];
  const constant = constantOf(target);
  if (constant !== undefined) {
    notes.push(diagnose('STUDENT_CONSTANT_TARGET', place, { value: constant }));
  }
  columns.forEach((column, k) => {
    const value = constantOf(column);
    if (value === undefined) return;
    notes.push(diagnose('STUDENT_CONSTANT_FEATURE', place, { column: names[k], value }));
  });
  if (columns.length > target.length) {
    const size = { rows: target.length, features: columns.length };
    notes.push(diagnose('STUDENT_FEW_ROWS', place, size));
  }
  return notes;
}

/** The value that all cells have; `undefined` where two differ or there is none. */
export function constantOf(column: Float64Array): number | undefined {
  return column.length > 0 && column.every((value) => value === column[0]) ? column[0] : undefined;
}

function checkRows(
  { names, columns, target, weights }: Dataset,
  loss: LossSettings,
  placeOf: (row: number) => Place,
): void {
  const need = NEEDS[loss.kind];
  for (let row = 0; row < target.length; row++) {
    const cells = [...columns.map((column) => column[row]), target[row]];
    const wrong = cells.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      const column = wrong < names.length ? names[wrong] : 'the target';
      throw diagnose('STUDENT_NOT_FINITE', placeOf(row), { column, value: String(cells[wrong]) });
    }
    if (weights !== undefined && !(weights[row] > 0 && weights[row] < Infinity)) {
      throw diagnose('STUDENT_WEIGHT', placeOf(row), { value: weights[row] });
    }
    if (need !== undefined && !need.holds(target[row])) {
      const values = { loss: loss.kind, target: target[row], needs: need.words };
      throw diagnose('STUDENT_LOSS_UNDEFINED', placeOf(row), values);
    }
  }
}
