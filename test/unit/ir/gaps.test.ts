import { describe, expect, it } from 'vitest';
import { gapsOf, gapsToSkip, spanGaps } from '../../../src/ir/gaps.js';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, k) => from + k);

describe('gapsOf', () => {
  it('finds the runs that are missing', () => {
    expect(gapsOf([0, 1, 3, 4, 8])).toEqual([
      { first: 2, last: 2 },
      { first: 5, last: 7 },
    ]);
    expect(gapsOf([3, 4, 5])).toEqual([]);
  });

  it('refuses what does not ascend in whole steps', () => {
    expect(gapsOf([0, 2, 1])).toBeUndefined();
    expect(gapsOf([0, 0, 1])).toBeUndefined();
    expect(gapsOf([0, 0.5, 1])).toBeUndefined();
  });
});

describe('gapsToSkip', () => {
  it('takes few gaps where that spares numbers', () => {
    expect(gapsToSkip([0, 1, 3, 5])).toHaveLength(2);
    expect(gapsToSkip([0, 1, 3, 4, 8])).toHaveLength(2);
    expect(gapsToSkip([0, 7, 9])).toBeUndefined();
  });

  it('takes three and four gaps only beside twice as many positions', () => {
    const missing = (...gaps: number[]): number[] =>
      range(0, 19).filter((position) => !gaps.includes(position));
    expect(gapsToSkip(missing(3, 4, 9, 15))).toHaveLength(3);
    expect(gapsToSkip(missing(3, 6, 9, 15))).toHaveLength(4);
    expect(gapsToSkip(missing(3, 6, 9, 15, 17))).toBeUndefined();
    expect(gapsToSkip([0, 2, 3, 5, 7])).toBeUndefined();
  });
});

describe('spanGaps', () => {
  it('fills gaps, down to 0 where that is near', () => {
    expect(spanGaps([0, 1, 3, 5])).toEqual(range(0, 5));
    expect(spanGaps([2, 3, 5, 6, 7])).toEqual(range(0, 7));
    expect(spanGaps([40, 41, 43, 44])).toEqual(range(40, 44));
    expect(spanGaps([-1, 0, 2, 3, 4])).toEqual(range(-1, 4));
  });

  it('leaves progressions and irregular lists alone', () => {
    for (const values of [[4], [1, 2, 3], [0, 3, 6, 9], [0, 7, 9], [5, 4, 2]]) {
      expect(spanGaps(values)).toBe(values);
    }
  });
});
