/** Trees that ask: inside of the domain and of their boxes, within the budget, to thresholds as they are. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { axesOf } from '../../../../../src/students/logic/grow/axes.js';
import type { Choice } from '../../../../../src/students/logic/grow/best-split.js';
import { growWithProbes } from '../../../../../src/students/logic/grow/grow.js';
import {
  drawInRegion,
  narrowRegion,
  wholeRegion,
} from '../../../../../src/students/logic/grow/region.js';
import { RowStore } from '../../../../../src/students/logic/grow/row-store.js';
import type { LogicProblem } from '../../../../../src/students/logic/problem.js';
import { leavesOf } from '../../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';
import { agreementOf, drawProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';

const FIVE = [TEN, TEN, TEN, TEN, TEN];
const loan: Target = ([income, debt]) => (income > 6 && debt < 3 ? 1 : 0);

/** The thresholds on each feature. */
function thresholdsOf(tree: Tree, feature: number): number[] {
  if (tree.kind === 'leaf') return [];
  const { condition, yes, no } = tree;
  const own =
    condition.kind === 'above' && condition.feature === feature ? [condition.threshold] : [];
  return [...own, ...thresholdsOf(yes, feature), ...thresholdsOf(no, feature)];
}

/** The problem with every point that it is asked for. */
function spied(problem: LogicProblem): { problem: LogicProblem; points: number[][] } {
  const points: number[][] = [];
  const ask = (columns: readonly Float64Array[]): Float64Array => {
    columns[0].forEach((_, row) => points.push(columns.map((column) => column[row])));
    return problem.ask?.(columns) ?? new Float64Array();
  };
  return { problem: { ...problem, ask }, points };
}

describe('growWithProbes', () => {
  it('finds thresholds of a conjunction from few rows', () => {
    const { tree } = growWithProbes(drawProblem(FIVE, loan, 300, { minProbes: 500 }));
    expect(leavesOf(tree)).toHaveLength(3);
    expect(Math.abs(thresholdsOf(tree, 0)[0] - 6)).toBeLessThan(1e-4);
    expect(Math.abs(thresholdsOf(tree, 1)[0] - 3)).toBeLessThan(1e-4);
  });

  it('finds a jump of numbers', () => {
    const jump: Target = ([x, y]) => (x > 4.25 ? 3 : 1) + y / 100;
    const settings = { classes: 0, minProbes: 300, maxLeaves: 2 };
    const { tree } = growWithProbes(drawProblem([TEN, TEN], jump, 100, settings));
    expect(thresholdsOf(tree, 0)[0]).toBeCloseTo(4.25, 4);
  });

  it('notices what no row of a node that seems pure tells', () => {
    const rare: Target = ([x, y]) => (x > 5 && y > 8.5 ? 1 : 0);
    const few = drawProblem([TEN, TEN], rare, 12);
    expect(few.data.target.includes(1)).toBe(false);
    const asking = drawProblem([TEN, TEN], rare, 12, { minProbes: 800 });
    expect(growWithProbes(few).tree.kind).toBe('leaf');
    expect(agreementOf(growWithProbes(asking).tree, [TEN, TEN], rare)).toBeGreaterThan(0.995);
  });

  it('stays in the domain, asks for one category at a time, and within the budget', () => {
    const bit = { kind: 'values', values: [0, 1] } as const;
    const mixed: Target = ([x, a, b, c, k]) => (a * x + b * (10 - x) + c * k > 6 ? 1 : 0);
    const domains = [TEN, bit, bit, bit, { kind: 'values', values: [2, 5, 7] }] as const;
    const plain = drawProblem(domains, mixed, 60, { minProbes: 300, mostAsked: 3000 });
    plain.data.target.forEach((_, row) => {
      for (const k of [1, 2, 3]) plain.data.columns[k][row] = row % 3 === k - 1 ? 1 : 0;
    });
    const target = plain.ask?.(plain.data.columns) ?? new Float64Array();
    const { problem, points } = spied({
      ...plain,
      data: { ...plain.data, target },
      oneHot: [{ features: [1, 2, 3] }],
    });
    const { asked } = growWithProbes(problem);
    expect(asked).toBe(points.length);
    expect(asked).toBeGreaterThan(1000);
    expect(asked).toBeLessThanOrEqual(3000);
    for (const [x, a, b, c, k] of points) {
      expect(x >= 0 && x <= 10 && a + b + c === 1 && [2, 5, 7].includes(k)).toBe(true);
    }
  });

  it('keeps the weight of the rows, and gives the same tree for the same seed', () => {
    const problem = drawProblem(FIVE, loan, 200, { minProbes: 400 });
    const { tree, data } = growWithProbes(problem);
    const weight = data.weights?.reduce((sum, value) => sum + value, 0);
    expect(weight).toBeGreaterThan(199.9);
    expect(weight).toBeLessThan(202);
    expect(growWithProbes(problem).tree).toEqual(tree);
  });

  it('asks nothing where it may not', () => {
    const { problem, points } = spied(drawProblem(FIVE, loan, 200, { minProbes: 0 }));
    growWithProbes(problem);
    expect(points).toHaveLength(0);
  });
});

it('draws points that satisfy all conditions of a path', () => {
  const values = { kind: 'values', values: [0, 1, 2, 3, 4] } as const;
  const problem = drawProblem([TEN, values], loan, 50);
  const axes = axesOf(problem);
  const above = (axis: number, threshold: number): Choice => ({
    kind: 'above',
    axis: axes[axis],
    gain: 1,
    low: threshold,
    high: threshold,
    threshold,
  });
  let region = wholeRegion(problem, new RowStore(problem));
  const path: [Choice, boolean][] = [
    [above(0, 3), true],
    [above(0, 3.5), false],
    [above(1, 0), true],
    [{ kind: 'among', axis: axes[1], gain: 1, values: [2, 3] }, false],
  ];
  for (const [choice, isYes] of path) {
    region = narrowRegion(region, choice, isYes) ?? region;
  }
  const [x, k] = drawInRegion(region, 500, createRandom(1));
  expect(x.every((value) => value > 3 && value <= 3.5)).toBe(true);
  expect(new Set(k)).toEqual(new Set([1, 4]));
  expect(narrowRegion(region, above(0, 3.5), true)).toBeUndefined();
});
