import { describe, expect, it } from 'vitest';
import { clusterLines, expectSameFunction, oneLayer, rowOf } from './helpers.js';

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);
const modulo = (value: number, n: number): number => ((value % n) + n) % n;

describe('patterns on a circle', () => {
  it('read a window around each cell', () => {
    const rows = range(8).map((i) =>
      rowOf([8], (cell) => [1, -2, 1].find((_, d) => modulo(i + d - 1, 8) === cell) ?? 0),
    );
    const network = oneLayer([8], rows);
    expect(clusterLines(network)).toEqual(['C0[i] 8 = sign(-3·x[i] +1·x[i -1..<i +2 mod 8])']);
    expectSameFunction(network, 100, 1);
  });

  it('read the next cell', () => {
    const rows = range(8).map((i) =>
      rowOf([8], (cell) => (cell === i ? 1 : cell === (i + 1) % 8 ? -1 : 0)),
    );
    const network = oneLayer([8], rows);
    expect(clusterLines(network)).toEqual(['C0[i] 8 = sign(-1·x[(i +1) mod 8] +1·x[i])']);
    expectSameFunction(network, 100, 1);
  });

  it.each([
    [6, 7],
    [4, 5],
    [3, 5],
  ])('read the neighbours on a torus of %i × %i', (height, width) => {
    const rows = range(height * width).map((k) =>
      rowOf([height, width], (r, c) => {
        const down = modulo(r - Math.floor(k / width) + 1, height);
        const right = modulo(c - (k % width) + 1, width);
        if (down > 2 || right > 2) return 0;
        return down === 1 && right === 1 ? 1 : 2;
      }),
    );
    const network = oneLayer([height, width], rows, { bias: rows.map(() => -4.5) });
    const lines = height === 3 ? ':' : `row -1..<row +2 mod ${height}`;
    const box = `+2·x[${lines}, column -1..<column +2 mod ${width}]`;
    const parts = height === 3 ? [box, '-1·x[row, column]'] : ['-1·x[row, column]', box];
    expect(clusterLines(network)).toEqual([
      `C0[row, column] ${height}×${width} = sign(${parts.join(' ')} -4.5)`,
    ]);
    expectSameFunction(network, 100, 1);
  });

  it('wrap along one axis only', () => {
    const rows = range(20).map((k) =>
      rowOf([5, 6], (r, c) => {
        const [i, j] = [Math.floor(k / 4), k % 4];
        return modulo(r - i + 1, 5) < 3 && c >= j && c < j + 3 ? 1 : 0;
      }),
    );
    expect(clusterLines(oneLayer([5, 6], rows))).toEqual([
      'C0[row, column] 5×4 = sign(+1·x[row -1..<row +2 mod 5, column..<column +3])',
    ]);
  });

  it('are no circle when all members have the same gap', () => {
    const rows = range(5).map((i) => rowOf([12], (cell) => (cell === i || cell === i + 7 ? 1 : 0)));
    expect(clusterLines(oneLayer([12], rows))).toEqual(['C0[i] 5 = sign(+1·x[i] +1·x[i +7])']);
  });
});
