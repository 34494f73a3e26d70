/** Interactions that no single split tells. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { growTree, growWithProbes } from '../../../../../src/students/logic/grow/grow.js';
import { pruneTree, selectTree } from '../../../../../src/students/logic/prune/prune.js';
import { leavesOf } from '../../../../../src/students/logic/tree.js';
import { agreementOf, drawProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';

const FIVE = [TEN, TEN, TEN, TEN, TEN];
const xor: Target = ([, a, , b]) => (a > 5 !== b > 5 ? 1 : 0);

describe('a tree looks two splits ahead', () => {
  it('tells XOR of two among five features by four leaves', () => {
    const problem = drawProblem(FIVE, xor, 3000);
    const tree = growTree(problem);
    const judged = drawProblem(FIVE, xor, 1000, { seed: 1 }).data;
    const chosen = selectTree(pruneTree(tree, problem, judged), 1000);
    expect(chosen?.leaves).toBe(4);
    expect(agreementOf(tree, FIVE, xor)).toBeGreaterThan(0.99);
  });

  it('with thresholds apart, asking for rows', () => {
    const shifted: Target = ([, a, , b]) => (a > 4 !== b > 6.5 ? 1 : 0);
    const problem = drawProblem(FIVE, shifted, 600, { minProbes: 1000 });
    const { tree, data } = growWithProbes(problem);
    const candidates = pruneTree(
      tree,
      { ...problem, data },
      drawProblem(FIVE, shifted, 4000, { seed: 1 }).data,
    );
    const small = candidates.filter(({ leaves }) => leaves <= 4).at(-1);
    expect(small?.fidelity).toBeGreaterThan(0.995);
  });

  it.each([0, 3])('with %i classes', (classes) => {
    const product: Target = ([a, b]) => (a > 5 === b > 3 ? 2 : 0);
    const tree = growTree(drawProblem([TEN, TEN, TEN], product, 2000, { classes, maxLeaves: 4 }));
    expect(agreementOf(tree, [TEN, TEN, TEN], product)).toBeGreaterThan(classes === 0 ? -1 : 0.98);
    expect(leavesOf(tree)).toHaveLength(4);
  });

  it('does not take chance for an interaction', () => {
    const random = createRandom(5);
    const coin = (): number => (random.unit() < 0.2 ? 1 : 0);
    const problem = drawProblem(FIVE, coin, 1000);
    const judged = drawProblem(FIVE, coin, 1000, { seed: 1 }).data;
    const chosen = selectTree(pruneTree(growTree(problem), problem, judged), 1000);
    expect(chosen?.leaves).toBe(1);
  });
});
