import { describe, expect, it } from 'vitest';
import { isNearlyFlag } from '../../../src/infer/words.js';

describe('isNearlyFlag', () => {
  it('looks through noise, but wants both values', () => {
    expect(isNearlyFlag([0, 1])).toBe(true);
    expect(isNearlyFlag([-1e-9, 0.9999999999974849, 1])).toBe(true);
    expect(isNearlyFlag([1, 1])).toBe(false);
    expect(isNearlyFlag([0, 1, 2])).toBe(false);
    expect(isNearlyFlag([0, 0.999])).toBe(false);
  });
});
