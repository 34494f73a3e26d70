import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { blockOf, guardHolds } from '../../../../src/students/logic/guards.js';
import { leafOf } from '../../../../src/students/logic/tree.js';
import type { Leaf, Tree } from '../../../../src/students/logic/tree.js';
import { rulesOf, tellGuards, tellTree } from '../../../../src/students/logic/words.js';

const NAMES = ['a', 'b', 'c'];
const FEATURES = { names: NAMES, domains: NAMES.map(() => ({ kind: 'real' }) as const) };

function leaf(index: number, support = 1): Leaf {
  return { kind: 'leaf', prediction: { kind: 'class', index }, support, agreeing: support };
}

function above(feature: number, threshold: number, yes: Tree, no: Tree): Tree {
  return { kind: 'split', condition: { kind: 'above', feature, threshold }, yes, no };
}

function tell(tree: Tree): readonly string[] {
  return rulesOf(blockOf(tree)).map(({ guards, leaf: { prediction } }) => {
    const answer = prediction.kind === 'class' ? prediction.index : NaN;
    return `${tellGuards(guards, FEATURES)}: ${answer}`;
  });
}

describe('blockOf', () => {
  it.each<[string, Tree, readonly string[]]>([
    ['a leaf', leaf(1), [': 1']],
    [
      'what all has to hold',
      above(0, 6, above(1, 3, leaf(0), leaf(1)), leaf(0)),
      ['a > 6 and b <= 3: 1', ': 0'],
    ],
    [
      'what is enough, told by its opposite',
      above(0, 6, leaf(1), above(1, 3, leaf(1), leaf(0))),
      ['a <= 6 and b <= 3: 0', ': 1'],
    ],
    [
      'the order of the features',
      above(1, 3, leaf(0), above(0, 6, leaf(1), leaf(0))),
      ['a > 6 and b <= 3: 1', ': 0'],
    ],
    [
      'of two bounds the narrower',
      above(0, 2, above(0, 3, leaf(1), leaf(0)), leaf(0)),
      ['a > 3: 1', ': 0'],
    ],
    ['equal sides', above(0, 2, leaf(1), leaf(1)), [': 1']],
    [
      'once what both sides ask and answer alike',
      above(
        2,
        7,
        above(0, 6, above(1, 3, leaf(1), leaf(0)), leaf(1)),
        above(0, 6, above(1, 3, leaf(2), leaf(0)), leaf(2)),
      ),
      ['a > 6 and b <= 3: 0', 'c > 7: 1', ': 2'],
    ],
    [
      'twice what both sides ask alike and answer otherwise',
      above(2, 7, above(0, 6, leaf(1), leaf(0)), above(0, 6, leaf(2), leaf(3))),
      ['c > 7 and a > 6: 1', 'c > 7: 0', 'a > 6: 2', ': 3'],
    ],
    [
      'the shorter side first',
      above(0, 2, above(1, 1, leaf(0), above(2, 1, leaf(1), leaf(2))), leaf(3)),
      ['a <= 2: 3', 'b > 1: 0', 'c > 1: 1', ': 2'],
    ],
  ])('tells %s', (_, tree, rules) => {
    expect(tell(tree)).toEqual(rules);
  });

  it('adds up the rows of leaves that become one', () => {
    const tree = above(0, 6, above(1, 3, leaf(0, 5), leaf(1, 7)), leaf(0, 11));
    expect(rulesOf(blockOf(tree)).map((rule) => rule.leaf.support)).toEqual([7, 16]);
  });

  const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.nat(2).map((index) => leaf(index)),
      fc
        .tuple(fc.nat(2), fc.nat(4), tie('tree'), tie('tree'))
        .map(([feature, threshold, yes, no]) => above(feature, threshold, yes, no)),
    ),
  }));

  it('gives every input the answer of the tree, by its first rule that holds', () => {
    fc.assert(
      fc.property(trees, fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }), (tree, point) => {
        const valueAt = (feature: number): number => point[feature];
        const rule = rulesOf(blockOf(tree)).find(({ guards }) =>
          guards.every((guard) => guardHolds(guard, valueAt)),
        );
        expect(rule?.leaf.prediction).toEqual(leafOf(tree, valueAt).prediction);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

describe('tellTree', () => {
  it('names features, answers and their rows', () => {
    const tree = above(0, 6, { ...leaf(1, 8), agreeing: 6 }, leaf(0, 0));
    expect(tellTree(tree, FEATURES, ['no', 'yes'])).toEqual({
      kind: 'split',
      condition: 'a > 6',
      yes: { kind: 'leaf', answer: 'yes', support: 8, agreement: 0.75 },
      no: { kind: 'leaf', answer: 'no', support: 0, agreement: 1 },
    });
  });
});
