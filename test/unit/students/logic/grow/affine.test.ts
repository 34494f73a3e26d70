/** Affine leaves: exact where the target is piecewise affine, with few terms. */
import { describe, expect, it } from 'vitest';
import { fitAffine } from '../../../../../src/students/logic/grow/affine.js';
import { growTree } from '../../../../../src/students/logic/grow/grow.js';
import { measureTree } from '../../../../../src/students/logic/measure.js';
import { pruneTree } from '../../../../../src/students/logic/prune/prune.js';
import { leavesOf } from '../../../../../src/students/logic/tree.js';
import { drawProblem, predictAt, TEN } from '../problems.js';
import type { Target } from '../problems.js';

const SETTINGS = { classes: 0, allowsAffineLeaves: true } as const;

describe('fitAffine', () => {
  it('finds the features that matter and leaves the others out', () => {
    const { data } = drawProblem([TEN, TEN, TEN], ([x, , z]) => 3 * x - z / 2 + 7, 50, SETTINGS);
    const store = {
      columns: [...data.columns],
      target: data.target,
      weights: new Float64Array(50).fill(1),
    };
    const order = Uint32Array.from({ length: 50 }, (_, row) => row);
    const { offset, terms } = fitAffine(store, 3, { order, start: 0, end: 50 });
    expect(offset).toBeCloseTo(7, 5);
    expect(terms.map(({ feature }) => feature)).toEqual([0, 2]);
    expect(terms[0].coefficient).toBeCloseTo(3, 6);
    expect(terms[1].coefficient).toBeCloseTo(-0.5, 6);
  });

  it('is the mean of too few rows and of constant features', () => {
    const store = {
      columns: [Float64Array.of(1, 5, 5, 5)],
      target: Float64Array.of(2, 4, 6, 8),
      weights: Float64Array.of(1, 3, 1, 1),
    };
    const fit = (rows: number[]) =>
      fitAffine(store, 1, { order: Uint32Array.from(rows), start: 0, end: rows.length });
    expect(fit([0, 1])).toEqual({ offset: 3.5, terms: [] });
    expect(fit([1, 2, 3]).terms).toEqual([]);
  });
});

describe('growTree with affine leaves', () => {
  it('makes one leaf of an affine target', () => {
    const tree = growTree(drawProblem([TEN, TEN], ([x, y]) => x - 2 * y, 300, SETTINGS));
    expect(leavesOf(tree)).toHaveLength(1);
    expect(predictAt(tree, [3, 4])).toBeCloseTo(-5, 6);
  });

  it('finds a kink that no step tells', () => {
    const kinked: Target = ([x, y]) => Math.abs(x - 4) + y / 2;
    const problem = drawProblem([TEN, TEN], kinked, 1000, { ...SETTINGS, maxLeaves: 2 });
    const tree = growTree(problem);
    expect(tree).toMatchObject({ condition: { kind: 'above', feature: 0 } });
    const { fidelity } = measureTree(tree, drawProblem([TEN, TEN], kinked, 500, { seed: 1 }).data);
    expect(fidelity).toBeGreaterThan(0.9999);
  });

  it('prunes to affine leaves', () => {
    const kinked: Target = ([x, y]) => Math.abs(x - 4) + y;
    const problem = drawProblem([TEN, TEN], kinked, 600, SETTINGS);
    const judged = drawProblem([TEN, TEN], kinked, 500, { seed: 1 }).data;
    const [first] = pruneTree(growTree(problem), problem, judged);
    expect(first.leaves).toBe(1);
    expect(first.fidelity).toBeGreaterThan(0.5);
  });
});
