/** The front of trees by size: searched ones are at least as faithful as pruned ones, within all limits. */
import { describe, expect, it } from 'vitest';
import { growTree } from '../../../../../src/students/logic/grow/grow.js';
import { measureTree } from '../../../../../src/students/logic/measure.js';
import type { LogicCandidate } from '../../../../../src/students/logic/problem.js';
import { nestedTrees } from '../../../../../src/students/logic/prune/prune.js';
import { expectedFidelity, findFront } from '../../../../../src/students/logic/refine/front.js';
import { depthOf, leavesOf } from '../../../../../src/students/logic/tree.js';
import { agreementOf, drawProblem, predictAt, TEN } from '../problems.js';
import type { Target } from '../problems.js';
import type { CellDomain } from '../../../../../src/ir/model-interface.js';

const disc: Target = ([x, y]) => (Math.hypot(x - 4, y - 6) < 3.5 ? 1 : 0);
const waves: Target = ([x, y]) => Math.floor(1.5 + Math.sin(x) + Math.cos(y) / 3);

function bestOf(candidates: readonly LogicCandidate[], leaves: number): LogicCandidate {
  const allowed = candidates.filter((one) => one.leaves <= leaves);
  return allowed.reduce((a, b) => (b.trainingFidelity > a.trainingFidelity ? b : a));
}

describe('findFront', () => {
  it.each([
    ['two classes', disc, 2],
    ['three classes', waves, 3],
    ['numbers', ([x, y]: readonly number[]) => Math.sin(x) + y / 5, 0],
  ] as const)('beats the pruned trees of the same size: %s', (_, target, classes) => {
    const problem = drawProblem([TEN, TEN], target, 4000, { classes, maxLeaves: 12 });
    const judged = drawProblem([TEN, TEN], target, 1000, { seed: 1, classes }).data;
    const tree = growTree(problem);
    const { candidates, polish } = findFront(tree, problem, judged);
    const nested = nestedTrees(tree, problem, judged);
    for (const leaves of [4, 8, 12]) {
      const found = bestOf(candidates, leaves);
      const polished = polish(found);
      expect(polished.leaves).toBeLessThanOrEqual(leaves);
      expect(polished.trainingFidelity).toBeGreaterThanOrEqual(found.trainingFidelity);
      expect(polished.trainingFidelity).toBeGreaterThan(bestOf(nested, leaves).trainingFidelity);
      expect(measureTree(polished.tree, judged).fidelity).toBe(polished.fidelity);
    }
    const expected = candidates.map((one) => expectedFidelity(one, problem, judged));
    expect(expected).toEqual([...expected].sort((a, b) => a - b));
    expect(new Set(candidates.map(({ leaves }) => leaves)).size).toBe(candidates.length);
  });

  it('is more faithful where it has not learned, too', () => {
    const problem = drawProblem([TEN, TEN], disc, 6000, { maxLeaves: 8 });
    const judged = drawProblem([TEN, TEN], disc, 1000, { seed: 1 }).data;
    const tree = growTree(problem);
    const { candidates, polish } = findFront(tree, problem, judged);
    const polished = polish(bestOf(candidates, 8));
    const greedy = bestOf(nestedTrees(tree, problem, judged), 8);
    const [ours, theirs] = [polished, greedy].map((one) => agreementOf(one.tree, [TEN, TEN], disc));
    expect(ours).toBeGreaterThan(theirs);
  });

  it('gives the same trees for the same seed', () => {
    const problem = drawProblem([TEN, TEN], disc, 2000, { maxLeaves: 8 });
    const find = (): unknown => {
      const front = findFront(growTree(problem), problem, problem.data);
      return [front.candidates, front.polish(bestOf(front.candidates, 6))];
    };
    expect(find()).toEqual(find());
  });

  it('keeps to depth and support', () => {
    const limits = { maxLeaves: 10, maxDepth: 4, minSupport: 40 };
    const problem = drawProblem([TEN, TEN], disc, 2000, limits);
    const { candidates, polish } = findFront(growTree(problem), problem, problem.data);
    for (const { tree } of [...candidates, polish(bestOf(candidates, 10))]) {
      expect(depthOf(tree)).toBeLessThanOrEqual(4);
      expect(Math.min(...leavesOf(tree).map(({ support }) => support))).toBeGreaterThanOrEqual(40);
    }
  });

  it('keeps monotone constraints, and questions about categories', () => {
    const bumpy: Target = ([x, y]) => x / 10 + Math.sin(3 * x) / 2 + (y > 5 ? 0.4 : 0);
    const monotone = { classes: 0, monotone: { 0: 1 }, maxLeaves: 20 } as const;
    const problem = drawProblem([TEN, TEN], bumpy, 1500, monotone);
    const { candidates, polish } = findFront(growTree(problem), problem, problem.data);
    for (const { tree } of candidates.map(polish)) {
      const values = Array.from({ length: 150 }, (_, k) => predictAt(tree, [k / 15, 7]));
      expect(values).toEqual([...values].sort((left, right) => left - right));
    }
    const colours: CellDomain = { kind: 'values', values: [0, 1, 2, 3, 4, 5, 6] };
    const among: Target = ([x, c]) => ([1, 4, 6].includes(c) && x > 3 ? 1 : 0);
    const coloured = drawProblem([TEN, colours], among, 3000);
    const front = findFront(growTree(coloured), coloured, coloured.data);
    expect(front.polish(bestOf(front.candidates, 32))).toMatchObject({ leaves: 3, fidelity: 1 });
  });

  it('ends when it is told to, with what was grown', () => {
    const stopped = { ...drawProblem([TEN, TEN], disc, 2000), shouldStop: () => true };
    const tree = growTree(stopped);
    const { candidates, polish } = findFront(tree, stopped, stopped.data);
    expect(nestedTrees(tree, stopped, stopped.data)).toEqual(expect.arrayContaining([...candidates])); // prettier-ignore
    expect(polish(bestOf(candidates, 6))).toEqual(bestOf(candidates, 6));
  });
});

describe('expectedFidelity', () => {
  const one = { leaves: 3, trainingFidelity: 0.9, fidelity: 0.8 } as LogicCandidate;

  it('weighs learned and judged rows where a network was asked, and trusts judged ones of a table', () => {
    const problem = drawProblem([TEN], disc, 300);
    const judged = drawProblem([TEN], disc, 100).data;
    // (300 · 0.9 − 2 · 3 + 100 · 0.8) / 400
    expect(expectedFidelity(one, problem, judged)).toBeCloseTo(0.86, 12);
    const { ask, ...table } = problem;
    expect(ask).toBeDefined();
    expect(expectedFidelity(one, table, judged)).toBe(0.8);
  });
});
