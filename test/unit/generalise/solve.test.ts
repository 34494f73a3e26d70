/** Numbers as expressions of sizes: the cheapest form that all sizes agree on, or none. */
import { describe, expect, it } from 'vitest';
import { commonNumber, solveNumber } from '../../../src/generalise/solve.js';
import type { SizeAxis } from '../../../src/generalise/forms.js';
import { symbol } from '../../../src/ir/program-builders.js';
import { dumpExpression } from '../../../src/ir/program-dump.js';

function axis(id: number, name: string, extents: readonly number[]): SizeAxis {
  return { id, symbol: symbol(name), extents };
}

function solve(values: readonly number[], rows: readonly number[], columns: readonly number[]) {
  const axes = [axis(0, 'rows', rows), axis(1, 'columns', columns)];
  const solution = solveNumber(values, { axes, counts: [], known: new Set() });
  return solution === undefined ? undefined : dumpExpression(solution.expression);
}

describe('solveNumber', () => {
  const rows = [12, 9, 20];
  const columns = [28, 31, 7];
  it.each([
    ['an extent', (r: number) => r, 'rows'],
    ['all but one', (_: number, c: number) => c - 1, 'columns - 1'],
    ['a product', (r: number, c: number) => r * c, 'rows * columns'],
    [
      'rows times all columns but one',
      (r: number, c: number) => r * (c - 1),
      'rows * (columns - 1)',
    ],
    [
      'columns times all rows but one',
      (r: number, c: number) => c * (r - 1),
      'columns * (rows - 1)',
    ],
    ['both but one', (r: number, c: number) => (r - 1) * (c - 1), '(rows - 1) * (columns - 1)'],
    ['half', (_: number, c: number) => c / 2, 'columns / 2'],
    ['lines', (r: number, c: number) => r + c, 'rows + columns'],
    ['pairs', (r: number) => (r * (r - 1)) / 2, '(rows * (rows - 1)) / 2'],
    ['a negative number', (r: number, c: number) => -r * c, '-(rows * columns)'],
    ['a multiple', (r: number) => 5 * r, '5 * rows'],
    ['a multiple and a summand', (r: number) => 2 * r - 4, '(2 * rows) - 4'],
    ['a mean', (r: number, c: number) => 1.25 / (r * c), '1.25 / (rows * columns)'],
    ['a real multiple', (r: number) => 0.3125 * r, '0.3125 * rows'],
  ] as const)('finds %s', (_, of, expression) => {
    const values = rows.map((extent, k) => of(extent, columns[k]));
    expect(solve(values, rows, columns)).toBe(expression);
  });

  it('finds a mean in rounded prints', () => {
    expect(solve([0.4797052, 0.28782314], [12, 20], [12, 20])).toMatch(
      /^11\.5129\d* \/ |^5\.756\d* \/ /,
    );
  });

  it('finds nothing where no form fits all sizes', () => {
    expect(solve([3, 4, 3], [5, 7, 11], [5, 7, 11])).toBeUndefined();
    expect(solve([0.31, 0.17, 0.29], [5, 7, 11], [3, 8, 2])).toBeUndefined();
  });

  it('finds a majority whatever the parity, where whole numbers are compared', () => {
    const axes = [axis(0, 'rows', [5, 8])];
    const found = (rounding?: 'up' | 'down') => {
      const hints = { axes, counts: [], known: new Set<string>() };
      const solution = solveNumber([3, 5], rounding === undefined ? hints : { ...hints, rounding });
      return solution === undefined ? undefined : dumpExpression(solution.expression);
    };
    expect(found('up')).toBe('(rows + 1) / 2');
    expect(found()).toBeUndefined();
  });

  it('does not fit two constants to two sizes', () => {
    expect(solve([7, 3], [5, 4], [7, 6])).toBeUndefined();
    expect(solve([20, 16, 36], [12, 10, 20], [5, 3, 9])).toBe('(2 * rows) - 4');
  });

  it('prefers the axis that comes first between equal ones', () => {
    expect(solve([11, 19], [12, 20], [12, 20])).toBe('rows - 1');
  });

  it('prefers what is said nearby', () => {
    const axes = [axis(0, 'rows', [12, 20]), axis(1, 'columns', [12, 20])];
    const near = solveNumber([132, 380], { axes, counts: [], known: new Set(['rows - 1']) });
    expect(near === undefined ? '' : dumpExpression(near.expression)).toBe('columns * (rows - 1)');
  });
});

describe('commonNumber', () => {
  it('takes prints of one number for one number, and keeps most of its digits', () => {
    expect(commonNumber([2.29756, 2.2975599, 2.29755993])).toBe(2.29755993);
  });

  it('tells different numbers apart', () => {
    expect(commonNumber([2.29756, 2.2976])).toBeUndefined();
    expect(commonNumber([27, 28])).toBeUndefined();
    expect(commonNumber([27, 27])).toBe(27);
  });
});
