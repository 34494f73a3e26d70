import { describe, expect, it } from 'vitest';
import { readLabelledTable } from '../../../src/cli/read-labelled-table.js';
import type { TargetKind } from '../../../src/cli/read-labelled-table.js';

const FILE = 't.csv';
const tableOf = (cells: readonly string[]): string =>
  `x,y\n${cells.map((cell, row) => `${row},${cell}`).join('\n')}\n`;
const read = (cells: readonly string[], kind?: TargetKind) =>
  readLabelledTable(tableOf(cells), FILE, { target: 'y' }, kind);

describe('readLabelledTable', () => {
  it('takes words for classes, in the order of their letters', () => {
    const { data, classes } = read(['setosa', 'ash', 'setosa']);
    expect(classes).toEqual(['ash', 'setosa']);
    expect(data).toEqual({
      names: ['x'],
      columns: [Float64Array.of(0, 1, 2)],
      target: Float64Array.of(1, 0, 1),
      lines: Uint32Array.of(2, 3, 4),
    });
  });

  it('reads quoted words as RFC 4180 has them', () => {
    const { classes } = read(['"a, b"', '"say ""no"""', '"two\nlines"']);
    expect(classes).toEqual(['a, b', 'say "no"', 'two\nlines']);
  });

  it('takes few whole numbers for classes, by their size; 1.0 is 1', () => {
    const { data, classes } = read(['10', '9', '1.0', '1', '-2']);
    expect(classes).toEqual(['-2', '1', '9', '10']);
    expect([...data.target]).toEqual([3, 2, 1, 1, 0]);
  });

  it.each([
    ['fractions', ['1', '2.5', '1']],
    ['many values', Array.from({ length: 11 }, (_, k) => String(k))],
  ])('takes %s for numbers', (_, cells) => {
    const { data, classes } = read(cells);
    expect(classes).toBeUndefined();
    expect([...data.target]).toEqual(cells.map(Number));
  });

  it('does as it is told', () => {
    expect(read(['1', '2', '1'], 'numbers').classes).toBeUndefined();
    expect(read(['1.5', '2.5', '1.5'], 'classes').classes).toEqual(['1.5', '2.5']);
    expect(read(['b', '3', 'NaN', '10'], 'classes').classes).toEqual(['3', '10', 'NaN', 'b']);
  });

  it.each([
    [['a', 'b', '3', 'b'], undefined, 'TABLE_MIXED_TARGET', 4],
    [['1', 'none', '3', '4'], undefined, 'TABLE_MIXED_TARGET', 3],
    [['a', '', 'b'], undefined, 'TABLE_EMPTY_CLASS', 3],
    [['1.5', '', '2'], undefined, 'TABLE_EMPTY_CELL', 3],
    [['1.5', 'inf', '2'], undefined, 'TABLE_NOT_A_NUMBER', 3],
    [['a', 'b'], 'numbers', 'TABLE_NOT_A_NUMBER', 2],
  ] as const)('refuses %j as %s', (cells, kind, code, row) => {
    const place = { file: FILE, row, column: 2 };
    expect(() => read(cells, kind)).toThrow(expect.objectContaining({ code, place }));
  });

  it('tells a feature of words from a wrong cell', () => {
    const words = 'x,y\nred,a\nblue,b\n';
    const wrong = 'x,y\nred,a\n2,b\n';
    const refusal = (code: string) => expect.objectContaining({ code }) as Error;
    const chosen = { target: 'y' };
    expect(() => readLabelledTable(words, FILE, chosen)).toThrow(refusal('TABLE_TEXT_FEATURE'));
    expect(() => readLabelledTable(wrong, FILE, chosen)).toThrow(refusal('TABLE_NOT_A_NUMBER'));
  });
});
