import { describe, expect, it } from 'vitest';
import {
  countPoints,
  projectTable,
  restrictTable,
  tabulate,
} from '../../../../../src/students/logic/exact/finite-table.js';
import { finiteProblem, finiteTable } from '../../../../helpers/finite-tables.js';

const VALUES = [[0, 1], [5], [-1, 0, 2], [3, 4]];

describe('tabulate', () => {
  it('asks every point, the first feature changing last', () => {
    const table = finiteTable(VALUES, 2, ([a, b, c, d]) => (a + b + c + d > 9 ? 1 : 0));
    expect(table.features.map(({ feature }) => feature)).toEqual([0, 2, 3]);
    expect([...table.classes]).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1]);
  });

  it('joins blocks where a domain has more points than are asked at once', () => {
    const bits = Array.from({ length: 17 }, () => [0, 1]);
    const table = finiteTable(bits, 2, (row) => (row[0] + row[1] + row[16] === 2 ? 1 : 0));
    const wrong = table.classes.findIndex(
      (own, point) => own !== ((point >> 16) + ((point >> 15) & 1) + (point & 1) === 2 ? 1 : 0),
    );
    expect([table.classes.length, wrong]).toEqual([2 ** 17, -1]);
  });

  it('numbers the different numbers of a problem without classes', () => {
    const table = finiteTable([[0, 1, 2, 3]], 0, ([x]) => Math.abs(x - 1) / 2);
    expect([...table.classes]).toEqual([0, 1, 0, 2]);
    expect(table.predictions[2]).toEqual({ kind: 'values', cells: [{ offset: 1, terms: [] }] });
  });

  it('is nothing where points cannot be counted or asked', () => {
    const problem = finiteProblem(VALUES, 2, () => 0);
    expect(countPoints(problem.domains)).toBe(12);
    const { data, classes, domains, settings } = problem;
    expect(tabulate({ data, classes, domains, settings })).toBeUndefined();
    const fixed = { kind: 'interval', min: 2, max: 2 } as const;
    expect(countPoints([fixed, { kind: 'values', values: [1, 2] }])).toBe(2);
    expect(tabulate({ ...problem, domains: [{ ...fixed, max: 3 }] })).toBeUndefined();
    const many = Array.from({ length: 21 }, () => [0, 1]);
    expect(tabulate(finiteProblem(many, 2, () => 0))).toBeUndefined();
  });

  it('refuses answers that are no class', () => {
    expect(() => finiteTable(VALUES, 2, () => 0.5)).toThrow('0.5 is none of 2 classes');
  });
});

describe('projectTable', () => {
  it('leaves the features that matter', () => {
    const table = finiteTable(VALUES, 3, ([, , c, d]) => (c === 0 && d === 3 ? 2 : 1));
    const projected = projectTable(table);
    expect(projected.features.map(({ feature }) => feature)).toEqual([2, 3]);
    expect([...projected.classes]).toEqual([1, 1, 2, 1, 1, 1]);
    expect(projected.multiplicity).toBe(2);
    const constant = projectTable(finiteTable(VALUES, 2, () => 1));
    expect(constant).toMatchObject({ features: [], multiplicity: 12 });
    expect([...constant.classes]).toEqual([1]);
  });
});

describe('restrictTable', () => {
  it('keeps the rows of some values', () => {
    const table = finiteTable(VALUES, 9, ([a, , c, d]) => 4 * a + c + 1 + (d - 3));
    expect([...table.classes]).toEqual([0, 1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8]);
    const part = restrictTable(table, 1, [0, 2]);
    expect([...part.classes]).toEqual([0, 1, 3, 4, 4, 5, 7, 8]);
    expect([...part.features[1].values]).toEqual([-1, 2]);
    const fixed = restrictTable(table, 0, [1]);
    expect([...fixed.classes]).toEqual([4, 5, 5, 6, 7, 8]);
    expect(fixed.features).toHaveLength(2);
  });
});
