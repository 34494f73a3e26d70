import { describe, expect, it } from 'vitest';
import { points } from '../../helpers/zoo-tools.js';
import { clusterLines, expectSameFunction } from './helpers.js';
import type { Case } from './pattern-cases.js';
import { LONE, expectClusters, networkOf } from './pattern-cases.js';

describe('weights by formula', () => {
  it.each<[string, Case, string]>([
    [
      'powers of two, rising',
      { shape: [8], members: LONE, weight: ([k]) => 2 ** k, activation: 'identity' },
      'C0 = identity(+1·2^(x0)·x[:] -0.5)',
    ],
    [
      'powers of two, falling',
      { shape: [8], members: LONE, weight: ([k]) => 2 ** (7 - k), activation: 'identity' },
      'C0 = identity(+1·2^(-x0 + 7)·x[:] -0.5)',
    ],
    [
      'decay',
      { shape: [8], members: LONE, weight: ([k]) => 3 * 0.9 ** k, activation: 'identity' },
      'C0 = identity(+3·0.9^(x0)·x[:] -0.5)',
    ],
    [
      'signs that alternate',
      { shape: [7], members: LONE, weight: ([k]) => (-1) ** k },
      'C0 = sign(+1·-1^(x0)·x[:] -0.5)',
    ],
    [
      'a chess board',
      { shape: [6, 4], members: LONE, weight: ([r, c]) => (-1) ** (r + c) },
      'C0 = sign(+1·-1^(x0)·-1^(x1)·x[:, :] -0.5)',
    ],
    [
      'a ramp',
      { shape: [8], members: LONE, weight: ([k]) => 2 * k - 5, activation: 'identity' },
      'C0 = identity(+1·(2·x0 - 5)·x[:] -0.5)',
    ],
    [
      'a ramp through zero',
      { shape: [9], members: LONE, weight: ([k]) => k - 4 },
      'C0 = sign(+1·(x0 - 4)·x[:] -0.5)',
    ],
    [
      'a ramp that falls',
      { shape: [8], members: LONE, weight: ([k]) => 3 * (8 - k), activation: 'identity' },
      'C0 = identity(+3·(-x0 + 8)·x[:] -0.5)',
    ],
    [
      'a product of ramps',
      { shape: [5, 6], members: LONE, weight: ([r, c]) => (r + 1) * (c + 1) },
      'C0 = sign(+1·(x0 + 1)·(x1 + 1)·x[:, :] -0.5)',
    ],
    [
      'a slope in two directions',
      { shape: [5, 6], members: LONE, weight: ([r, c]) => r - c },
      'C0 = sign(-1·(x0)·x[:, :] +1·(x1)·x[:, :] +0.5)',
    ],
    [
      'numbers compared',
      { shape: [2, 10], members: LONE, weight: ([s, k]) => (s === 0 ? 1 : -1) * 2 ** k },
      'C0 = sign(-1·2^(x1)·x[1, :] +1·2^(x1)·x[0, :] -0.5)',
    ],
    [
      'numbers compared, end to end',
      {
        shape: [16],
        members: LONE,
        weight: ([k]) => (k < 8 ? 2 ** (7 - k) : -(2 ** (15 - k))),
      },
      'C0 = sign(-1·2^(-x0 + 15)·x[8..<16] +1·2^(-x0 + 7)·x[0..<8] -0.5)',
    ],
    [
      'powers along a diagonal',
      { shape: [6, 7], members: LONE, weight: ([r, c]) => (c === r + 1 ? 2 ** r : 0) },
      'C0 = sign(+1·2^(x0)·x[:, x0 + 1] -0.5)',
    ],
    [
      'a number in each row',
      { shape: [4, 6], members: points([4]), weight: ([r, k], [i]) => (r === i ? 2 ** k : 0) },
      'C0[row] 4 = sign(+1·2^(x1)·x[row, :] -0.5)',
    ],
    [
      'rows compared as numbers',
      {
        shape: [4, 6],
        members: points([3]),
        weight: ([r, k], [i]) => (r === i ? 2 ** k : r === i + 1 ? -(2 ** k) : 0),
        bias: () => 0,
      },
      'C0[row] 3 = sign(-1·2^(x1)·x[row +1, :] +1·2^(x1)·x[row, :])',
    ],
    [
      'a window that moves, cell by cell',
      {
        shape: [10],
        members: points([7]),
        weight: ([k], [i]) => (k >= i && k < i + 4 ? 2 ** (k - i) : 0),
      },
      'C0[i] 7 = sign(+1·x[i] +2·x[i +1] +4·x[i +2] +8·x[i +3] -0.5)',
    ],
    [
      'three powers as a list',
      { shape: [12], members: LONE, weight: ([k]) => [0, 1, 2, 4][k] ?? 0 },
      'C0 = sign(+1·x[1] +2·x[2] +4·x[3] -0.5)',
    ],
  ])('%s', (_, given, line) => {
    expectClusters(given, [line]);
  });

  it('keeps powers along diagonals that cross the border', () => {
    const network = networkOf({
      shape: [4, 6],
      members: points([6]),
      weight: ([r, c], [d]) => ((c - r - d + 12) % 6 === 0 ? 2 ** r : 0),
      bias: ([d]) => 0.5 - d,
    });
    expectSameFunction(network, 60, 1);
    for (const line of clusterLines(network)) expect(line).not.toContain('table');
  });

  it('reads powers of two beyond 32 bits', () => {
    const network = networkOf({
      shape: [2, 40],
      members: LONE,
      weight: ([s, k]) => (s === 0 ? 1 : -1) * 2 ** k,
      bias: () => 0,
    });
    expect(clusterLines(network)[0]).toBe('C0 = sign(-1·2^(x1)·x[1, :] +1·2^(x1)·x[0, :])');
    expectSameFunction(network, 40, 1);
  });
});

