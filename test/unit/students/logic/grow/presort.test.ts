/** Orders of rows: sorting, merging, dividing; against plain sorts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import {
  mergeRows,
  partitionRows,
  sortRows,
} from '../../../../../src/students/logic/grow/presort.js';

function sortPlainly(column: Float64Array, from: number, to: number): number[] {
  const rows = Array.from({ length: to - from }, (_, k) => from + k);
  return rows.sort((left, right) => column[left] - column[right] || left - right);
}

describe('sortRows', () => {
  it('sorts few and many numbers of every sign and size like a plain sort', () => {
    const random = createRandom(3);
    for (const rows of [1, 40, 3000]) {
      const column = Float64Array.from(
        { length: rows },
        (_, k) => [random.normal() * 10 ** (random.below(40) - 20), random.below(5), -0, 0][k % 4],
      );
      expect([...sortRows(column, 0, rows)]).toEqual(sortPlainly(column, 0, rows));
    }
  });

  it('sorts a part of the rows', () => {
    const column = Float64Array.from({ length: 2000 }, (_, k) => (k * 7919) % 1009);
    expect([...sortRows(column, 700, 2000)]).toEqual(sortPlainly(column, 700, 2000));
  });
});

it('merges two orders into that of all rows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.nat(), (values, cut) => {
      const column = Float64Array.from(values);
      const middle = values.length === 0 ? 0 : cut % values.length;
      const merged = mergeRows(
        column,
        sortRows(column, 0, middle),
        sortRows(column, middle, values.length),
      );
      expect([...merged]).toEqual(sortPlainly(column, 0, values.length));
    }),
    { seed: 1 },
  );
});

it('divides an order into two that are still in order, and leaves what is around alone', () => {
  const order = Uint32Array.of(9, 3, 1, 4, 0, 2, 8);
  const marks = Uint8Array.of(0, 1, 0, 1, 1, 0, 0, 0, 0, 1);
  const middle = partitionRows(order, 1, 6, marks, new Uint32Array(7));
  expect(middle).toBe(3);
  expect([...order]).toEqual([9, 0, 2, 3, 1, 4, 8]);
});
