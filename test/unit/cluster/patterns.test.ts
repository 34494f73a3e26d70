import { describe, it } from 'vitest';
import { indices, points } from '../../helpers/zoo-tools.js';
import type { Case } from './pattern-cases.js';
import { LONE, expectClusters } from './pattern-cases.js';

describe('diagonals', () => {
  it.each<[string, Case, string]>([
    [
      'of a rectangle, cut at the border',
      { shape: [5, 7], members: points([11]), weight: ([r, c], [d]) => c - r === d - 4 },
      'C0[column] 11 = sign(+1·x[:, x0 + column -4] -0.5)',
    ],
    [
      'from right to left',
      { shape: [5, 7], members: points([11]), weight: ([r, c], [d]) => c + r === d },
      'C0[column] 11 = sign(+1·x[:, -x0 + column] -0.5)',
    ],
    [
      'of a torus',
      { shape: [6, 6], members: points([6]), weight: ([r, c], [d]) => (c - r + 6) % 6 === d },
      'C0[column] 6 = sign(+1·x[:, x0 + column..<column +1 mod 6] -0.5)',
    ],
    [
      'of each layer of a box',
      {
        shape: [4, 4, 3],
        members: points([7, 3]),
        weight: ([r, c, z], [d, k]) => c - r === d - 3 && z === k,
      },
      'C0[i, j] 7×3 = sign(+1·x[:, x0 + i -3, j] -0.5)',
    ],
    [
      'of a box, as slanted planes',
      { shape: [4, 4, 3], members: points([7]), weight: ([r, c], [d]) => c - r === d - 3 },
      'C0[i] 7 = sign(+1·x[:, x0 + i -3, :] -0.5)',
    ],
    [
      'through a cube',
      { shape: [4, 4, 4], members: LONE, weight: ([a, b, c]) => a === b && c === 3 - a },
      'C0 = sign(+1·x[:, x0 + 0, -x0 + 3] -0.5)',
    ],
    [
      'that cross, for a bishop',
      {
        shape: [5, 6],
        members: points([5, 6]),
        weight: ([r, c], [i, j]) => c - r === j - i || c + r === i + j,
      },
      'C0[row, column] 5×6 = sign(+1·x[:, x0 + -row +column] +1·x[:, -x0 + row +column] -1·x[row, column] -0.5)',
    ],
    [
      'in part, from three cells on',
      { shape: [9, 9], members: LONE, weight: ([r, c]) => r > 0 && r < 4 && c === r + 3 },
      'C0 = sign(+1·x[1..<4, x0 + 3] -0.5)',
    ],
    [
      'of two cells as two cells',
      { shape: [9, 9], members: LONE, weight: ([r, c]) => r > 0 && r < 3 && c === r + 3 },
      'C0 = sign(+1·x[1, 4] +1·x[2, 5] -0.5)',
    ],
  ])('%s', (_, given, line) => {
    expectClusters(given, [line]);
  });
});

describe('triangles and bands', () => {
  it.each<[string, Case, string]>([
    [
      'above against below the diagonal',
      { shape: [5, 5], members: LONE, weight: ([r, c]) => Math.sign(c - r) },
      'C0 = sign(-1·x[:, x0 + -4..<0] +1·x[:, x0 + 1..<5] -0.5)',
    ],
    [
      'three diagonals wide',
      { shape: [5, 5], members: LONE, weight: ([r, c]) => Math.abs(c - r) <= 1 },
      'C0 = sign(+1·x[:, x0 + -1..<2] -0.5)',
    ],
    [
      'of growing size',
      { shape: [6, 6], members: points([5]), weight: ([r, c], [d]) => c >= r + d },
      'C0[column] 5 = sign(+1·x[:, x0 + column..<6] -0.5)',
    ],
    [
      'in the other corner',
      { shape: [6, 6], members: points([9]), weight: ([r, c], [d]) => c + r <= d },
      'C0[column] 9 = sign(+1·x[:, -x0 + 0..<column +1] -0.5)',
    ],
    [
      'that wrap around',
      { shape: [7, 7], members: points([7]), weight: ([r, c], [d]) => (c - r - d + 14) % 7 <= 2 },
      'C0[column] 7 = sign(+1·x[:, x0 + column..<column +3 mod 7] -0.5)',
    ],
    [
      'of one colour of a chess board',
      { shape: [6, 4], members: LONE, weight: ([r, c]) => (r + c) % 2 === 0 },
      'C0 = sign(+1·x[:, x0 + -4..<4 by 2] -0.5)',
    ],
  ])('%s', (_, given, line) => {
    expectClusters(given, [line]);
  });
});

