import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import {
  DEFAULT_DNF_BUDGET,
  minimalDnf,
} from '../../../../../src/students/logic/exact/finite-dnf.js';
import type { Cube, Dnf } from '../../../../../src/students/logic/exact/finite-dnf.js';
import { rulesOfDnf, treeOfRules } from '../../../../../src/students/logic/exact/finite-rules.js';
import { holds, leafOf } from '../../../../../src/students/logic/tree.js';
import type { Prediction } from '../../../../../src/students/logic/tree.js';
import { booleanTable, finiteTable, patternTable, rowsOf } from '../../../../helpers/finite-tables.js'; // prettier-ignore

/** [terms, literals] of the shortest DNF of a set of points, by all sets of cubes within it. */
function shortest(features: number, wanted: number): readonly [number, number] {
  const points = 2 ** features;
  const cubes: (readonly [mask: number, literals: number])[] = [];
  for (const digits of rowsOf(Array.from({ length: features }, () => [0, 1, 2]))) {
    let mask = 0;
    for (let point = 0; point < points; point++) {
      const isIn = digits.every((digit, bit) => digit === 2 || digit === ((point >> bit) & 1));
      if (isIn) mask |= 1 << point;
    }
    if ((mask & ~wanted) === 0) cubes.push([mask, digits.filter((digit) => digit < 2).length]);
  }
  let reached = new Map([[0, 0]]);
  for (let terms = 0; ; terms++) {
    const literals = reached.get(wanted);
    if (literals !== undefined) return [terms, literals];
    const next = new Map<number, number>();
    for (const [covered, before] of reached) {
      for (const [mask, own] of cubes) {
        const all = covered | mask;
        if (all === covered) continue;
        next.set(all, Math.min(next.get(all) ?? Infinity, before + own));
      }
    }
    reached = next;
  }
}

function literalsOf(terms: readonly Cube[]): number {
  return terms.reduce((sum, cube) => sum + cube.length, 0);
}

function dnfOf(...[table]: Parameters<typeof minimalDnf>): Dnf {
  const dnf = minimalDnf(table);
  if (dnf === undefined) throw new Error('no form');
  return dnf;
}

/** At each row what the terms say, what the rules say, and what the tree of the rules says. */
function answersOf(dnf: Dnf, rows: readonly (readonly number[])[]): readonly Prediction[][] {
  const rules = rulesOfDnf(dnf);
  const tree = treeOfRules(rules);
  return rows.map((row) => {
    const valueAt = (feature: number): number => row[feature];
    const isTrue = dnf.terms.some((cube) => cube.every((one) => row[one.feature] === one.value));
    const rule = rules.find(({ conditions }) => conditions.every((one) => holds(one, valueAt)));
    return [
      isTrue ? dnf.prediction : dnf.otherwise,
      rule?.prediction ?? { kind: 'class', index: -1 },
      leafOf(tree, valueAt).prediction,
    ];
  });
}

/** The same three times: a class that follows from the row. */
function thrice(isTrue: boolean): readonly Prediction[] {
  const prediction: Prediction = { kind: 'class', index: isTrue ? 1 : 0 };
  return [prediction, prediction, prediction];
}

