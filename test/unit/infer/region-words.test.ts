import { describe, expect, it } from 'vitest';
import { neighbourWord, regionWord } from '../../../src/infer/region-words.js';
import type { NamedSource } from '../../../src/infer/region-words.js';
import type { AxisAccess } from '../../../src/ir/cluster.js';
import { ALL, affine, at, atModulo, range } from './graphs.js';

const TABLE: NamedSource = { extents: [6, 8], names: ['row', 'column'] };
const LINE: NamedSource = { extents: [8], names: [undefined] };
const ROWS = [{ extent: 6 }];

/** from .. to − 1, whatever the iterators. */
function fixed(from: number, to: number, step = 1): AxisAccess {
  return range(affine(from, [0]), affine(to, [0]), step);
}

function moving(from: readonly [number, number], to: readonly [number, number]): AxisAccess {
  return range(affine(from[0], [from[1]]), affine(to[0], [to[1]]));
}

function word(accesses: readonly AxisAccess[], source = TABLE): string | undefined {
  const found = regionWord(accesses, source, ROWS);
  return found === undefined ? undefined : `${found.noun}${found.open ? '…' : ''}`;
}

describe('regionWord', () => {
  it.each<[string | undefined, AxisAccess[]]>([
    [undefined, [ALL, ALL]],
    ['row…', [at(0, 1), ALL]],
    ['column…', [ALL, at(3, 0)]],
    ['first column…', [at(0, 1), fixed(0, 3)]],
    ['last row…', [fixed(2, 6), ALL]],
    ['firstHalf', [fixed(0, 3), ALL]],
    ['even column…', [ALL, fixed(0, 8, 2)]],
    ['odd row…', [fixed(1, 6, 2), ALL]],
    ['chosen row…', [{ kind: 'list', indices: [0, 1, 4] }, ALL]],
    ['inner…', [fixed(1, 5), fixed(1, 7)]],
    ['corner…', [fixed(0, 2), fixed(6, 8)]],
    ['block…', [fixed(0, 2), fixed(2, 5)]],
    ['window…', [moving([-1, 1], [2, 1]), at(0, 1)]],
    ['diagonal…', [ALL, { kind: 'at', index: affine(0, [0]), follow: { axis: 0, slope: 1 } }]],
    ['antidiagonal…', [ALL, { kind: 'at', index: affine(5, [0]), follow: { axis: 0, slope: -1 } }]],
  ])('%s', (expected, accesses) => {
    expect(word(accesses)).toBe(expected);
  });

  it.each<[string, AxisAccess]>([
    ['window…', moving([-1, 1], [2, 1])],
    ['pair…', moving([0, 1], [2, 1])],
    ['block…', moving([0, 4], [4, 4])],
    ['preceding…', moving([0, 0], [0, 1])],
    ['following…', moving([1, 1], [8, 0])],
    ['secondHalf', fixed(4, 8)],
    ['middle…', fixed(2, 5)],
  ])('%s on a line', (expected, access) => {
    expect(word([access], LINE)).toBe(expected);
  });

  it('speaks of lines in three dimensions', () => {
    const volume = { extents: [2, 3, 4], names: ['x', 'y', 'z'] };
    expect(word([at(0, 1), ALL, at(0, 1)], volume)).toBe('line…');
    expect(word([at(0, 1), ALL, ALL], volume)).toBe('x…');
  });
});

describe('neighbourWord', () => {
  const line = [atModulo(8, 7, 1), at(0, 1), at(1, 1)];

  it('tells cells on a line apart, round the end too', () => {
    const others = line.map((access) => [access]);
    expect(line.map((access) => neighbourWord([access], others, [undefined]))).toEqual([
      'left', 'center', 'right',
    ]); // prettier-ignore
    expect(line.map((access) => neighbourWord([access], others, ['time']))).toEqual([
      'previous', 'current', 'next',
    ]); // prettier-ignore
  });

  it('counts from the middle of three', () => {
    const three = [at(0, 1), at(1, 1), at(2, 1)];
    const others = three.map((access) => [access]);
    expect(three.map((access) => neighbourWord([access], others, ['cell']))).toEqual([
      'left', 'center', 'right',
    ]); // prettier-ignore
  });

  it('goes round a cell of a table', () => {
    const cell = (row: number, column: number): AxisAccess[] => [at(row, 1, 0), at(column, 0, 1)];
    expect(neighbourWord(cell(-1, 0), [], [])).toBe('above');
    expect(neighbourWord(cell(1, 1), [], [])).toBe('belowRight');
    expect(neighbourWord(cell(0, 0), [], [])).toBe('center');
    expect(neighbourWord(cell(2, 0), [], [])).toBeUndefined();
    expect(neighbourWord([at(3), at(0, 0, 1)], [], [])).toBeUndefined();
  });
});
