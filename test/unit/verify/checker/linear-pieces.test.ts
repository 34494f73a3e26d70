import { describe, expect, it } from 'vitest';
import { Budget } from '../../../../src/verify/checker/budget.js';
import { Context } from '../../../../src/verify/checker/context.js';
import type { PiecesResult } from '../../../../src/verify/checker/linear-pieces.js';
import { sizeByPieces } from '../../../../src/verify/checker/linear-pieces.js';
import type { Num } from '../../../../src/verify/checker/num.js';
import { combine } from '../../../../src/verify/checker/num.js';
import { maximum, reluOf } from '../../../../src/verify/checker/operations.js';
import { Undecided } from '../../../../src/verify/checker/undecided.js';

const UNBOUNDED = new Budget(2 ** 40, () => undefined);

function setup(cells: number): { context: Context; x: readonly Num[] } {
  const context = new Context();
  const x = Array.from({ length: cells }, () => context.addCell({ kind: 'interval', min: -1, max: 1 })); // prettier-ignore
  return { context, x };
}

function size(context: Context, num: Num, enough: number, budget = UNBOUNDED): PiecesResult | undefined {
  return sizeByPieces(context, context.flatten(num), enough, budget, () => false);
} // prettier-ignore

const minus = (a: Num, b: Num, factor = 1): Num => combine(a, 1, b, -factor, 0, false);

describe('the size of a piecewise-linear form', () => {
  it('is 0 where two texts say the larger of two in different ways', () => {
    const { context, x } = setup(2);
    const direct = maximum(context, [x[0], x[1]]);
    const byHinge = combine(reluOf(context, minus(x[0], x[1])), 1, x[1], 1, 0, false);
    expect(size(context, minus(direct, byHinge), 1e-9)?.size).toBeLessThan(1e-13);
  });

  it('is reached at a corner', () => {
    const { context, x } = setup(3);
    // max(x, y, z) − max(x, y, 0.9·z) is largest where z = 1 and the others are at most 0.9.
    const scaled = combine(x[2], 0.9, undefined, 0, 0, false);
    const difference = minus(maximum(context, x), maximum(context, [x[0], x[1], scaled]));
    expect(size(context, difference, 0.5)?.size).toBeCloseTo(0.1, 12);
  });

  it('says where it is too large', () => {
    const { context, x } = setup(2);
    const difference = minus(maximum(context, [x[0], x[1]]), x[0]);
    const found = size(context, difference, 0.5);
    expect(found?.size).toBe(Infinity);
    const [a, b] = context.flatten(x[0]).atoms.length === 1 ? [0, 1].map((k) => found?.witness?.get(context.flatten(x[k]).atoms[0]) ?? NaN) : []; // prettier-ignore
    expect(Math.max(a, b) - a).toBeGreaterThan(0.5);
  });

  it('counts what noise moves as nothing, but within its bound', () => {
    const { context, x } = setup(2);
    const noisy = combine(x[0], 1 + 1e-9, x[1], 1e-9, 0, false);
    const difference = minus(maximum(context, [x[0], x[1]]), maximum(context, [noisy, x[1]]));
    const found = size(context, difference, 1e-6);
    expect(found?.size).toBeLessThan(3e-9);
    expect(found?.size).toBeGreaterThan(1.9e-9);
  });

  it('is not asked over many cells, or over unbounded ones', () => {
    const { context, x } = setup(5);
    expect(size(context, maximum(context, x), 9)).toBeUndefined();
    const real = context.addCell({ kind: 'real' });
    expect(size(context, reluOf(context, real), 9)).toBeUndefined();
  });

  it('ends with its budget', () => {
    const { context, x } = setup(4);
    const sums = [1, 2, 3, 4, 5, 6, 7].map((k) => reluOf(context, combine(combine(x[0], k % 3, x[1], k - 4, 0.1 * k, false), 1, combine(x[2], (k % 2) + 1, x[3], k % 5, 0, false), 1, 0, false))); // prettier-ignore
    const form = sums.reduce((a, b) => minus(a, b, 0.5));
    expect(() => size(context, form, 100, new Budget(2000, () => undefined))).toThrow(Undecided);
  });
});
