import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../src/numeric/wilson.js';

describe('wilsonInterval', () => {
  it.each([
    // The figures of Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (hits, count, low, high) => {
    const [from, to] = wilsonInterval(hits, count);
    expect(from).toBeCloseTo(low, 4);
    expect(to).toBeCloseTo(high, 4);
  });

  it('is everything where nothing was counted', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
});
