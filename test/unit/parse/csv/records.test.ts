import { describe, expect, it } from 'vitest';
import { splitRecords } from '../../../../src/parse/csv/records.js';

describe('splitRecords', () => {
  it.each([
    ['a,b\n1,2\n', ['a|b@1', '1|2@2']],
    ['\uFEFFa,b\r\n1,2', ['a|b@1', '1|2@2']],
    ['a\n\n  \n1\n\n', ['a@1', '1@4']],
    [' "a, b" ,"say ""x""",c \n1,,3', ['a, b|say "x"|c@1', '1||3@2']],
    ['"two\nlines",b\n1,2', ['two\nlines|b@1', '1|2@3']],
    ['a,\n,2', ['a|@1', '|2@2']],
    ['', []],
  ])('%j', (text, expected) => {
    const shown = splitRecords(text).map(({ cells, line }) => `${cells.join('|')}@${line}`);
    expect(shown).toEqual(expected);
  });
});
