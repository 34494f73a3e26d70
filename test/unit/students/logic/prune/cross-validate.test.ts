import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { growTree } from '../../../../../src/students/logic/grow/grow.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../../../../src/students/logic/problem.js';
import type { LogicProblem } from '../../../../../src/students/logic/problem.js';
import { crossValidate } from '../../../../../src/students/logic/prune/cross-validate.js';
import { pruneTree } from '../../../../../src/students/logic/prune/prune.js';

/** Rows of two features; the target follows the first and, in a share of the rows, chance. */
function problemOf(rows: number, noise: number, classes: number): LogicProblem {
  const random = createRandom(3);
  const columns = [0, 1].map(() => Float64Array.from({ length: rows }, () => random.unit()));
  const target = Float64Array.from(columns[0], (x) => {
    const own = x > 0.5 ? 1 : 0;
    return random.unit() < noise ? 1 - own : own;
  });
  return {
    data: { names: ['a', 'b'], columns, target },
    classes,
    domains: columns.map(() => ({ kind: 'real' })),
    settings: { ...DEFAULT_LOGIC_SETTINGS, minProbes: 0 },
  };
}

function validated(problem: LogicProblem) {
  const grown = pruneTree(growTree(problem), problem, problem.data);
  return { grown, front: crossValidate(grown, problem) };
}

describe('crossValidate', () => {
  it('tells what a tree learned by heart from what holds', () => {
    const { grown, front } = validated(problemOf(400, 0.2, 2));
    const largest = grown.at(-1);
    expect(largest?.trainingFidelity).toBeGreaterThan(0.85);
    // Nobody is right more often than chance leaves room for.
    for (const { fidelity } of front) expect(fidelity).toBeLessThan(0.84);
    const split = front.find(({ leaves }) => leaves === 2);
    expect(split?.fidelity).toBeGreaterThan(0.75);
    const order = front.map(({ fidelity }) => fidelity);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('of numbers gives the share of variance, below 0 for a constant', () => {
    const { front } = validated(problemOf(200, 0, 0));
    expect(front[0].leaves).toBe(1);
    expect(front[0].fidelity).toBeLessThan(0);
    expect(front[0].fidelity).toBeGreaterThan(-0.1);
    expect(front.at(-1)).toMatchObject({ leaves: 2 });
    expect(front.at(-1)?.fidelity).toBeGreaterThan(0.9);
  });

  it('divides fewer rows than parts', () => {
    expect(validated(problemOf(6, 0, 2)).front.length).toBeGreaterThan(0);
  });
});