describe('strides', () => {
  it.each<[string, Case, string]>([
    [
      'every second cell',
      { shape: [9], members: LONE, weight: ([k]) => k % 2 === 0 },
      'C0 = sign(+1·x[0..<9 by 2] -0.5)',
    ],
    [
      'combs that start at the iterator',
      { shape: [13], members: points([3]), weight: ([k], [i]) => k % 3 === i },
      'C0[i] 3 = sign(+1·x[i..<13 by 3] -0.5)',
    ],
    [
      'windows with gaps',
      {
        shape: [7, 7],
        members: points([3, 3]),
        weight: ([r, c], [i, j]) => [0, 2, 4].includes(r - i) && [0, 2, 4].includes(c - j),
      },
      'C0[row, column] 3×3 = sign(+1·x[row..<row +5 by 2, column..<column +5 by 2] -0.5)',
    ],
    [
      'overlapping blocks with a step',
      {
        shape: [7, 7],
        members: points([3, 3]),
        weight: ([r, c], [i, j]) => r >= 2 * i && r < 2 * i + 3 && c >= 2 * j && c < 2 * j + 3,
      },
      'C0[row, column] 3×3 = sign(+1·x[2·row..<2·row +3, 2·column..<2·column +3] -0.5)',
    ],
  ])('%s', (_, given, line) => {
    expectClusters(given, [line]);
  });
});

describe('windows whose length varies', () => {
  it.each<[string, Case, string]>([
    [
      'prefixes',
      { shape: [7], members: points([7]), weight: ([k], [i]) => k <= i },
      'C0[i] 7 = sign(+1·x[0..<i +1] -0.5)',
    ],
    [
      'suffixes',
      { shape: [7], members: points([7]), weight: ([k], [i]) => k >= i },
      'C0[i] 7 = sign(+1·x[i..<7] -0.5)',
    ],
    [
      'corners of a table',
      {
        shape: [4, 5],
        members: points([4, 5]),
        weight: ([r, c], [i, j]) => r <= i && c <= j,
      },
      'C0[row, column] 4×5 = sign(+1·x[0..<row +1, 0..<column +1] -0.5)',
    ],
    [
      'around a centre',
      { shape: [9], members: points([4]), weight: ([k], [i]) => k >= 1 + i && k < 8 - i },
      'C0[i] 4 = sign(+1·x[i +1..<-i +8] -0.5)',
    ],
  ])('%s', (_, given, line) => {
    expectClusters(given, [line]);
  });
});

describe('regions that overlap', () => {
  it.each<[string, Case, string]>([
    [
      'crosses in three dimensions',
      {
        shape: [4, 4, 4],
        members: points([4, 4, 4]),
        weight: (cell, member) => indices(3).filter((k) => cell[k] === member[k]).length >= 2,
      },
      'C0[i, j, k] 4×4×4 = sign(+1·x[:, j, k] +1·x[i, :, k] +1·x[i, j, :] -2·x[i, j, k] -0.5)',
    ],
    [
      'lines in four dimensions',
      {
        shape: [3, 3, 3, 3],
        members: points([3, 3, 3]),
        weight: (cell, member) => member.every((at, k) => cell[k] === at),
      },
      'C0[i, j, k] 3×3×3 = sign(+1·x[i, j, k, :] -0.5)',
    ],
    [
      'diamonds, as a block with four tips',
      {
        shape: [9, 9],
        members: points([5, 5]),
        weight: ([r, c], [i, j]) => Math.abs(r - i - 2) + Math.abs(c - j - 2) <= 2,
      },
      'C0[row, column] 5×5 = sign(+1·x[row, column +2] +1·x[row +2, column] +1·x[row +2, column +4] +1·x[row +4, column +2] +1·x[row +1..<row +4, column +1..<column +4] -0.5)',
    ],
    [
      'two windows that move together',
      {
        shape: [14],
        members: points([7]),
        weight: ([k], [i]) => (k >= i && k < i + 3) || (k >= i + 5 && k < i + 8),
      },
      'C0[i] 7 = sign(+1·x[i..<i +3] +1·x[i +5..<i +8] -0.5)',
    ],
    [
      'a frame',
      {
        shape: [5, 7],
        members: LONE,
        weight: ([r, c]) => (r === 0 || c === 0 || r === 4 || c === 6 ? 1 : -1),
      },
      'C0 = sign(+1·x[:, :] -2·x[1..<4, 1..<6] -0.5)',
    ],
    [
      'a block with a hole',
      {
        shape: [5, 6],
        members: points([3, 4]),
        weight: ([r, c], [i, j]) =>
          r >= i && r < i + 3 && c >= j && c < j + 3 && !(r === i + 1 && c === j + 1),
      },
      'C0[row, column] 3×4 = sign(-1·x[row +1, column +1] +1·x[row..<row +3, column..<column +3] -0.5)',
    ],
    [
      'a queen',
      {
        shape: [5, 5],
        members: points([5, 5]),
        weight: ([r, c], [i, j]) =>
          (c - r === j - i || c + r === i + j || r === i || c === j) && !(r === i && c === j),
      },
      'C0[row, column] 5×5 = sign(+1·x[:, x0 + -row +column] +1·x[:, -x0 + row +column] +1·x[:, column] +1·x[row, :] -4·x[row, column] -0.5)',
    ],
  ])('%s', (_, given, line) => {
    expectClusters(given, [line]);
  });
});
