/** Splits on sums of features and on counts of conditions: found back where the rule is one, and only there. */
import { describe, expect, it } from 'vitest';
import { growWithProbes } from '../../../../../src/students/logic/grow/grow.js';
import { pruneTree } from '../../../../../src/students/logic/prune/prune.js';
import type { LogicSettings } from '../../../../../src/students/logic/problem.js';
import { tellCondition } from '../../../../../src/students/logic/words.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';
import { agreementOf, drawProblem, TEN } from '../problems.js';
import type { Target } from '../problems.js';
import type { CellDomain } from '../../../../../src/ir/model-interface.js';

const UNIT: CellDomain = { kind: 'interval', min: 0, max: 1 };
const NAMES = ['a', 'b', 'c', 'd', 'e'];
const FEATURES = { names: NAMES, domains: NAMES.map(() => UNIT) };

function conditionsOf(tree: Tree): string[] {
  if (tree.kind === 'leaf') return [];
  return [
    tellCondition(tree.condition, FEATURES),
    ...conditionsOf(tree.yes),
    ...conditionsOf(tree.no),
  ];
}

function grow(
  domains: readonly CellDomain[],
  target: Target,
  settings: Partial<LogicSettings> & { readonly classes?: number },
): Tree {
  const problem = drawProblem(domains, target, 5000, settings);
  const { tree, data } = growWithProbes(problem);
  const judged = drawProblem(domains, target, 2000, { seed: 1 }).data;
  const candidates = pruneTree(tree, { ...problem, data }, judged);
  const best = candidates.at(-1);
  if (best === undefined) throw new Error('no tree');
  return candidates.find(({ fidelity }) => fidelity >= best.fidelity - 0.002)?.tree ?? best.tree;
}

describe('oblique splits', () => {
  const settings = { splits: 'oblique' } as const;

  it('finds x + y > 1, in numbers that a person writes', () => {
    const target: Target = ([x, y]) => (x + y > 1 ? 1 : 0);
    const tree = grow([UNIT, UNIT, UNIT], target, settings);
    expect(conditionsOf(tree)).toEqual(['a + b > 1']);
    expect(agreementOf(tree, [UNIT, UNIT, UNIT], target)).toBeGreaterThan(0.995);
  });

  it('finds coefficients of other features and signs, among features that do not matter', () => {
    const target: Target = ([, x, , y]) => (2 * x - 3 * y > 4 ? 1 : 0);
    const tree = grow([TEN, TEN, TEN, TEN, TEN], target, settings);
    expect(conditionsOf(tree)).toEqual(['2 * b - 3 * d > 4']);
  });

  it('finds sums of features of different sizes', () => {
    const large: CellDomain = { kind: 'interval', min: 0, max: 1000 };
    const target: Target = ([x, y]) => (x + 100 * y > 700 ? 1 : 0);
    const tree = grow([large, TEN], target, settings);
    expect(conditionsOf(tree)).toHaveLength(1);
    expect(agreementOf(tree, [large, TEN], target)).toBeGreaterThan(0.99);
  });

  it('explains numbers and three classes', () => {
    const step: Target = ([x, y]) => (x - y > 2 ? 5 : 1);
    expect(conditionsOf(grow([TEN, TEN], step, { ...settings, classes: 0 }))).toEqual([
      'a - b > 2',
    ]);
    const bands: Target = ([x, y]) => (x + y > 12 ? 2 : x + y > 8 ? 1 : 0);
    const tree = grow([TEN, TEN], bands, { ...settings, classes: 3 });
    expect(conditionsOf(tree).sort()).toEqual(['a + b > 12', 'a + b > 8']);
  });

  it('leaves a threshold alone, and all of them where sums are not asked for', () => {
    const tree = grow([TEN, TEN, TEN], ([x]) => (x > 6 ? 1 : 0), settings);
    expect(conditionsOf(tree)).toEqual([expect.stringMatching(/^a > (6|5\.99|6\.0)/)]);
    const diagonal: Target = ([x, y]) => (x + y > 10 ? 1 : 0);
    const plain = grow([TEN, TEN], diagonal, {});
    expect(conditionsOf(plain).every((text) => /^[ab] > /.test(text))).toBe(true);
    expect(conditionsOf(plain).length).toBeGreaterThan(5);
  });
});

describe('m-of-n splits', () => {
  const settings = { splits: 'm-of-n' } as const;
  const FIVE = [TEN, TEN, TEN, TEN, TEN];

  it('finds at least three of five conditions, in both directions', () => {
    const target: Target = ([a, b, c, d, e]) =>
      Number(a > 5) + Number(b > 4) + Number(c < 6) + Number(d > 5) + Number(e < 5) >= 3 ? 1 : 0;
    const tree = grow(FIVE, target, settings);
    expect(conditionsOf(tree)).toHaveLength(1);
    const [text] = conditionsOf(tree);
    expect(['a > 5', 'b > 4', 'c < 6', 'd > 5', 'e < 5'].every((one) => text.includes(one)) || ['a < 5', 'b < 4', 'c > 6', 'd < 5', 'e > 5'].every((one) => text.includes(one)), text).toBe(true); // prettier-ignore
    expect(text).toMatch(/^at least 3 of \(/);
    expect(agreementOf(tree, FIVE, target)).toBeGreaterThan(0.99);
  });

  it('finds two of three features that are 0 or 1', () => {
    const flag: CellDomain = { kind: 'values', values: [0, 1] };
    const target: Target = ([a, b, c]) => (a + b + c >= 2 ? 1 : 0);
    const tree = grow([flag, flag, flag, TEN], target, settings);
    expect(conditionsOf(tree)).toHaveLength(1);
    expect(agreementOf(tree, [flag, flag, flag, TEN], target)).toBe(1);
  });

  it('leaves a single threshold alone', () => {
    const tree = grow(FIVE, ([x]) => (x > 6 ? 1 : 0), settings);
    expect(conditionsOf(tree)).toEqual([expect.stringMatching(/^a > (6|5\.99|6\.0)/)]);
  });
});
