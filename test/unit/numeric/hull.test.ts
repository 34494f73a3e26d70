import { expect, it } from 'vitest';
import { hullOf } from '../../../src/numeric/hull.js';

it('spans a column from its least to its greatest number', () => {
  expect(hullOf(Float64Array.of(2, -3, 5, 0))).toEqual([-3, 5]);
  expect(hullOf([7])).toEqual([7, 7]);
  expect(hullOf([])).toEqual([Infinity, -Infinity]);
});
