import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/cli/read-table.js';
import type { TableColumns } from '../../../src/cli/read-table.js';
import { Diagnostic, renderDiagnostic } from '../../../src/diagnostics/diagnostic.js';

const TABLE = 'planet,axis,period,trust\nMercury,0.387,88,1\nVenus,0.723,224.7,2\n';

/** What a user reads. */
function complaint(text: string, chosen: TableColumns): string {
  try {
    readTable(text, 'planets.csv', chosen);
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return renderDiagnostic(error);
    throw error;
  }
}

describe('readTable', () => {
  it('takes target, features and weights by name; other columns may hold words', () => {
    const chosen = { target: 'period', features: ['axis'], weights: 'trust' };
    expect(readTable(TABLE, 'planets.csv', chosen)).toEqual({
      names: ['axis'],
      columns: [Float64Array.of(0.387, 0.723)],
      target: Float64Array.of(88, 224.7),
      weights: Float64Array.of(1, 2),
      lines: Uint32Array.of(2, 3),
    });
  });

  it('takes all other columns as features where none are named', () => {
    const { names } = readTable('a,y,b\n1,2,3\n4,5,6', 'f', { target: 'y' });
    expect(names).toEqual(['a', 'b']);
  });

  it('keeps the order of the named features', () => {
    const { names } = readTable('a,y,b\n1,2,3', 'f', { target: 'y', features: ['b', 'a', 'b'] });
    expect(names).toEqual(['b', 'a']);
  });

  it.each([
    [
      TABLE,
      { target: 'periods' },
      'error TABLE_UNKNOWN_COLUMN: there is no column "periods"\n' +
        '  at planets.csv\n  hint: did you mean "period"?',
    ],
    [
      TABLE,
      { target: 'period' },
      'error TABLE_NOT_A_NUMBER: "planet" is "Mercury" here, which is not a finite number\n' +
        '  at planets.csv, row 2, column 1\n' +
        '  hint: write a finite number, remove the row, or leave the column out with --features',
    ],
    [
      TABLE.replace('224.7', 'NaN'),
      { target: 'period', features: ['axis'] },
      'error TABLE_NOT_A_NUMBER: "period" is "NaN" here, which is not a finite number\n' +
        '  at planets.csv, row 3, column 3\n' +
        '  hint: write a finite number, remove the row, or leave the column out with --features',
    ],
    [
      TABLE.replace('0.723', ''),
      { target: 'period', features: ['axis'] },
      'error TABLE_EMPTY_CELL: "axis" is empty here\n' +
        '  at planets.csv, row 3, column 2\n  hint: fill in the number, or remove the row',
    ],
    [
      `${TABLE}Earth,1\n`,
      { target: 'period', features: ['axis'] },
      'error TABLE_RAGGED_ROW: the row has 2 cells, the header has 4\n' +
        '  at planets.csv, row 4\n  hint: every row needs one cell for each column',
    ],
    [
      TABLE,
      { target: 'period', features: ['axis', 'period'] },
      'error TABLE_TARGET_AS_FEATURE: "period" is the target and cannot be a feature as well\n' +
        '  at planets.csv\n  hint: leave it out of --features',
    ],
    [
      '1,2\n3,4\n',
      { target: 'y' },
      'error TABLE_HEADER_IS_NUMBER: the first line names no columns: "1" is a number\n' +
        '  at planets.csv, row 1\n  hint: write a header line, such as x,y,target',
    ],
    [
      'x,y,x\n1,2,3\n',
      { target: 'y' },
      'error TABLE_REPEATED_COLUMN: two columns are called "x"\n' +
        '  at planets.csv, row 1, column 3\n  hint: give every column a name of its own',
    ],
    [
      'x,,y\n1,2,3\n',
      { target: 'y' },
      'error TABLE_UNNAMED_COLUMN: the column has no name\n  at planets.csv, row 1, column 2\n' +
        '  hint: name it in the first line, or choose columns with --features',
    ],
    [
      'y\n1\n',
      { target: 'y' },
      'error TABLE_NO_FEATURES: there is no column besides the target\n' +
        '  at planets.csv\n  hint: add a column that says something about the target',
    ],
    [
      '\n',
      { target: 'y' },
      'error TABLE_NO_HEADER: the file is empty\n  at planets.csv\n' +
        '  hint: give a CSV file whose first line names the columns',
    ],
  ])('says what is wrong with %j', (text, chosen, expected) => {
    expect(complaint(text, chosen)).toBe(expected);
  });
});
