/** Rounded thresholds: the fewest digits that keep every row's side, or nearly every row's decision. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growTree } from '../../../../../src/students/logic/grow/grow.js';
import { divideRows, allRows, measureTree } from '../../../../../src/students/logic/measure.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../../../../src/students/logic/problem.js';
import type { LogicData, LogicProblem } from '../../../../../src/students/logic/problem.js';
import { roundThresholds } from '../../../../../src/students/logic/round/round-thresholds.js';
import {
  digitsOf,
  roundedTo,
  shortestBetween,
} from '../../../../../src/students/logic/round/short-number.js';
import { leavesOf } from '../../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';
import { drawProblem, tableProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';

describe('shortestBetween', () => {
  it.each([
    [5.98, 6.03, 6],
    [5.981, 5.989, 5.985],
    [-0.2, 0.1, 0],
    [3, 4, 3],
    [0.5, 3, 2],
    [-7.31, -7.29, -7.3],
    [99.7, 101.4, 100],
    [1234.4, 1266, 1250],
    [0.00123, 0.00131, 0.0013],
    [1e300, 1.7e300, 1e300],
  ])('%d .. %d is %d', (low, high, wanted) => {
    expect(shortestBetween(low, high, low / 2 + high / 2)).toBe(wanted);
  });

  it('stays inside, and no number of fewer digits lies inside', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, (first, second) => {
        const [low, high] = first < second ? [first, second] : [second, first];
        if (low === high) return;
        const short = shortestBetween(low, high, low / 2 + high / 2);
        expect(short >= low && short < high).toBe(true);
        for (let digits = 1; digits < digitsOf(short); digits++) {
          const others = [...roundedTo(low, digits), ...roundedTo(high, digits)];
          expect(others.filter((one) => one >= low && one < high)).toEqual([]);
        }
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

/** Which rows take which branch, split by split. */
function pathsOf(tree: Tree, data: LogicData, rows = allRows(data)): unknown {
  if (tree.kind === 'leaf') return [...rows];
  const { yes, no } = divideRows(tree.condition, data.columns, rows);
  return [pathsOf(tree.yes, data, yes), pathsOf(tree.no, data, no)];
}

describe('roundThresholds', () => {
  it('keeps the side of every row where nothing may be lost', () => {
    const wavy: Target = ([x, y]) => (Math.sin(x) * 3 + 5 > y ? 1 : 0);
    const problem = drawProblem([TEN, TEN], wavy, 500);
    const tree = growTree(problem);
    const short = roundThresholds(tree, problem, 0);
    expect(pathsOf(short.tree, problem.data)).toEqual(pathsOf(tree, problem.data));
    expect(short.after).toBe(short.before);
    expect(short.rounded.length).toBeGreaterThan(0);
    for (const { from, to, cost } of short.rounded) {
      expect(digitsOf(to)).toBeLessThanOrEqual(digitsOf(from));
      expect(cost).toBe(0);
    }
  });

  it('writes 6 for a border that winds around it, and says what that costs', () => {
    const curved: Target = ([x, y]) => (x + 0.01 * Math.sin(y) > 6.004 ? 1 : 0);
    const problem = drawProblem([TEN, TEN], curved, 20_000, { maxLeaves: 2 });
    const tree = growTree(problem);
    const { tree: short, rounded, before, after } = roundThresholds(tree, problem, 0.002);
    expect(short).toMatchObject({ condition: { feature: 0, threshold: 6 } });
    expect(after).toBeGreaterThanOrEqual(before - 0.002);
    expect(rounded[0].cost / 20_000).toBeCloseTo(before - after, 9);
    expect(measureTree(short, problem.data)).toEqual({ tree: short, fidelity: after });
  });

  it('does not write a short number that costs more', () => {
    const problem = drawProblem([TEN], ([x]) => (x > 6.37 ? 1 : 0), 20_000);
    const { tree } = roundThresholds(growTree(problem), problem);
    expect(tree).toMatchObject({ condition: { threshold: 6.37 } });
  });

  it('rounds between integers to the lower one, and numbers as well as classes', () => {
    const problem = tableProblem([[1, 2, 3, 4, 5]], [-1, -1, -1, 2, 2], { classes: 0 });
    const { tree, after } = roundThresholds(growTree(problem), problem);
    expect(tree).toMatchObject({ condition: { threshold: 3 } });
    expect(after).toBe(1);
  });

  it('never leaves a side empty', () => {
    const x = Array.from({ length: 3000 }, (_, row) => 1.1 + row / 1000);
    const problem = tableProblem([x], x.map((value) => (value > 1.1011 ? 1 : 0))); // prettier-ignore
    const { tree } = roundThresholds(growTree(problem), problem, 0.01);
    expect(Math.min(...leavesOf(tree).map(({ support }) => support))).toBeGreaterThan(0);
  });
});

describe('roundThresholds of a sample', () => {
  const settings = { ...DEFAULT_LOGIC_SETTINGS, minProbes: 0 };
  /** Class 1 above 28.4, but for some rows between 28 and the border. */
  const problemOf = (strays: number): LogicProblem => {
    const column = Float64Array.from({ length: 200 }, (_, k) => 18.4 + k / 10);
    const near = [28.1, 28.2, 28.3, 28.4].slice(0, strays);
    const target = column.map((x) => (x > 28.45 || near.some((one) => Math.abs(one - x) < 0.01) ? 1 : 0));
    const domains = [{ kind: 'real' } as const];
    return { data: { names: ['x'], columns: [column], target }, classes: 2, domains, settings };
  };
  const tree: Tree = {
    kind: 'split',
    condition: { kind: 'above', feature: 0, threshold: 28.43 },
    yes: { kind: 'leaf', prediction: { kind: 'class', index: 1 }, support: 0, agreeing: 0 },
    no: { kind: 'leaf', prediction: { kind: 'class', index: 0 }, support: 0, agreeing: 0 },
  };
  const roundedTo = (strays: number, isSample: boolean): number =>
    roundThresholds(tree, problemOf(strays), 0.05, isSample).rounded[0].to;

  it('goes no further than where the rows are mixed', () => {
    // Four rows of one class say where the border is; three of them and one do not.
    expect(roundedTo(0, true)).toBe(28.4);
    expect(roundedTo(1, true)).toBe(28);
    expect(roundedTo(0, false)).toBe(28);
  });
}); // prettier-ignore
