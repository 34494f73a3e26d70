/** Tables of finite functions for the exact modes of the Logic student. */
import type { CellDomain } from '../../src/ir/model-interface.js';
import { tabulate } from '../../src/students/logic/exact/finite-table.js';
import type { FiniteTable } from '../../src/students/logic/exact/finite-table.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../src/students/logic/problem.js';
import type { LogicProblem } from '../../src/students/logic/problem.js';

/** A problem of features with these values, whose class at a row is a function of it. */
export function finiteProblem(
  values: readonly (readonly number[])[],
  classes: number,
  classAt: (row: readonly number[]) => number,
): LogicProblem {
  return {
    data: {
      names: values.map((_, k) => `x${k}`),
      columns: values.map(() => new Float64Array(0)),
      target: new Float64Array(0),
    },
    classes,
    domains: values.map((own): CellDomain => ({ kind: 'values', values: own })),
    settings: DEFAULT_LOGIC_SETTINGS,
    ask: (columns) => columns[0].map((_, k) => classAt(columns.map((column) => column[k]))),
  };
}

export function finiteTable(
  values: readonly (readonly number[])[],
  classes: number,
  classAt: (row: readonly number[]) => number,
): FiniteTable {
  const table = tabulate(finiteProblem(values, classes, classAt));
  if (table === undefined) throw new Error('no table');
  return table;
}

/** A function of Boolean features 0 and 1. */
export function booleanTable(
  features: number,
  isTrue: (row: readonly number[]) => boolean,
): FiniteTable {
  const values = Array.from({ length: features }, () => [0, 1]);
  return finiteTable(values, 2, (row) => (isTrue(row) ? 1 : 0));
}

/** The Boolean function whose value at point k is bit k of the pattern. */
export function patternTable(features: number, bitAt: (point: number) => boolean): FiniteTable {
  return booleanTable(features, (row) => bitAt(row.reduce((point, bit) => 2 * point + bit, 0)));
}

/** Every row of a domain, the first feature changing last. */
export function rowsOf(values: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return values.reduce<readonly (readonly number[])[]>(
    (rows, own) => rows.flatMap((row) => own.map((value) => [...row, value])),
    [[]],
  );
}
