import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowBuilder } from '../../../../src/parse/onnx/row-builder.js';

type Weight = readonly [column: number, value: number];

/** The rows as columns and sums of weights, by way of maps. */
function plainRows(rows: readonly (readonly Weight[])[]): Weight[][] {
  return rows.map((row) => {
    const sums = new Map<number, number>();
    for (const [column, value] of row) sums.set(column, (sums.get(column) ?? 0) + value);
    return [...sums].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);
  });
}

function builtRows(rows: readonly (readonly Weight[])[]): Weight[][] | undefined {
  const builder = new RowBuilder(rows.length, rows.flat().length);
  for (const row of rows) {
    for (const [column, value] of row) builder.push(column, value);
    if (!builder.closeRow()) return undefined;
  }
  const { rowStart, columns, values } = builder.finish();
  expect(columns).toHaveLength(values.length);
  expect(columns.buffer.byteLength).toBe(4 * columns.length);
  return rows.map((_, row) =>
    Array.from({ length: rowStart[row + 1] - rowStart[row] }, (_, k): Weight => [
      columns[rowStart[row] + k],
      values[rowStart[row] + k],
    ]),
  );
}

describe('row builder', () => {
  it('sorts, adds up and leaves out zeros', () => {
    const weight = fc.tuple(fc.nat(6), fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(fc.array(fc.array(weight, { maxLength: 12 }), { maxLength: 5 }), (rows) => {
        expect(builtRows(rows)).toEqual(plainRows(rows));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('refuses sums that round', () => {
    const big: Weight = [3, 2 ** 53];
    expect(builtRows([[big, [2, 1], [3, 1]]])).toBeUndefined();
    expect(builtRows([[big, [2, 1], [3, 2]]])).toEqual([[[2, 1], [3, 2 ** 53 + 2]]]); // prettier-ignore
  });

  it('keeps columns apart in long rows', () => {
    const row = Array.from({ length: 100_000 }, (_, k): Weight => [
      2 ** 24 - 1 - Math.floor(k / 2),
      1,
    ]);
    const [built] = builtRows([row]) ?? [];
    expect(built).toHaveLength(50_000);
    expect(built[0]).toEqual([2 ** 24 - 50_000, 2]);
    expect(built.every(([column, value], k) => column === built[0][0] + k && value === 2)).toBe(true); // prettier-ignore
  });
});