describe('carries of an addition', () => {
  const LENGTH = 8;

  it('with the least bit first', () => {
    expectClusters(
      {
        shape: [2, LENGTH],
        members: points([LENGTH]),
        weight: ([, k], [i]) => (k <= i ? 2 ** k : 0),
        bias: ([i]) => 0.5 - 2 ** (i + 1),
        activation: 'step',
      },
      ['C0[column] 8 = step(+1·2^(x1)·x[:, 0..<column +1] +(0.5 + -1·2^(column + 1)))'],
    );
  });

  it('with the least bit last', () => {
    expectClusters(
      {
        shape: [2, LENGTH],
        members: points([LENGTH]),
        weight: ([, k], [i]) => (k >= i ? 2 ** (7 - k) : 0),
        bias: ([i]) => 0.5 - 2 ** (8 - i),
        activation: 'step',
      },
      ['C0[column] 8 = step(+1·2^(-x1 + 7)·x[:, column..<8] +(0.5 + -1·2^(-column + 8)))'],
    );
  });
});

describe('thresholds', () => {
  it('of one sum are a ladder', () => {
    expectClusters(
      {
        shape: [7],
        members: points([7]),
        weight: () => 1,
        bias: ([k]) => -0.5 - k,
        activation: 'step',
      },
      ['C0[i] 7 = step(+1·x[:] +(-i -0.5))'],
    );
  });

  it('of one sum for each row are one cluster', () => {
    expectClusters(
      {
        shape: [4, 6],
        members: points([4, 6]),
        weight: ([r], [row]) => r === row,
        bias: ([, k]) => -0.5 - k,
        activation: 'step',
      },
      ['C0[row, j] 4×6 = step(+1·x[row, :] +(-j -0.5))'],
    );
  });

  it('may depend on two iterators', () => {
    expectClusters(
      {
        shape: [5, 6],
        members: points([5, 6]),
        weight: ([r, c], [i, j]) => Number(r === i) - Number(c === j),
        bias: ([i, j]) => 0.5 - i + 2 * j,
        activation: 'step',
      },
      ['C0[row, column] 5×6 = step(-1·x[:, column] +1·x[row, :] +(-row +2·column +0.5))'],
    );
  });
});