describe('minimalDnf', () => {
  it('is the shortest for every function of 3 features and many of 4', () => {
    for (const features of [3, 4]) {
      const all = 2 ** (2 ** features) - 1;
      for (let pattern = 1; pattern < all; pattern += features === 3 ? 1 : 701) {
        const dnf = dnfOf(patternTable(features, (point) => ((pattern >> point) & 1) === 1));
        const [first, second] = [shortest(features, pattern), shortest(features, all & ~pattern)];
        const isFirst = first[0] < second[0] || (first[0] === second[0] && first[1] <= second[1]);
        expect([dnf.terms.length, literalsOf(dnf.terms)]).toEqual(isFirst ? first : second);
        expect(dnf.isMinimal).toBe(true);
      }
    }
  });

  it('equals the table at every point, as terms, as rules and as a tree', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (features, seed, share) => {
          const random = createRandom(seed);
          const bits = Array.from({ length: 2 ** features }, () => random.unit() < share);
          const budget = { ...DEFAULT_DNF_BUDGET, maxSteps: 1e5 };
          const dnf = minimalDnf(
            patternTable(features, (point) => bits[point]),
            budget,
          );
          if (dnf === undefined) throw new Error('no form');
          const rows = rowsOf(Array.from({ length: features }, () => [0, 1]));
          expect(answersOf(dnf, rows)).toEqual(bits.map(thrice));
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });

  it('tells terms of many features, and that nothing is shorter', () => {
    const table = booleanTable(14, (row) => {
      const [a, b, c, d, e, f, , , , g, h, i] = row;
      return (
        (a === 1 && b === 0) || (c === 1 && d === 1 && e === 0) || (f === 1 && g + h + i === 0)
      );
    });
    const dnf = dnfOf(table);
    expect(dnf.isMinimal).toBe(true);
    expect(dnf.prediction).toEqual({ kind: 'class', index: 1 });
    const words = dnf.terms.map((cube) =>
      cube.map((one) => `${one.feature}=${one.value}`).join(' '),
    );
    expect(words.sort()).toEqual(['0=1 1=0', '2=1 3=1 4=0', '5=1 9=0 10=0 11=0']);
  });

  it('covers what is too large for exact covers, and says so', () => {
    const table = booleanTable(
      17,
      (row) =>
        row[15] + row[16] === 2 ||
        [0, 3, 6, 9, 12].some((k) => row[k] === 1 && row[k + 1] === 1 && row[k + 2] === 0),
    );
    const dnf = dnfOf(table);
    expect(dnf.terms).toHaveLength(6);
    expect(literalsOf(dnf.terms)).toBe(17);
    expect(dnf.isMinimal).toBe(false);
  });

  it('is near to the shortest where only the heuristic is used', () => {
    const random = createRandom(8);
    for (let trial = 0; trial < 5; trial++) {
      const bits = Array.from({ length: 128 }, () => random.unit() < 0.4);
      const table = patternTable(7, (point) => bits[point]);
      const exact = dnfOf(table);
      const quick = minimalDnf(table, { maxFeatures: 0, maxPrimes: 0, maxSteps: 1e5 });
      expect(exact.isMinimal).toBe(true);
      expect(quick?.isMinimal).toBe(false);
      expect(quick?.terms.length).toBeGreaterThanOrEqual(exact.terms.length);
      expect(quick?.terms.length).toBeLessThanOrEqual(exact.terms.length * 1.15);
    }
  });

  it('uses the complement where that is shorter, and values as they are', () => {
    const values = [[-1, 1], [2, 5]]; // prettier-ignore
    const dnf = dnfOf(finiteTable(values, 2, ([a, b]) => (a === 1 && b === 2 ? 0 : 1)));
    expect(dnf.terms).toEqual([
      [
        { feature: 0, value: 1, other: -1 },
        { feature: 1, value: 2, other: 5 },
      ],
    ]);
    expect(dnf.prediction).toEqual({ kind: 'class', index: 0 });
    expect(rulesOfDnf(dnf)).toEqual([
      {
        conditions: [
          { kind: 'above', feature: 0, threshold: 0 },
          { kind: 'among', feature: 1, values: [2] },
        ],
        prediction: { kind: 'class', index: 0 },
      },
      { conditions: [], prediction: { kind: 'class', index: 1 } },
    ]);
  });

  it('counts where the function counts', () => {
    const odd = (row: readonly number[]): number => row.filter((bit, k) => bit === k % 2).length;
    const most = dnfOf(booleanTable(5, (row) => odd(row) >= 3));
    expect(most.terms).toHaveLength(10);
    expect(most.count).toMatchObject({ all: [], least: 3 });
    expect(most.count?.literals.map(({ value }) => value)).toEqual([0, 1, 0, 1, 0]);
    const guarded = dnfOf(booleanTable(6, (row) => row[2] === 0 && odd(row.toSpliced(2, 1)) >= 2));
    expect(guarded.count).toMatchObject({ all: [{ feature: 2, value: 0 }], least: 2 });
    // x or at least two of three: the complement has the count.
    const either = booleanTable(4, ([x, a, b, c]) => x === 1 || a + b + c >= 2);
    expect(dnfOf(either).count).toMatchObject({
      all: [{ feature: 0, value: 0 }],
      least: 2,
      prediction: { index: 0 },
    });
    const rows = rowsOf(Array.from({ length: 4 }, () => [0, 1]));
    const expected = rows.map(([x, a, b, c]) => thrice(x === 1 || a + b + c >= 2));
    expect(answersOf(dnfOf(either), rows)).toEqual(expected);
    expect(dnfOf(booleanTable(3, (row) => row.includes(1))).count).toBeUndefined();
    expect(dnfOf(booleanTable(3, ([a, b, c]) => (a ^ b ^ c) === 1)).count).toBeUndefined();
  });

  it('has no terms for constants, and no form for what is not Boolean', () => {
    const constant = dnfOf(booleanTable(3, () => true));
    expect(constant).toMatchObject({ terms: [], isMinimal: true, otherwise: { index: 1 } });
    expect(minimalDnf(finiteTable([[0, 1, 2]], 2, ([x]) => x & 1))).toBeUndefined();
    expect(minimalDnf(finiteTable([[0, 1], [0, 1]], 3, ([a, b]) => a + b))).toBeUndefined(); // prettier-ignore
  });
});
