/** Trees grown from rows alone: exact best splits, ties, weights, categories, monotone constraints. */
import { describe, expect, it } from 'vitest';
import { growTree } from '../../../../../src/students/logic/grow/grow.js';
import type { LogicProblem } from '../../../../../src/students/logic/problem.js';
import { depthOf, leavesOf } from '../../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';
import { agreementOf, drawProblem, predictAt, tableProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';

const FIVE = [TEN, TEN, TEN, TEN, TEN];
const loan: Target = ([income, debt]) => (income > 6 && debt < 3 ? 1 : 0);

function splitOf(tree: Tree): Extract<Tree, { kind: 'split' }> {
  if (tree.kind !== 'split') throw new Error('a leaf');
  return tree;
}

describe('growTree', () => {
  it('finds a conjunction of two thresholds with two splits', () => {
    const tree = growTree(drawProblem(FIVE, loan, 4000));
    expect(leavesOf(tree)).toHaveLength(3);
    expect(agreementOf(tree, FIVE, loan)).toBeGreaterThan(0.995);
  });

  it('counts support and agreement of leaves in weights', () => {
    const problem = tableProblem([[1, 2, 3, 4]], [0, 0, 1, 0], { maxLeaves: 2 });
    const weights = Float64Array.of(1, 1, 5, 2);
    const tree = growTree({ ...problem, data: { ...problem.data, weights } });
    expect(tree).toMatchObject({
      condition: { kind: 'above', feature: 0, threshold: 2.5 },
      yes: { support: 7, agreeing: 5, prediction: { index: 1 } },
      no: { support: 2, agreeing: 2, prediction: { index: 0 } },
    });
  });

  it('keeps a heavy row like many equal ones', () => {
    const weighted = tableProblem([[1, 2, 3, 4, 5]], [0, 1, 0, 1, 1]);
    const weights = Float64Array.of(1, 4, 1, 1, 1);
    const repeated = tableProblem([[1, 2, 2, 2, 2, 3, 4, 5]], [0, 1, 1, 1, 1, 0, 1, 1]);
    const first = growTree({ ...weighted, data: { ...weighted.data, weights } });
    expect(first).toEqual(growTree(repeated));
  });

  it('makes a leaf of one row, of a constant target and of equal rows', () => {
    const one = growTree(tableProblem([[3]], [1]));
    expect(one).toEqual({
      kind: 'leaf',
      prediction: { kind: 'class', index: 1 },
      support: 1,
      agreeing: 1,
    });
    expect(growTree(tableProblem([[1, 2, 3]], [1, 1, 1])).kind).toBe('leaf');
    expect(growTree(tableProblem([[2, 2, 2]], [0, 1, 1]))).toMatchObject({
      support: 3,
      agreeing: 2,
    });
    expect(growTree(tableProblem([[1, 2, 3]], [0.1, 0.1, 0.1], { classes: 0 })).kind).toBe('leaf');
  });

  it('takes the first feature and the lowest class where several are as good', () => {
    const tree = splitOf(growTree(tableProblem([[1, 2], [1, 2]], [0, 1]))); // prettier-ignore
    expect(tree.condition).toMatchObject({ feature: 0 });
    expect(growTree(tableProblem([[1, 1]], [1, 0]))).toMatchObject({ prediction: { index: 0 } });
  });

  it('separates neighbouring floats', () => {
    const [low, high] = [1, 1 + Number.EPSILON];
    const tree = growTree(tableProblem([[low, high]], [0, 1]));
    expect([predictAt(tree, [low]), predictAt(tree, [high])]).toEqual([0, 1]);
  });

  it('respects depth, leaves and support', () => {
    const wavy: Target = ([x]) => (Math.sin(x * 5) > 0 ? 1 : 0);
    const deep = growTree(drawProblem([TEN], wavy, 2000, { maxDepth: 3, maxLeaves: 100 }));
    expect(depthOf(deep)).toBe(3);
    expect(leavesOf(growTree(drawProblem([TEN], wavy, 2000, { maxLeaves: 5 })))).toHaveLength(5);
    const supported = growTree(drawProblem([TEN], wavy, 2000, { minSupport: 150, maxLeaves: 99 }));
    expect(Math.min(...leavesOf(supported).map(({ support }) => support))).toBeGreaterThanOrEqual(
      150,
    );
  });

  it('predicts numbers by means', () => {
    const steps: Target = ([x]) => (x > 2 ? (x > 7 ? 5 : 1) : -3);
    const tree = growTree(drawProblem([TEN], steps, 1000, { classes: 0 }));
    expect(leavesOf(tree)).toHaveLength(3);
    expect([1, 3, 9].map((x) => predictAt(tree, [x]))).toEqual([-3, 1, 5]);
  });

  it('tells three classes apart', () => {
    const three: Target = ([x, y]) => (x > 4 ? 2 : y > 5 ? 1 : 0);
    const tree = growTree(drawProblem([TEN, TEN], three, 3000, { classes: 3 }));
    expect(leavesOf(tree)).toHaveLength(3);
    expect(agreementOf(tree, [TEN, TEN], three)).toBeGreaterThan(0.995);
  });
});

describe('categories', () => {
  const values = [0, 1, 2, 3, 4, 5, 6];

  it.each([2, 3])('are one set in a problem of %i classes', (classes) => {
    const odd: Target = ([x]) => (x % 2) * (classes - 1);
    const tree = growTree(drawProblem([{ kind: 'values', values }], odd, 500, { classes }));
    expect(splitOf(tree).condition).toEqual({ kind: 'among', feature: 0, values: [1, 3, 5] });
    expect(leavesOf(tree)).toHaveLength(2);
  });

  it('are told by a threshold where that is as good', () => {
    const high: Target = ([x]) => (x > 3 ? 1 : 0);
    const tree = growTree(drawProblem([{ kind: 'values', values }], high, 500));
    expect(splitOf(tree).condition).toEqual({ kind: 'above', feature: 0, threshold: 3.5 });
  });

  it('of a one-hot group become one question', () => {
    const codes = Array.from({ length: 40 }, (_, row) => row % 5);
    const columns = [0, 1, 2, 3].map((category) =>
      codes.map((code) => (code === category ? 1 : 0)),
    );
    const target = codes.map((code) => (code === 1 || code === 3 ? 0 : 1));
    const problem: LogicProblem = {
      ...tableProblem(columns, target),
      oneHot: [{ features: [0, 1, 2, 3] }],
    };
    const tree = splitOf(growTree(problem));
    expect(leavesOf(tree)).toHaveLength(2);
    expect(tree.condition).toEqual({
      kind: 'count',
      least: 1,
      conditions: [1, 3].map((feature) => ({ kind: 'above', feature, threshold: 0.5 })),
    });
  });
});

describe('monotone constraints', () => {
  it.each([0, 2, 3])('hold between any two inputs, with %i classes', (classes) => {
    const bumpy: Target = ([x, y]) => {
      const height = x / 10 + Math.sin(3 * x) / 2 + (y > 5 ? 0.4 : 0);
      return classes === 0
        ? height
        : Math.max(0, Math.min(classes - 1, Math.round(height * classes)));
    };
    const tree = growTree(drawProblem([TEN, TEN], bumpy, 2000, { classes, monotone: { 0: 1 } }));
    expect(leavesOf(tree).length).toBeGreaterThan(3);
    for (let y = 0.05; y < 10; y += 0.3) {
      const values = Array.from({ length: 200 }, (_, k) => predictAt(tree, [k / 20, y]));
      expect(values).toEqual([...values].sort((left, right) => left - right));
    }
  });
});
