import { describe, expect, it } from 'vitest';
import type { IndexExpression } from '../../../src/ir/cluster.js';
import {
  accessOfPositions, composeAccess, composeIndex, evaluateIndex, positionsOf, simplifyAccess,
} from '../../../src/infer/positions.js'; // prettier-ignore
import { affine, range } from './graphs.js';

describe('composeIndex', () => {
  const points = (extents: readonly number[]): readonly (readonly number[])[] =>
    extents.reduce<readonly (readonly number[])[]>(
      (all, extent) =>
        all.flatMap((point) => Array.from({ length: extent }, (_, value) => [...point, value])),
      [[]],
    );
  const lookup: IndexExpression = { kind: 'lookup', axis: 0, values: [3, 1, 4, 0, 2] };
  const cases: readonly (readonly [IndexExpression, readonly IndexExpression[]])[] = [
    [affine(1, [2]), [affine(0, [1, 1])]],
    [affine(-1, [1], 5), [affine(0, [1, 0])]],
    [affine(1, [1], 5), [affine(1, [1, 0], 5)]],
    [lookup, [affine(1, [0, 1])]],
    [affine(0, [1]), [affine(2, [1, 0], 5)]],
    [affine(1, [2]), [{ kind: 'lookup', axis: 1, values: [4, 0, 3] }]],
    [affine(0, [1, 1]), [affine(0, [1, 0]), affine(0, [0, 1])]],
  ];
  it.each(cases)('case %#: is the outer index at the inner positions', (outer, inner) => {
    const extents = [4, 3];
    const composed = composeIndex(outer, inner, extents);
    expect(composed).toBeDefined();
    if (composed === undefined) return;
    for (const point of points(extents)) {
      const middle = inner.map((index) => evaluateIndex(index, point));
      expect(evaluateIndex(composed, point)).toBe(evaluateIndex(outer, middle));
    }
  });

  it('gives up where two iterators meet in a list', () => {
    expect(composeIndex(lookup, [affine(0, [1, 1])], [3, 3])).toBeUndefined();
  });
});

describe('accesses', () => {
  it('keeps the positions of a window that wraps around and is read at listed places', () => {
    const window = { ...range(affine(-1, [1]), affine(1, [1])), modulus: 4 } as const;
    // Modulo 4 these places are 3 + 2 · i modulo 5, which must not pass for a formula modulo 4.
    const places = [4, 1, 3];
    const composed = composeAccess(window, [{ kind: 'lookup', axis: 0, values: places }], [3]);
    expect(composed).toBeDefined();
    if (composed === undefined) return;
    for (const [i, place] of places.entries()) {
      expect(positionsOf(composed, [i], 4)).toEqual(positionsOf(window, [place], 4));
    }
  });

  it('cuts ranges at both borders', () => {
    expect(positionsOf(range(affine(-2, [1]), affine(2, [1])), [0], 5)).toEqual([0, 1]);
    expect(positionsOf(range(affine(-2, [1]), affine(9, [1]), 2), [1], 5)).toEqual([1, 3]);
  });

  it('finds the plainest words for positions', () => {
    expect(simplifyAccess(range(affine(0, [0]), affine(4, [0])), 4, 1)).toEqual({ kind: 'all' });
    expect(simplifyAccess({ kind: 'list', indices: [2] }, 4, 1)).toMatchObject({ kind: 'at' });
    expect(accessOfPositions([1, 3, 5], 7, 0)).toMatchObject({ kind: 'range', step: 2 });
    expect(accessOfPositions([1, 2, 5], 7, 0)).toEqual({ kind: 'list', indices: [1, 2, 5] });
  });
});
