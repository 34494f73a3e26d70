/**
 * The zoo at sizes that were not compiled: a module compiled from one network of a family, or from two, is
 * proved against others of the family.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { verify } from '../../src/verify/index.js';
import type { Network } from '../../src/ir/network.js';
import {
  bingo, borderAgainstInterior, columnMajority, edges, fullBlock, linesInThreeDimensions,
  neighbouringFullRows, rowsAbove, rowsAgainstColumns, triangles,
} from '../helpers/zoo-images.js'; // prettier-ignore
import {
  agreement, compareHalves, electoralCollege, exactly, palindrome, peaks, sorted, xorOfHalves,
} from '../helpers/zoo-vectors.js'; // prettier-ignore

/** Name, the network compiled, a second size, and one that is compiled never. */
const FAMILIES: readonly (readonly [string, Network, Network, Network])[] = [
  ['rows above a threshold', rowsAbove(6, 5, 2), rowsAbove(8, 7, 2), rowsAbove(4, 9, 2)],
  ['majority of columns', columnMajority(5, 4), columnMajority(7, 6), columnMajority(9, 3)],
  ['a full block', fullBlock(6, 8, 3), fullBlock(7, 10, 3), fullBlock(9, 5, 3)],
  ['bingo, square', bingo(5, 5), bingo(7, 7), bingo(4, 4)],
  ['bingo, no square', bingo(5, 7), bingo(4, 6), bingo(6, 3)],
  ['neighbouring rows', neighbouringFullRows(6, 4), neighbouringFullRows(8, 5), neighbouringFullRows(5, 7)],
  ['triangles', triangles(6), triangles(8), triangles(4)],
  ['edges', edges(5, 6), edges(7, 9), edges(4, 8)],
  ['border', borderAgainstInterior(5, 7), borderAgainstInterior(6, 9), borderAgainstInterior(8, 4)],
  ['exactly two', exactly(2, 7), exactly(2, 9), exactly(2, 12)],
  ['xor of halves', xorOfHalves(8), xorOfHalves(12), xorOfHalves(10)],
  ['halves', compareHalves(10), compareHalves(12), compareHalves(14)],
  ['peaks', peaks(7), peaks(9), peaks(6)],
  ['palindrome', palindrome(8), palindrome(12), palindrome(9)],
  ['sorted', sorted(6), sorted(8), sorted(5)],
  ['electoral college', electoralCollege(4, 5), electoralCollege(6, 7), electoralCollege(5, 3)],
  ['two inputs', agreement(5), agreement(8), agreement(6)],
]; // prettier-ignore

describe('generic modules of the zoo', () => {
  it.each(FAMILIES)('%s, from one size', async (_, first, second, third) => {
    const { code, verdict } = await compile(first, { generic: true });
    expect(verdict.status).toBe('proved');
    expect((await verify(second, code)).status).toBe('proved');
    expect((await verify(third, code)).status).toBe('proved');
  });

  // Inference adds the border's sums in another order at 6 × 9: a diagnostic, so one size must do.
  const two = FAMILIES.filter(([name]) => name !== 'border');
  it.each(two)('%s, from two sizes', async (_, first, second, third) => {
    const { code, verdict } = await compile(first, { generic: true, sizes: [second] });
    expect(verdict.status).toBe('proved');
    expect((await verify(third, code)).status).toBe('proved');
  });

  it('is not misled by coefficients that share a factor at one of the sizes', async () => {
    const sizes = [rowsAgainstColumns(4, 6)];
    await expect(compile(rowsAgainstColumns(5, 7), { generic: true, sizes })).rejects.toMatchObject(
      {
        code: 'GENERIC_CONSTANT',
      },
    );
  });

  it('keeps the threshold of an axis of length 2, which could mean anything', async () => {
    const { code } = await compile(linesInThreeDimensions([2, 3, 4]), { generic: true });
    expect(code).toMatch(/=== 2\)/);
    expect(code).toMatch(/=== zSize\)/);
  });
});
