import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/numeric/random.js';
import type { HingeFunction } from '../../../../src/verify/checker/hinge-functions.js';
import { rectifiedFunction } from '../../../../src/verify/checker/hinge-functions.js';

function valueAt({ slope, constant, kinks }: HingeFunction, v: number): number {
  return kinks.reduce((sum, { at, change }) => sum + change * Math.max(0, v - at), slope * v + constant);
} // prettier-ignore

describe('a rectified function of one number', () => {
  it('is again one, within the slop that it states', () => {
    const random = createRandom(2);
    const number = (): number => random.below(9) / 2 - 2;
    for (let round = 0; round < 300; round++) {
      const kinks = Array.from({ length: 1 + random.below(4) }, () => ({ at: number(), change: number() || 1 })); // prettier-ignore
      kinks.sort((a, b) => a.at - b.at);
      const f = { slope: number(), constant: number(), kinks, slop: 0 };
      const [lo, hi] = [number() - 3, number() + 3];
      const g = rectifiedFunction(f, { lo, hi });
      expect(g.slop).toBeLessThan(1e-9);
      for (let k = 0; k <= 200; k++) {
        const v = lo + ((hi - lo) * k) / 200;
        expect(Math.abs(valueAt(g, v) - Math.max(0, valueAt(f, v)))).toBeLessThanOrEqual(g.slop);
      }
    }
  });

  it('is a hat where two layers make it: r(1 − |v|)', () => {
    const f = { slope: 1, constant: 1, kinks: [{ at: 0, change: -2 }], slop: 0 };
    const g = rectifiedFunction(f, { lo: -3, hi: 3 });
    expect(g).toMatchObject({ slope: 0, constant: 0 });
    expect(g.kinks).toEqual([
      { at: -1, change: 1 },
      { at: 0, change: -2 },
      { at: 1, change: 1 },
    ]);
  });

  it('holds without bounds where the outer slopes are the same', () => {
    const f = { slope: -1, constant: 0, kinks: [{ at: 0, change: 2 }], slop: 0 };
    const g = rectifiedFunction(f, { lo: -Infinity, hi: Infinity });
    expect(g.slop).toBeLessThan(1e-9);
    expect(valueAt(g, -1e6)).toBe(1e6);
  });
});
