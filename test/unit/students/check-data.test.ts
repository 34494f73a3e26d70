import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { checkData } from '../../../src/students/check-data.js';
import type { Dataset, LossSettings } from '../../../src/students/math/problem.js';

function data(x: readonly number[], y: readonly number[], weights?: readonly number[]): Dataset {
  return {
    names: ['x'],
    columns: [Float64Array.from(x)],
    target: Float64Array.from(y),
    ...(weights === undefined ? {} : { weights: Float64Array.from(weights) }),
  };
}

const MSE: LossSettings = { kind: 'mse' };

describe('checkData', () => {
  it('has nothing to say of good data', () => {
    expect(checkData(data([1, 2, 3], [2, 4, 7]), { kind: 'log' })).toEqual([]);
  });

  it.each([
    ['no rows', data([], []), MSE, 'there is no row to learn from'],
    ['one row', data([1], [2]), MSE, 'a single row does not say how the target depends'],
    ['NaN', data([1, NaN], [2, 3]), MSE, '"x" is NaN here'],
    ['infinity', data([1, 2], [2, Infinity]), MSE, '"the target" is Infinity here'],
    ['a weight', data([1, 2], [2, 3], [1, 0]), MSE, 'the weight of this row is 0'],
    [
      'a logarithm',
      data([1, 2], [2, -3]),
      { kind: 'log' },
      'the loss "log" needs positive targets, the target here is -3',
    ],
    [
      'a quotient',
      data([1, 2], [2, 0]),
      { kind: 'relative' },
      'the loss "relative" needs targets other than 0, the target here is 0',
    ],
  ] as const)('refuses %s', (_, rows, loss, message) => {
    expect(() => checkData(rows, loss)).toThrow(message);
  });

  it('names the line of a wrong row', () => {
    const place = (): unknown =>
      checkData(data([1, 2, NaN], [2, 3, 4]), MSE, { file: 'a.csv' }, (row) => row + 2);
    expect(place).toThrow(expect.objectContaining({ place: { file: 'a.csv', row: 4 } }));
  });

  it('notes constants, and more features than rows', () => {
    const notes = checkData(
      {
        names: ['a', 'b', 'c'],
        columns: [Float64Array.of(1, 2), Float64Array.of(3, 3), Float64Array.of(4, 5)],
        target: Float64Array.of(7, 7),
      },
      MSE,
      { file: 'a.csv' },
    );
    expect(notes.map(({ code }) => code)).toEqual([
      'STUDENT_CONSTANT_TARGET',
      'STUDENT_CONSTANT_FEATURE',
      'STUDENT_FEW_ROWS',
    ]);
    expect(renderDiagnostic(notes[0])).toBe(
      [
        'error STUDENT_CONSTANT_TARGET: the target is 7 in every row',
        '  at a.csv',
        '  hint: the formula is this constant; check that the right target was chosen',
      ].join('\n'),
    );
  });
});
