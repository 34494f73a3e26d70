import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { roundedUp } from '../../../src/numeric/rounded-up.js';

describe('a bound told to readers', () => {
  it('has two digits and is never less than the value', () => {
    expect(roundedUp(2.11e-13)).toBe(2.2e-13);
    expect(roundedUp(1.2)).toBe(1.2);
    expect(roundedUp(9.91e-7)).toBe(1e-6);
    expect(roundedUp(0)).toBe(0);
    const random = createRandom(1);
    for (let k = 0; k < 1000; k++) {
      const value = 10 ** (-20 * random.unit());
      const told = roundedUp(value);
      expect(told).toBeGreaterThanOrEqual(value);
      expect(told).toBeLessThanOrEqual(1.11 * value);
      expect(Number(told.toPrecision(2))).toBe(told);
    }
  });
});
