import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/numeric/random.js';
import type { Simplex } from '../../../../src/verify/checker/simplices.js';
import { cutEdge, simplicesOfBox } from '../../../../src/verify/checker/simplices.js';

/** n! times the volume, signed. */
function determinant({ corners: [first, ...others] }: Simplex): number {
  const rows = others.map((corner) => Array.from(corner, (value, k) => value - first[k]));
  let product = 1;
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows.findIndex((row, index) => index >= k && row[k] !== 0);
    if (pivot < 0) return 0;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      product = -product;
    }
    product *= rows[k][k];
    for (const row of rows.slice(k + 1)) {
      const factor = row[k] / rows[k][k];
      row.forEach((value, c) => (row[c] = value - factor * rows[k][c]));
    }
  }
  return product;
}

const volume = (all: readonly Simplex[]): number =>
  all.reduce((sum, simplex) => sum + Math.abs(determinant(simplex)), 0);

describe('simplices of a box', () => {
  it.each([1, 2, 3, 4])('fill it: %i dimensions', (size) => {
    const low = Float64Array.from({ length: size }, (_, k) => k - 2);
    const high = Float64Array.from({ length: size }, (_, k) => 2 * k + 1);
    const factorial = Array.from({ length: size }, (_, k) => k + 1).reduce((a, b) => a * b, 1);
    const simplices = simplicesOfBox(low, high);
    expect(simplices).toHaveLength(factorial);
    const box = low.reduce((product, start, k) => product * (high[k] - start), 1);
    expect(volume(simplices)).toBeCloseTo(factorial * box, 9);
  });

  it('are one point without dimensions', () => {
    expect(simplicesOfBox(new Float64Array(0), new Float64Array(0))).toHaveLength(1);
  });
});

describe('a cut', () => {
  it('keeps the volume, up to what it says that is uncovered', () => {
    const random = createRandom(1);
    let all = [...simplicesOfBox(Float64Array.of(-1, 0, 2), Float64Array.of(1, 3, 5))];
    const before = volume(all);
    for (let step = 0; step < 60; step++) {
      const [simplex] = all.splice(random.below(all.length), 1);
      const a = random.below(4);
      const halves = cutEdge(simplex, a, (a + 1 + random.below(3)) % 4, random.unit());
      for (const half of halves) {
        expect(half.gap).toBeGreaterThan(simplex.gap);
        expect(half.gap).toBeLessThan(1e-12);
      }
      all = [...all, ...halves];
    }
    expect(volume(all)).toBeCloseTo(before, 9);
  });

  it('shares the point that it makes', () => {
    const [simplex] = simplicesOfBox(Float64Array.of(0, 0), Float64Array.of(1, 1));
    const [withoutFirst, withoutSecond] = cutEdge(simplex, 0, 2, 0.25);
    expect(withoutFirst.corners[0]).toEqual(Float64Array.of(0.25, 0.25));
    expect(withoutSecond.corners[2]).toEqual(Float64Array.of(0.25, 0.25));
    expect(withoutFirst.corners[1]).toEqual(simplex.corners[1]);
  });
});
