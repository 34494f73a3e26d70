/** Refined trees: never worse on the rows, no larger, and better where growing was greedy. */
import { describe, expect, it } from 'vitest';
import { growTree } from '../../../../../src/students/logic/grow/grow.js';
import { measureTree } from '../../../../../src/students/logic/measure.js';
import { refineTree } from '../../../../../src/students/logic/refine/refine.js';
import { leavesOf } from '../../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';
import { drawProblem, tableProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';

function leaf(index: number): Tree {
  return { kind: 'leaf', prediction: { kind: 'class', index }, support: 0, agreeing: 0 };
}

describe('refineTree', () => {
  it('moves thresholds to where they belong', () => {
    const problem = drawProblem([TEN, TEN, TEN], ([x, y]) => (x > 6 && y < 3 ? 1 : 0), 2000);
    const bad: Tree = {
      kind: 'split',
      condition: { kind: 'above', feature: 0, threshold: 5 },
      yes: {
        kind: 'split',
        condition: { kind: 'above', feature: 1, threshold: 3.6 },
        yes: leaf(0),
        no: leaf(1),
      },
      no: leaf(0),
    };
    const good = refineTree(bad, problem);
    expect(leavesOf(good)).toHaveLength(3);
    expect(measureTree(good, problem.data).fidelity).toBe(1);
  });

  it.each([0, 2, 3])('lowers the loss of a greedy tree on its rows, with %i classes', (classes) => {
    const diagonal: Target = ([x, y]) => {
      const height = (x + y * y * 0.1) / 20;
      return classes === 0 ? height : Math.floor(height * classes);
    };
    const problem = drawProblem([TEN, TEN], diagonal, 2000, { classes, maxLeaves: 6 });
    const tree = growTree(problem);
    const refined = refineTree(tree, problem);
    expect(leavesOf(refined).length).toBe(leavesOf(tree).length);
    expect(measureTree(refined, problem.data).fidelity).toBeGreaterThan(
      measureTree(tree, problem.data).fidelity,
    );
  });

  it('respects weights and support', () => {
    const problem = tableProblem([[1, 2, 3, 4, 5, 6]], [0, 1, 0, 1, 1, 1], { minSupport: 2 });
    const tree: Tree = {
      kind: 'split',
      condition: { kind: 'above', feature: 0, threshold: 4.5 },
      yes: leaf(1),
      no: leaf(0),
    };
    expect(refineTree(tree, problem)).toMatchObject({ condition: { threshold: 3.5 } });
    const weights = Float64Array.of(1, 9, 1, 1, 1, 1);
    const weighted = { ...problem, data: { ...problem.data, weights } };
    // The heavy row would have its own side, but two rows must stay on each.
    expect(refineTree(tree, weighted)).not.toMatchObject({ condition: { threshold: 1.5 } });
  });

  it('leaves monotone trees alone', () => {
    const problem = drawProblem([TEN], ([x]) => Math.sin(x), 300, {
      classes: 0,
      monotone: { 0: 1 },
    });
    const tree = growTree(problem);
    expect(refineTree(tree, problem)).toBe(tree);
  });
});
