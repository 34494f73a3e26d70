import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { checkTree, minimalTree } from '../../../../../src/students/logic/exact/finite-tree.js';
import { depthOf, leafOf, leavesOf } from '../../../../../src/students/logic/tree.js';
import {
  booleanTable,
  finiteTable,
  patternTable,
  rowsOf,
} from '../../../../helpers/finite-tables.js';

/** The fewest leaves of a Boolean function given as its truth table, by trying every question. */
function fewestLeaves(truth: string, known: Map<string, number>): number {
  if (!truth.includes('0') || !truth.includes('1')) return 1;
  const before = known.get(truth);
  if (before !== undefined) return before;
  let best = Infinity;
  for (let inner = 1; inner < truth.length; inner *= 2) {
    const side = (bit: number): string =>
      Array.from(truth)
        .filter((_, point) => Math.floor(point / inner) % 2 === bit)
        .join('');
    best = Math.min(best, fewestLeaves(side(0), known) + fewestLeaves(side(1), known));
  }
  known.set(truth, best);
  return best;
}

/** The fewest leaves over rows, by every question for a set of values, or for a threshold alone. */
function fewestLeavesOfRows(
  rows: readonly (readonly number[])[],
  classAt: (row: readonly number[]) => number,
): number {
  if (new Set(rows.map(classAt)).size === 1) return 1;
  let best = Infinity;
  for (let feature = 0; feature < rows[0].length; feature++) {
    const values = [...new Set(rows.map((row) => row[feature]))];
    for (let mask = 1; mask < 2 ** values.length - 1; mask += 2) {
      const isIn = (row: readonly number[]): boolean =>
        ((mask >> values.indexOf(row[feature])) & 1) === 1;
      const yes = fewestLeavesOfRows(rows.filter(isIn), classAt);
      if (yes + 1 >= best) continue;
      best = Math.min(best, yes + fewestLeavesOfRows(rows.filter((row) => !isIn(row)), classAt)); // prettier-ignore
    }
  }
  return best;
}

