/** From rows to the rule that a person would write: grown, pruned, refined, rounded. */
import { describe, expect, it } from 'vitest';
import { growWithProbes } from '../../../../src/students/logic/grow/grow.js';
import { judge, pruneTree, selectTree } from '../../../../src/students/logic/prune/prune.js';
import { refineTree } from '../../../../src/students/logic/refine/refine.js';
import { roundThresholds } from '../../../../src/students/logic/round/round-thresholds.js';
import type { Tree } from '../../../../src/students/logic/tree.js';
import { drawProblem, TEN } from './problems.js';
import type { Target } from './problems.js';

const FIVE = [TEN, TEN, TEN, TEN, TEN];
const hard: Target = ([income, debt]) => (income > 6 && debt < 3 ? 1 : 0);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const smooth: Target = ([income, debt, age]) =>
  sigmoid(30 * (income - 6) + Math.sin(age) / 10) * sigmoid(30 * (3 - debt)) > 0.5 ? 1 : 0;

function conditionsOf(tree: Tree): string[] {
  if (tree.kind === 'leaf') return [];
  const { condition, yes, no } = tree;
  const own = condition.kind === 'above' ? `${condition.feature} > ${condition.threshold}` : '?';
  return [own, ...conditionsOf(yes), ...conditionsOf(no)];
}

describe.each([
  ['hard', hard],
  ['smooth', smooth],
])('a %s rule of two among five features', (_, target) => {
  it.each([300, 2000])('comes back from %i rows, with its numbers', (rows) => {
    const problem = drawProblem(FIVE, target, rows);
    const asking = { ...problem, settings: { ...problem.settings, minProbes: 1000 } };
    const { tree, data } = growWithProbes(asking);
    const learned = { ...asking, data };
    const judged = drawProblem(FIVE, target, 10_000, { seed: 1 }).data;
    const chosen = selectTree(pruneTree(tree, learned, judged), 10_000, 0.995);
    if (chosen === undefined) throw new Error('none is faithful enough');
    const rounded = roundThresholds(refineTree(chosen.tree, learned), learned, 0.003);
    expect(conditionsOf(rounded.tree).sort()).toEqual(['0 > 6', '1 > 3']);
    expect(judge(rounded.tree, learned, judged).fidelity).toBeGreaterThan(0.995);
  });
});
