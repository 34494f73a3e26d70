/** Simplified trees: the same function, and nothing that is asked in vain. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellDomain } from '../../../../../src/ir/model-interface.js';
import { simplifyTree } from '../../../../../src/students/logic/prune/simplify.js';
import { leavesOf } from '../../../../../src/students/logic/tree.js';
import type { Condition, Tree } from '../../../../../src/students/logic/tree.js';
import { predictAt } from '../problems.js';

const DOMAINS: readonly CellDomain[] = [
  { kind: 'interval', min: 0, max: 4 },
  { kind: 'values', values: [0, 1, 2, 3, 4] },
  { kind: 'values', values: [0, 1, 2, 3, 4] },
];

function leaf(index: number): Tree {
  return { kind: 'leaf', prediction: { kind: 'class', index }, support: 1, agreeing: 1 };
}
function split(condition: Condition, yes: Tree, no: Tree): Tree {
  return { kind: 'split', condition, yes, no };
}
function above(feature: number, threshold: number): Condition {
  return { kind: 'above', feature, threshold };
}

const simple: fc.Arbitrary<Condition> = fc.oneof(
  fc.tuple(fc.nat(2), fc.integer({ min: -1, max: 9 })).map(([f, t]) => above(f, t / 2)),
  fc
    .tuple(fc.integer({ min: 1, max: 2 }), fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }))
    .map(([feature, values]): Condition => ({ kind: 'among', feature, values })),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(simple, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3 }))
      .map(([conditions, least]): Condition => ({ kind: 'count', conditions, least })),
  },
);
const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.nat(2).map(leaf),
    fc.tuple(condition, tie('tree'), tie('tree')).map(([c, yes, no]) => split(c, yes, no)),
  ),
}));

describe('simplifyTree', () => {
  it('keeps the function on the domain, and never adds leaves', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const short = simplifyTree(tree, DOMAINS);
        expect(leavesOf(short).length).toBeLessThanOrEqual(leavesOf(tree).length);
        for (let x = 0; x <= 4; x += 0.25) {
          for (let k = 0; k < 25; k++) {
            const point = [x, Math.floor(k / 5), k % 5];
            expect(predictAt(short, point)).toBe(predictAt(tree, point));
          }
        }
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('keeps the function without domains', () => {
    fc.assert(
      fc.property(trees, fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 3, maxLength: 3 }), (tree, point) => {
        expect(predictAt(simplifyTree(tree), point)).toBe(predictAt(tree, point));
      }), // prettier-ignore
      { seed: 3, numRuns: 500 },
    );
  });

  it('merges equal sides and drops what the path or the domain answers', () => {
    const inner = split(above(0, 1), leaf(1), split(above(0, 3), leaf(2), leaf(0)));
    expect(simplifyTree(split(above(0, 2), inner, leaf(1)))).toEqual({
      ...leaf(1),
      support: 2,
      agreeing: 2,
    });
    expect(simplifyTree(split(above(0, 4), leaf(1), leaf(0)), DOMAINS)).toEqual(leaf(0));
    const twice = split(above(0, 1), leaf(1), leaf(0));
    expect(simplifyTree(split(above(1, 2), twice, twice))).toMatchObject({
      condition: above(0, 1),
      yes: { support: 2 },
    });
  });

  it('tells the shorter set, and of equal ones the shorter side first', () => {
    const most: Condition = { kind: 'among', feature: 1, values: [0, 1, 3, 4] };
    expect(simplifyTree(split(most, leaf(0), leaf(1)), DOMAINS)).toEqual(
      split({ kind: 'among', feature: 1, values: [2] }, leaf(1), leaf(0)),
    );
    const four: readonly CellDomain[] = [{ kind: 'values', values: [0, 1, 2, 3] }];
    const long = split(above(1, 0), leaf(1), leaf(2));
    expect(
      simplifyTree(split({ kind: 'among', feature: 0, values: [0, 2] }, long, leaf(0)), four),
    ).toEqual(split({ kind: 'among', feature: 0, values: [1, 3] }, leaf(0), long));
  });

  it('shortens counts', () => {
    const count: Condition = { kind: 'count', conditions: [above(0, 1), above(0, 3)], least: 1 };
    expect(simplifyTree(split(above(0, 2), leaf(2), split(count, leaf(1), leaf(0))))).toEqual(
      split(above(0, 2), leaf(2), split(above(0, 1), leaf(1), leaf(0))),
    );
  });
});
