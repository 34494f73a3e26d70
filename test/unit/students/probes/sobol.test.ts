import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/numeric/random.js';
import { SOBOL_DIRECTIONS } from '../../../../src/students/probes/sobol-directions.js';
import { SOBOL_DIMENSIONS, sobolColumns } from '../../../../src/students/probes/sobol.js';

describe('SOBOL_DIRECTIONS', () => {
  it('are odd numbers below 2^i, as many as the degree', () => {
    for (const [inner, first] of SOBOL_DIRECTIONS) {
      expect(first.every((m, i) => m % 2 === 1 && m < 2 ** (i + 1))).toBe(true);
      expect(inner).toBeLessThan(2 ** Math.max(0, first.length - 1));
    }
  });

  it('come with primitive polynomials, each one once', () => {
    const seen = new Set<string>();
    for (const [inner, { length: degree }] of SOBOL_DIRECTIONS) {
      const polynomial = (1 << degree) | (inner << 1) | 1;
      seen.add(polynomial.toString(2));
      // x is a generator: its powers run through all 2^degree − 1 polynomials before they repeat.
      let order = 1;
      for (let power = degree === 1 ? 1 : 2; power !== 1; order++) {
        power <<= 1;
        if (power >> degree === 1) power ^= polynomial;
      }
      expect(order).toBe(2 ** degree - 1);
    }
    expect(seen.size).toBe(SOBOL_DIRECTIONS.length);
  });
});

describe('sobolColumns', () => {
  it('puts one of 2^k points into each of 2^k slices of every axis', () => {
    const columns = sobolColumns(SOBOL_DIMENSIONS, 256, createRandom(4));
    expect(columns).toHaveLength(37);
    for (const column of columns) {
      const slices = new Set(Array.from(column, (place) => Math.floor(256 * place)));
      expect(slices.size).toBe(256);
    }
  });

  it('puts one of 16 points into each box of the first two axes with an area of 1/16', () => {
    const [first, second] = sobolColumns(2, 16, createRandom(0));
    for (const across of [1, 2, 4, 8, 16]) {
      const boxes = Array.from(
        first,
        (x, k) => `${Math.floor(across * x)} ${Math.floor((16 / across) * second[k])}`,
      );
      expect(new Set(boxes).size).toBe(16);
    }
  });

  it('has the points of Joe and Kuo where nothing is shifted', () => {
    const unshifted = { ...createRandom(0), below: () => 0 };
    const points = sobolColumns(3, 8, unshifted).map((column) => [...column]);
    expect(points).toEqual([
      [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125],
      [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625],
      [0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375],
    ]);
  });

  it('differs with the seed and draws further dimensions by chance', () => {
    expect(sobolColumns(1, 8, createRandom(1))).not.toEqual(sobolColumns(1, 8, createRandom(2)));
    const last = sobolColumns(SOBOL_DIMENSIONS + 1, 64, createRandom(1))[SOBOL_DIMENSIONS];
    expect(new Set(Array.from(last, (place) => Math.floor(64 * place))).size).toBeLessThan(64);
  });
});
