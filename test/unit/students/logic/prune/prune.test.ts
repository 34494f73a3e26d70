/** Pruned trees: nested, better with every leaf, and without what noise has made grow. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { growTree, growWithProbes } from '../../../../../src/students/logic/grow/grow.js';
import { measureTree } from '../../../../../src/students/logic/measure.js';
import type { LogicCandidate, LogicProblem } from '../../../../../src/students/logic/problem.js';
import { pruneTree, selectTree } from '../../../../../src/students/logic/prune/prune.js';
import { leavesOf } from '../../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';
import { agreementOf, drawProblem, predictAt, tableProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';

const loan: Target = ([income, debt]) => (income > 6 && debt < 3 ? 1 : 0);
const LEAF: Tree = {
  kind: 'leaf',
  prediction: { kind: 'class', index: 0 },
  support: 1,
  agreeing: 1,
};

/** A tenth of the decisions is wrong. */
function noisy(problem: LogicProblem, seed: number): LogicProblem {
  const random = createRandom(seed);
  const target = problem.data.target.map((value) => (random.unit() < 0.1 ? 1 - value : value));
  return { ...problem, data: { ...problem.data, target } };
}

function candidate(leaves: number, fidelity: number): LogicCandidate {
  return { leaves, fidelity, trainingFidelity: fidelity, tree: LEAF };
}

describe('pruneTree', () => {
  it('leaves the rule where noise has made a large tree', () => {
    const clean = drawProblem([TEN, TEN, TEN], loan, 3000);
    const problem = noisy(clean, 1);
    const tree = growTree(problem);
    expect(leavesOf(tree).length).toBeGreaterThan(20);
    const judged = noisy(drawProblem([TEN, TEN, TEN], loan, 3000, { seed: 1 }), 2).data;
    const candidates = pruneTree(tree, problem, judged);
    const chosen = selectTree(candidates, judged.target.length);
    expect(chosen?.leaves).toBe(3);
    expect(chosen && agreementOf(chosen.tree, [TEN, TEN, TEN], loan)).toBeGreaterThan(0.99);
  });

  it('gives candidates that gain with every leaf, from a single leaf on, as measured', () => {
    const wavy: Target = ([x, y]) => (Math.sin(x) * 3 + 5 > y ? 1 : 0);
    const problem = drawProblem([TEN, TEN], wavy, 1500);
    const judged = drawProblem([TEN, TEN], wavy, 400, { seed: 1 }).data;
    const candidates = pruneTree(growTree(problem), problem, judged);
    expect(candidates.length).toBeGreaterThan(4);
    expect(candidates[0].leaves).toBe(1);
    candidates.forEach((one, k) => {
      expect(leavesOf(one.tree)).toHaveLength(one.leaves);
      expect(measureTree(one.tree, judged).fidelity).toBe(one.fidelity);
      expect(measureTree(one.tree, problem.data).fidelity).toBe(one.trainingFidelity);
      if (k === 0) return;
      expect(one.leaves).toBeGreaterThan(candidates[k - 1].leaves);
      expect(one.fidelity).toBeGreaterThan(candidates[k - 1].fidelity);
      expect(one.trainingFidelity).toBeGreaterThan(candidates[k - 1].trainingFidelity);
    });
  });

  it('cuts the split that gains least, by hand', () => {
    // Left of 2.5 all 0; right of it a split that is right about one row more.
    const problem = tableProblem([[1, 2, 3, 4, 5]], [0, 0, 1, 1, 0]);
    const candidates = pruneTree(growTree(problem), problem, problem.data);
    expect(candidates.map(({ leaves, fidelity }) => [leaves, fidelity])).toEqual([
      [1, 0.6],
      [3, 1],
    ]);
  });

  it('keeps monotone constraints', () => {
    const bumpy: Target = ([x, y]) => x / 10 + Math.sin(3 * x) / 2 + (y > 5 ? 0.4 : 0);
    const settings = { classes: 0, monotone: { 0: 1 }, maxLeaves: 40 } as const;
    const problem = drawProblem([TEN, TEN], bumpy, 1500, settings);
    for (const { tree } of pruneTree(growTree(problem), problem, problem.data)) {
      for (const y of [1, 3, 5.5, 9]) {
        const values = Array.from({ length: 150 }, (_, k) => predictAt(tree, [k / 15, y]));
        expect(values).toEqual([...values].sort((left, right) => left - right));
      }
    }
  });

  it('prunes on rows that were asked for', () => {
    const problem = drawProblem([TEN, TEN, TEN], loan, 100, { minProbes: 400 });
    const { tree, data } = growWithProbes(problem);
    const judged = drawProblem([TEN, TEN, TEN], loan, 2000, { seed: 1 }).data;
    const candidates = pruneTree(tree, { ...problem, data }, judged);
    expect(candidates.at(-1)).toMatchObject({ leaves: 3, fidelity: 1 });
  });

  it('leaves a single leaf alone', () => {
    const problem = tableProblem([[1, 2]], [1, 1]);
    expect(pruneTree(growTree(problem), problem, problem.data)).toHaveLength(1);
  });
});

describe('selectTree', () => {
  const candidates = [candidate(1, 0.6), candidate(3, 0.94), candidate(7, 0.95), candidate(20, 0.955)]; // prettier-ignore

  it('takes the smallest within one standard error of the best', () => {
    // √(0.955 · 0.045 / 400) ≈ 0.0104; of 100,000 rows 0.0007
    expect(selectTree(candidates, 400)?.leaves).toBe(7);
    expect(selectTree(candidates, 100_000)?.leaves).toBe(20);
  });

  it('takes the smallest that is as faithful as wanted, or none', () => {
    expect(selectTree(candidates, 400, 0.94)?.leaves).toBe(3);
    expect(selectTree(candidates, 400, 0.99)).toBeUndefined();
    expect(selectTree([], 400)).toBeUndefined();
  });
});
