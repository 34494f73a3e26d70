/** Grids of numbers: which power of two a number is a multiple of, at both ends of the range. */
import { describe, expect, it } from 'vitest';
import { gridOf } from '../../../../src/verify/checker/float.js';

describe('the grid of a number', () => {
  it.each([
    [0, 0],
    [3, 0],
    [0.5, -1],
    [-0.75, -2],
    [0.1, -55],
    [2 ** -20, -20],
    [5e-324, -1074],
    [2 ** 53, 0],
    [1.7e308, 0],
    [-Number.MAX_VALUE, 0],
  ])('%d is a multiple of 2^%d', (number, grid) => {
    expect(gridOf(number)).toBe(grid);
  });

  it.each([NaN, Infinity, -Infinity])('%d has none', (number) => {
    expect(gridOf(number)).toBe(-Infinity);
  });
});
