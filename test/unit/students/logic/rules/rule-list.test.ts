/** Rule lists: short rules, in an order that is as right as the tree, none of them idle. */
import { describe, expect, it } from 'vitest';
import { growTree } from '../../../../../src/students/logic/grow/grow.js';
import { measureTree } from '../../../../../src/students/logic/measure.js';
import type { LogicData } from '../../../../../src/students/logic/problem.js';
import { guardHolds, plainBlockOf } from '../../../../../src/students/logic/guards.js';
import {
  ruleFor,
  ruleListOf,
  treeOfList,
} from '../../../../../src/students/logic/rules/rule-list.js';
import { featuresOfCondition, leafOf, leavesOf } from '../../../../../src/students/logic/tree.js';
import { rulesOf } from '../../../../../src/students/logic/words.js';
import type { RuleList } from '../../../../../src/students/logic/rules/rule-list.js';
import { drawProblem, tableProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';

const loan: Target = ([income, debt]) => (income > 6 && debt < 3 ? 1 : 0);

/** Share of rows for which the list is right, rule by rule as it is read. */
function agreementOn(list: RuleList, { columns, target }: LogicData): number {
  let right = 0;
  target.forEach((value, row) => {
    const { prediction } = ruleFor(list, (feature) => columns[feature][row]);
    if (prediction.kind === 'class' && prediction.index === value) right++;
  });
  return right / target.length;
}

describe('ruleListOf', () => {
  it('tells a conjunction as one rule and a default', () => {
    const { data, ...rest } = drawProblem([TEN, TEN, TEN], loan, 2000);
    const list = ruleListOf(growTree({ data, ...rest }), data);
    const approved = data.target.reduce((sum, value) => sum + value, 0);
    const lengths = list.rules.map(({ literals }) => literals.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2);
    expect(agreementOn(list, data)).toBe(1);
    expect(
      [...list.rules, list.otherwise]
        .filter(({ prediction }) => prediction.kind === 'class' && prediction.index === 1)
        .reduce((sum, { support }) => sum + support, 0),
    ).toBe(approved);
  });

  it('is about as right as the tree, and counts what it decides', () => {
    const wavy: Target = ([x, y]) => (y > 7 ? 2 : Math.sin(x) * 3 + 5 > y ? 1 : 0);
    const settings = { classes: 3, maxLeaves: 16 };
    const problem = drawProblem([TEN, TEN], wavy, 2000, settings);
    const tree = growTree(problem);
    const list = ruleListOf(tree, problem.data);
    const agreement = agreementOn(list, problem.data);
    expect(agreement).toBeGreaterThan(measureTree(tree, problem.data).fidelity - 0.01);
    const all = [...list.rules, list.otherwise];
    expect(all.reduce((sum, { support }) => sum + support, 0)).toBe(2000);
    expect(all.reduce((sum, { agreeing }) => sum + agreeing, 0)).toBe(Math.round(agreement * 2000));
    expect(Math.min(...list.rules.map(({ support }) => support))).toBeGreaterThan(0);
  });

  it('keeps rules to the length allowed', () => {
    const wavy: Target = ([x, y]) => (Math.sin(x) * 3 + 5 > y ? 1 : 0);
    const problem = drawProblem([TEN, TEN], wavy, 1000);
    const tree = growTree(problem);
    const longest = (mostLiterals: number): number => {
      const { rules } = ruleListOf(tree, problem.data, { mostLiterals });
      return Math.max(...rules.map(({ literals }) => literals.length));
    };
    expect(longest(2)).toBe(2);
    expect(longest(4)).toBeGreaterThan(2);
  });

  it('keeps the tightest thresholds of a path', () => {
    const problem = tableProblem([[1, 2, 3, 4, 5, 6]], [0, 0, 1, 1, 0, 0]);
    const { rules } = ruleListOf(growTree(problem), problem.data);
    for (const { literals } of rules) {
      const sides = literals.map(({ isTrue }) => isTrue);
      expect(new Set(sides).size).toBe(sides.length);
    }
    expect(agreementOn(ruleListOf(growTree(problem), problem.data), problem.data)).toBe(1);
  });

  it('of a single leaf is the default alone', () => {
    const problem = tableProblem([[1, 2, 3]], [1, 1, 1]);
    expect(ruleListOf(growTree(problem), problem.data)).toEqual({
      rules: [],
      otherwise: { prediction: { kind: 'class', index: 1 }, support: 3, agreeing: 3 },
    });
  });

  it('tells two ways to an answer by one rule each, and nothing else', () => {
    const ways: Target = ([a, b, c, d]) => ((a > 6 && b < 3) || (c > 8 && d > 5) ? 1 : 0);
    const problem = drawProblem([TEN, TEN, TEN, TEN], ways, 4000, { minProbes: 500 });
    const list = ruleListOf(growTree(problem), problem.data, { mostLiterals: 2 });
    expect(list.rules).toHaveLength(2);
    const read = list.rules.map(({ literals }) =>
      literals.flatMap(({ condition }) => featuresOfCondition(condition)),
    );
    expect(read.sort()).toEqual([[0, 1], [2, 3]]); // prettier-ignore
    expect(list.otherwise.prediction).toEqual({ kind: 'class', index: 0 });
    expect(agreementOn(list, problem.data)).toBeGreaterThan(0.98);
  });

  it('is the same function as a tree', () => {
    const wavy: Target = ([x, y]) => (y > 7 ? 2 : Math.sin(x) * 3 + 5 > y ? 1 : 0);
    const problem = drawProblem([TEN, TEN], wavy, 1000, { classes: 3, maxLeaves: 16 });
    const list = ruleListOf(growTree(problem), problem.data);
    const tree = treeOfList(list);
    expect(leavesOf(tree)).toHaveLength(list.rules.length + 1);
    const block = plainBlockOf(tree);
    const { columns, target } = problem.data;
    target.forEach((_, row) => {
      const valueAt = (feature: number): number => columns[feature][row];
      const { prediction } = ruleFor(list, valueAt);
      expect(leafOf(tree, valueAt).prediction).toEqual(prediction);
      const rule = rulesOf(block).find(({ guards }) =>
        guards.every((guard) => guardHolds(guard, valueAt)),
      );
      expect(rule?.leaf.prediction).toEqual(prediction);
    });
  });

  it('has numbers as well', () => {
    const steps: Target = ([x]) => (x > 2 ? (x > 7 ? 5 : 1) : -3);
    const problem = drawProblem([TEN], steps, 300, { classes: 0 });
    const list = ruleListOf(growTree(problem), problem.data);
    const said = [1, 4, 8].map((x) => {
      const { prediction } = ruleFor(list, () => x);
      return prediction.kind === 'values' ? prediction.cells[0].offset : NaN;
    });
    expect(said).toEqual([-3, 1, 5]);
  });
});
