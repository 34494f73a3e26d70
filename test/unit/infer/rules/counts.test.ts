/** Tables that do not tell their cells apart are conditions on a count, where that is short. */
import { describe, expect, it } from 'vitest';
import { cheapestProposal } from '../../../../src/infer/rules/index.js';
import type { TableProblem } from '../../../../src/infer/rules/index.js';
import type { Reference } from '../../../../src/infer/values.js';
import { print } from '../synthesis/support.js';

/** The table of a function of cells of one input. */
function tableOf(cells: number, target: (values: readonly number[]) => boolean): TableProblem {
  const states = 2 ** cells;
  const values = (state: number): readonly number[] =>
    Array.from({ length: cells }, (_, cell) => (state >> cell) & 1);
  return {
    leaves: Array.from({ length: cells }, (_, cell): Reference => ({
      source: { kind: 'input', index: 0 },
      accesses: [{ kind: 'at', index: { kind: 'affine', constant: cell, coefficients: [] } }],
    })),
    leafNumbers: Array.from({ length: cells }, (_, cell) => cell),
    hints: ['a', 'b', 'c', 'd', 'e'].slice(0, cells),
    columns: Array.from({ length: cells }, (_, cell) =>
      Float64Array.from({ length: states }, (_value, state) => values(state)[cell]),
    ),
    states,
    target: Float64Array.from({ length: states }, (_, state) => (target(values(state)) ? 1 : 0)),
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

function textOf(problem: TableProblem): string {
  const found = cheapestProposal(problem);
  if (found === undefined) throw new Error('no proposal');
  return print(found.expression);
}

describe('symmetric tables', () => {
  it.each([
    ['one of three', 3, (x: readonly number[]) => total(x) === 1, 'a + b + c === 1 ? 1 : 0'],
    ['two of three', 3, (x: readonly number[]) => total(x) >= 2, 'a + b + c >= 2 ? 1 : 0'],
    ['at most one of three', 3, (x: readonly number[]) => total(x) <= 1, 'a + b + c <= 1 ? 1 : 0'],
    ['three of five', 5, (x: readonly number[]) => total(x) >= 3, 'a + b + c + d + e >= 3 ? 1 : 0'],
  ])('%s', (_name, cells, target, text) => {
    expect(textOf(tableOf(cells, target))).toBe(text);
  });

  it.each([
    ['all', (x: readonly number[]) => total(x) === 3, 'a && b && c ? 1 : 0'],
    ['any', (x: readonly number[]) => total(x) > 0, 'a || b || c ? 1 : 0'],
  ])('%s stays logic', (_name, target, text) => {
    expect(textOf(tableOf(3, target))).toBe(text);
  });

  it('cells that are told apart are no count', () => {
    const text = textOf(tableOf(3, ([a, b, c]) => (a === 1 ? b : c) === 1));
    expect(text).not.toContain('+');
  });
});