describe('minimalTree', () => {
  it('has the fewest leaves for every function of 3 Boolean features and many of 4', () => {
    const known = new Map<string, number>();
    const sizes = [3, 4] as const;
    for (const features of sizes) {
      const points = 2 ** features;
      for (let pattern = 0; pattern < 2 ** points; pattern += features === 3 ? 1 : 17) {
        const bitAt = (point: number): boolean => ((pattern >> point) & 1) === 1;
        const found = minimalTree(patternTable(features, bitAt));
        const truth = Array.from({ length: points }, (_, point) => (bitAt(point) ? '1' : '0'));
        const expected = fewestLeaves(truth.join(''), known);
        if (found.leaves !== expected || leavesOf(found.tree).length !== expected) {
          throw new Error(`${truth.join('')}: ${found.leaves} leaves, not ${expected}`);
        }
        expect(found.isMinimal).toBe(true);
      }
    }
    expect(Math.max(...known.values())).toBe(16);
  });

  it('has the fewest leaves for random functions of 6 Boolean features', () => {
    const random = createRandom(6);
    for (let trial = 0; trial < 10; trial++) {
      const bits = Array.from({ length: 64 }, () => (random.unit() < 0.3 ? '1' : '0'));
      const found = minimalTree(patternTable(6, (point) => bits[point] === '1'));
      expect(found.leaves).toBe(fewestLeaves(bits.join(''), new Map()));
    }
  });

  it('asks for sets of values, and equals the table', () => {
    const values = [[0, 1], [-1, 0, 3], [1, 2, 4, 8]]; // prettier-ignore
    const rows = rowsOf(values);
    const answers = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(answers, (classes) => {
        // Half of the points are alike, so that there is something to merge.
        const classAt = (row: readonly number[]): number =>
          classes[rows.findIndex((other) => other.every((value, k) => value === row[k])) >> 1];
        const table = finiteTable(values, 3, classAt);
        const { tree, leaves, isMinimal } = minimalTree(table);
        expect(isMinimal).toBe(true);
        for (const row of rows) {
          const { prediction } = leafOf(tree, (feature) => row[feature]);
          expect(prediction).toEqual({ kind: 'class', index: classAt(row) });
        }
        expect(leaves).toBe(leavesOf(tree).length);
        expect(leavesOf(tree).reduce((sum, { support }) => sum + support, 0)).toBe(24);
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('has the fewest leaves where features have three values', () => {
    const values = [[0, 1, 2], [0, 1, 2]]; // prettier-ignore
    const random = createRandom(9);
    for (let trial = 0; trial < 40; trial++) {
      const classes = Array.from({ length: 9 }, () => random.below(2));
      const classAt = ([a, b]: readonly number[]): number => classes[3 * a + b];
      const found = minimalTree(finiteTable(values, 2, classAt));
      expect(found.leaves).toBe(fewestLeavesOfRows(rowsOf(values), classAt));
    }
  });

  it('puts thresholds in the middle between neighbours, and sets where there is no threshold', () => {
    const grades = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 12]];
    const above = minimalTree(finiteTable(grades, 2, ([x]) => (x > 9 ? 1 : 0)));
    expect(above.tree).toMatchObject({
      condition: { kind: 'above', feature: 0, threshold: 10.5 },
      yes: { prediction: { index: 1 }, support: 1, agreeing: 1 },
      no: { prediction: { index: 0 }, support: 9 },
    });
    const kinds = minimalTree(
      finiteTable([[1, 2, 3, 4]], 2, ([x]) => (x === 2 || x === 4 ? 1 : 0)),
    );
    expect(kinds.tree).toMatchObject({ condition: { kind: 'among', values: [2, 4] } });
    expect(kinds.leaves).toBe(2);
  });

  it('finds trees of large tables whose questions are read once, and knows that they are minimal', () => {
    const all = minimalTree(booleanTable(18, (row) => row.every((bit, k) => bit === k % 2)));
    expect(all).toMatchObject({ leaves: 19, isMinimal: true });
    const choice = booleanTable(
      19,
      (row) =>
      row.slice(row[0] === 1 ? 1 : 10).slice(0, 9).every((bit) => bit === 1), // prettier-ignore
    );
    expect(minimalTree(choice)).toMatchObject({ leaves: 20, isMinimal: true });
  });

  it('gives a tree that is right when the budget is spent', () => {
    const random = createRandom(3);
    const bits = Array.from({ length: 1024 }, () => random.unit() < 0.5);
    const table = patternTable(10, (point) => bits[point]);
    const exact = minimalTree(table);
    const hasty = minimalTree(table, { maxBoxes: 3 ** 10 - 1, maxSteps: 1 });
    expect(exact.isMinimal).toBe(true);
    expect(hasty.isMinimal).toBe(false);
    expect(hasty.leaves).toBeGreaterThanOrEqual(exact.leaves);
    expect(hasty.leaves).toBeLessThan(exact.leaves * 1.2);
    expect(depthOf(hasty.tree)).toBeLessThanOrEqual(10);
  });

  it('tells numbers as well as classes', () => {
    const table = finiteTable([[0, 1], [0, 1]], 0, ([a, b]) => 2.5 * a * b); // prettier-ignore
    const { tree, leaves } = minimalTree(table);
    expect(leaves).toBe(3);
    const { prediction } = leafOf(tree, () => 1);
    expect(prediction).toEqual({ kind: 'values', cells: [{ offset: 2.5, terms: [] }] });
  });
});

describe('checkTree', () => {
  it('finds the point that a tree does not tell', () => {
    const table = booleanTable(2, ([a, b]) => a === 1 || b === 1);
    const { tree } = minimalTree(booleanTable(2, ([a]) => a === 1));
    expect(() => checkTree(table, tree)).toThrow('does not tell point');
  });
});
