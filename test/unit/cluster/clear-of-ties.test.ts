import { describe, expect, it } from 'vitest';
import { isClearOfTies } from '../../../src/cluster/clear-of-ties.js';
import { createRandom } from '../../../src/numeric/random.js';

const BIT = { low: 0, high: 1, unit: 1 };
const SIGN = { low: -1, high: 1, unit: 1 };

/** The same by listing every state. */
function clearByEnumeration(
  weights: Float64Array,
  ranges: readonly { low: number; high: number }[],
  bias: number,
  bound: number,
): boolean {
  let sums = [bias];
  weights.forEach((weight, k) => {
    const values = ranges[k].low === 0 ? [0, 1] : [-1, 0, 1];
    sums = sums.flatMap((sum) => values.map((value) => sum + weight * value));
  });
  return sums.every((sum) => Math.abs(sum) > bound);
}

describe('isClearOfTies', () => {
  it('sees a tie that only cells of both halves reach together', () => {
    const ranges = [BIT, BIT, BIT, BIT];
    expect(isClearOfTies(Float64Array.of(3.1, 2.3, -4.4, -1), ranges, 0, 1e-8)).toBe(false);
    expect(isClearOfTies(Float64Array.of(3.1, 2.3, -4.4, -1), ranges, 0.05, 1e-8)).toBe(true);
  });

  it('sees sums within the band but not at 0', () => {
    const weights = Float64Array.of(1, -1 + 3e-8);
    expect(isClearOfTies(weights, [BIT, BIT], -0.5, 1e-8)).toBe(true);
    expect(isClearOfTies(weights, [BIT, BIT], -3e-8, 1e-8)).toBe(false);
  });

  it('leaves cells without a grid and rows with too many sums to the tie rule', () => {
    expect(isClearOfTies(Float64Array.of(1), [{ low: 0, high: 1, unit: 0 }], 5, 1e-8)).toBe(false);
    const many = new Float64Array(40).fill(0.3);
    expect(
      isClearOfTies(
        many,
        Array.from(many, () => BIT),
        5,
        1e-8,
      ),
    ).toBe(false);
  });

  it('agrees with enumeration on random rows of small eighths', () => {
    const random = createRandom(7);
    let clear = 0;
    for (let round = 0; round < 300; round++) {
      const size = 1 + random.below(8);
      const weights = Float64Array.from({ length: size }, () => (random.below(65) - 32) / 8);
      const ranges = Array.from({ length: size }, () => (random.below(2) === 0 ? BIT : SIGN));
      const bias = (random.below(401) - 200) / 16;
      const expected = clearByEnumeration(weights, ranges, bias, 1e-8);
      expect(isClearOfTies(weights, ranges, bias, 1e-8)).toBe(expected);
      if (expected) clear++;
    }
    expect(clear).toBeGreaterThan(50);
    expect(clear).toBeLessThan(290);
  });
});
