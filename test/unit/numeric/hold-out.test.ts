import { describe, expect, it } from 'vitest';
import { foldsOf, heldOutRows } from '../../../src/numeric/hold-out.js';

/** 40 rows of group 0, 10 of group 1, 3 of group 2. */
const GROUPS = Array.from({ length: 53 }, (_, row) => (row < 40 ? 0 : row < 50 ? 1 : 2));
const countsOf = (rows: ArrayLike<number>): number[] =>
  [0, 1, 2].map((group) => Array.from(rows).filter((row) => GROUPS[row] === group).length);

describe('heldOutRows', () => {
  it('takes the share of each group, rounded down, in the order of the rows', () => {
    const rows = heldOutRows(GROUPS, 0.25, 0);
    expect(countsOf(rows)).toEqual([10, 2, 0]);
    expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
  });

  it('depends on the seed and on nothing else', () => {
    expect(heldOutRows(GROUPS, 0.25, 7)).toEqual(heldOutRows(GROUPS, 0.25, 7));
    expect(heldOutRows(GROUPS, 0.25, 7)).not.toEqual(heldOutRows(GROUPS, 0.25, 8));
    expect(heldOutRows(GROUPS, 0, 7)).toHaveLength(0);
  });
});

describe('foldsOf', () => {
  it('divides all rows evenly, and each group as well', () => {
    const folds = foldsOf(GROUPS, 5, 0);
    const rowsOf = (fold: number): number[] =>
      GROUPS.flatMap((_, row) => (folds[row] === fold ? [row] : []));
    for (let fold = 0; fold < 5; fold++) {
      const [first, second] = countsOf(rowsOf(fold));
      expect([first, second]).toEqual([8, 2]);
      expect([10, 11]).toContain(rowsOf(fold).length);
    }
  });
});
