import { describe, expect, it } from 'vitest';
import { chainNetwork } from '../../helpers/networks.js';
import { clusterLines, expectSameFunction, oneLayer, rowOf } from './helpers.js';

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

type Pair = readonly [number, number];

const pairs = (n: number, keep: (i: number, j: number) => boolean): Pair[] =>
  range(n).flatMap((i) => range(n).flatMap((j): Pair[] => (keep(i, j) ? [[i, j]] : [])));

const difference = (n: number, [i, j]: Pair): Float64Array =>
  rowOf([n], (cell) => (cell === i ? 1 : cell === j ? -1 : 0));

describe('index sets that are no boxes', () => {
  it.each([
    ['a triangle', pairs(6, (i, j) => i < j), '6×6 without 21 points'],
    ['all but the diagonal', pairs(6, (i, j) => i !== j), '6×6 without 6 points'],
    ['one pair missing', pairs(6, (i, j) => i < j && i + 10 * j !== 32), '6×6 without 22 points'],
  ])('%s', (_, members, text) => {
    // Halves: x[i] > x[j] is not the opposite of x[j] > x[i].
    const rows = members.map((pair) => difference(6, pair));
    const network = oneLayer([6], rows, { bias: rows.map(() => -0.5) });
    expect(clusterLines(network)).toEqual([`C0[i, j] ${text} = sign(-1·x[j] +1·x[i] -0.5)`]);
    expectSameFunction(network, 64, 1);
  });

  it('intervals with both ends', () => {
    const rows = pairs(6, (i, j) => i <= j).map(([i, j]) =>
      rowOf([6], (cell) => (cell >= i && cell <= j ? 1 : 0)),
    );
    const network = oneLayer([6], rows);
    expect(clusterLines(network)).toEqual([
      'C0[i, j] 6×6 without 15 points = sign(+1·x[i..<j +1])',
    ]);
    expectSameFunction(network, 64, 1);
  });

  it('patterns that are permutations of each other stay families of their own', () => {
    const rows = [0, 1, 2].flatMap((odd) =>
      range(6).map((i) => rowOf([8], (c) => (c < i || c > i + 2 ? 0 : c === i + odd ? -1 : 1))),
    );
    const network = oneLayer([8], rows, { bias: rows.map(() => -1.5) });
    expect(clusterLines(network)).toHaveLength(3);
  });
});

/** Who wins against all others: neurons for pairs, told in one of several ways. */
function tournament(n: number, members: readonly Pair[]): ReturnType<typeof chainNetwork> {
  const wins = range(n).map((own) =>
    Float64Array.from(members, ([i, j]) => (i === own ? 1 : j === own ? -1 : 0)),
  );
  const games = members.length / ((n * (n - 1)) / 2);
  return chainNetwork({
    name: 'tournament',
    input: { name: 'x', shape: [n], domain: { kind: 'values', values: [0, 1, 2] } },
    layers: [
      { rows: members.map((pair) => difference(n, pair)), bias: members.map(() => 0), activation: 'sign' }, // prettier-ignore
      { rows: wins, bias: wins.map(() => 0.5 - games * (n - 1)), activation: 'step' },
    ],
  });
}

describe('comparisons of all pairs', () => {
  const told: readonly (readonly [string, (n: number) => Pair[]])[] = [
    ['i < j', (n) => pairs(n, (i, j) => i < j)],
    ['i > j', (n) => pairs(n, (i, j) => i > j)],
    ['i ≠ j', (n) => pairs(n, (i, j) => i !== j)],
    [
      'any order',
      (n) => pairs(n, (i, j) => i < j).map(([i, j]) => ((i * j) % 3 === 1 ? [j, i] : [i, j])),
    ],
  ];
  const sizes = [4, 5, 7, 12].flatMap((n) => told.map(([name, make]) => [name, n, make] as const));

  it.each(sizes)('%s of %i read as a triangle and its lines', (_, n, make) => {
    const network = tournament(n, make(n));
    const holes = (n * (n + 1)) / 2;
    expect(clusterLines(network)).toEqual([
      `C0[i, j] ${n}×${n} without ${holes} points = sign(-1·x[j] +1·x[i])`,
      `C1[i] ${n} = step(-1·C0[:, i] +1·C0[i, :] -${n - 1.5})`,
    ]);
    expectSameFunction(network, 50, n);
  });
});
