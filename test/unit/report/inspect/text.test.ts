import { describe, expect, it } from 'vitest';
import { alignColumns, wrapText, wrapUnits } from '../../../../src/report/inspect/text.js';

describe('wrapText', () => {
  it.each<[string, number, number, string[]]>([
    ['a short text', 20, 0, ['a short text']],
    ['', 20, 0, ['']],
    ['a text of some words', 9, 2, ['a text of', '  some', '  words']],
    ['abcdefghij', 4, 1, ['abcd', ' efg', ' hij']],
    ['to abcdefghij', 4, 0, ['to', 'abcd', 'efgh', 'ij']],
  ])('%s, width %i', (text, width, hanging, lines) => {
    expect(wrapText(text, width, hanging)).toEqual(lines);
  });

  it('keeps units whole while they fit', () => {
    expect(wrapUnits(['f(a b', '− c d', '− e f)'], 12)).toEqual(['f(a b − c d', '− e f)']);
    expect(wrapUnits(['a', 'b c d'], 3)).toEqual(['a', 'b c', 'd']);
  });
});

describe('alignColumns', () => {
  it('aligns, wraps and leaves no blank at the end', () => {
    const columns = [
      { title: 'n', align: 'right', most: 5 },
      { title: 'what', align: 'left', most: 6 },
    ] as const;
    expect(alignColumns(columns, [['12', 'a long cell'], ['3']])).toEqual([
      ' n  what',
      '12  a long',
      '    cell',
      ' 3',
    ]);
  });
});
