import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { createRandom } from '../../../src/numeric/random.js';
import { BINARY, chainNetwork } from '../../helpers/networks.js';
import { disguise } from '../../helpers/disguise.js';
import { clusterLines, expectSameFunction, oneLayer, rowOf } from './helpers.js';

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

describe('sums over lines', () => {
  it('tells the rows of a family with few gaps as a range without them', () => {
    const rows = [0, 1, 3, 4, 8].map((i) => rowOf([9, 4], (row) => (row === i ? 1 : 0)));
    const network = oneLayer([9, 4], rows, { axes: ['row', 'column'] });
    expect(clusterLines(network)).toEqual(['C0[row] 9 without 4 points = sign(+1·x[row, :])']);
    expectSameFunction(network, 50, 1);
  });

  it('subtracts the own cell from each row', () => {
    const rows = range(6).map((i) => rowOf([6, 6], (r, c) => (r === i && c !== i ? 1 : 0)));
    const network = oneLayer([6, 6], rows);
    expect(clusterLines(network)).toEqual(['C0[row] 6 = sign(+1·x[row, :] -1·x[row, row])']);
    expectSameFunction(network, 50, 1);
  });

  it('tells lines and planes of a cube apart', () => {
    const planes = range(4).map((i) => rowOf([4, 5, 6], (a) => (a === i ? 1 : 0)));
    const lines = range(4).flatMap((i) =>
      range(5).map((j) => rowOf([4, 5, 6], (a, b) => (a === i && b === j ? 1 : 0))),
    );
    expect(clusterLines(oneLayer([4, 5, 6], [...planes, ...lines]))).toEqual([
      'C0[i, j] 4×5 = sign(+1·x[i, j, :])',
      'C1[i] 4 = sign(+1·x[i, :, :])',
    ]);
  });

  it('sees all but one along a line', () => {
    const rows = range(5).map((i) => rowOf([5], (cell) => (cell === i ? 0 : 1)));
    const network = oneLayer([5], rows, { bias: rows.map(() => -4) });
    expect(clusterLines(network)).toEqual(['C0[i] 5 = sign(+1·x[:] -1·x[i] -4)']);
  });

  it('sees all but one in three dimensions', () => {
    const rows = range(24).map((cell) => rowOf([2, 3, 4], () => 1).fill(0, cell, cell + 1));
    expect(clusterLines(oneLayer([2, 3, 4], rows))).toEqual([
      'C0[i, j, k] 2×3×4 = sign(+1·x[:, :, :] -1·x[i, j, k])',
    ]);
  });
});

describe('windows', () => {
  it('reads blocks with a step', () => {
    const rows = range(9).map((k) =>
      rowOf([6, 6], (r, c) => (Math.floor(r / 2) * 3 + Math.floor(c / 2) === k ? 1 : 0)),
    );
    expect(clusterLines(oneLayer([6, 6], rows))).toEqual([
      'C0[row, column] 3×3 = sign(+1·x[2·row..<2·row +2, 2·column..<2·column +2])',
    ]);
  });

  it('reads prefixes and strided pairs', () => {
    const prefixes = range(6).map((i) => rowOf([7], (cell) => (cell <= i ? 1 : 0)));
    const pairs = range(5).map((i) =>
      rowOf([12], (cell) => (cell === i || cell === i + 7 ? 1 : 0)),
    );
    expectSameFunction(oneLayer([7], prefixes), 30, 1);
    expectSameFunction(oneLayer([12], pairs), 30, 1);
    expect(clusterLines(oneLayer([12], pairs))).toHaveLength(1);
    expect(clusterLines(oneLayer([7], prefixes)).length).toBeLessThanOrEqual(2);
  });
});

describe('shapes', () => {
  it.each([
    [[1, 6], 'C0[column] 6 = sign(+1·x[:, column])'],
    [[6, 1], 'C0[row] 6 = sign(+1·x[row, :])'],
    [[6], 'C0[i] 6 = sign(+1·x[i])'],
  ])('reads single cells of %j', (shape, text) => {
    const rows = range(6).map((k) => rowOf([6], (cell) => (cell === k ? 1 : 0)));
    expect(clusterLines(oneLayer(shape, rows))).toEqual([text]);
  });

  it('reads a scalar', () => {
    expect(clusterLines(oneLayer([], [[2], [-1]], { activation: 'identity' }))).toEqual([
      'C0 = identity(+2·x)',
      'C1 = identity(-1·x)',
    ]);
  });

  it('reads several inputs, one of them twice', () => {
    const single = oneLayer([3], [rowOf([3], () => 1)]);
    const network = {
      ...single,
      inputs: [
        { name: 'a', shape: [3], domain: BINARY },
        { name: 'b', shape: [3], domain: BINARY },
      ],
      layers: [
        {
          ...oneLayer(
            [9],
            range(3).map((i) => rowOf([3, 3], (part, cell) => (cell === i ? [1, -1, 2][part] : 0))),
          ).layers[0],
          sources: [
            { kind: 'input', index: 0 },
            { kind: 'input', index: 1 },
            { kind: 'input', index: 0 },
          ],
        },
      ],
      outputs: [{ name: 'scores', shape: [3] }],
    } as const;
    expect(clusterLines(network)).toEqual(['C0[i] 3 = sign(+3·a[i] -1·b[i])']);
    expectSameFunction(network, 64, 1);
  });
});

describe('neurons without a pattern', () => {
  it('keeps random signs in one exact table', () => {
    const random = createRandom(5);
    const rows = range(9).map(() => rowOf([10, 12], () => random.below(2) * 2 - 1));
    const network = oneLayer([10, 12], rows);
    const [cluster] = clusterNetwork(network).clusters;
    expect(cluster.unexplained).toBe(true);
    expect(cluster.members).toHaveLength(9);
    expectSameFunction(network, 100, 1);
  });

  it('keeps random real weights in one exact table per layer', () => {
    const random = createRandom(6);
    const dense = (inputs: number, outputs: number): Float64Array[] =>
      range(outputs).map(() => Float64Array.from({ length: inputs }, () => random.normal()));
    const network = chainNetwork({
      name: 'dense',
      input: { name: 'x', shape: [4], domain: { kind: 'interval', min: -1, max: 1 } },
      layers: [
        { rows: dense(4, 30), bias: range(30).map(() => random.normal()), activation: 'relu' },
        { rows: dense(30, 20), bias: range(20).map(() => random.normal()), activation: 'tanh' },
        { rows: dense(20, 3), bias: [0.1, 0.2, 0.3], activation: 'identity' },
      ],
    });
    const { clusters } = clusterNetwork(network);
    expect(clusters.map(({ unexplained }) => unexplained)).toEqual([true, true, true]);
    expectSameFunction(network, 100, 1, 1e-6);
  });

  it('keeps stray neurons beside a family', () => {
    const random = createRandom(7);
    const family = range(8).map((i) => rowOf([8, 8], (_, c) => (c === i ? 1 : 0)));
    const strays = range(3).map(() => rowOf([8, 8], () => random.below(3) - 1));
    const network = oneLayer([8, 8], [...family, ...strays]);
    const { clusters } = clusterNetwork(network);
    expect(clusters.map(({ members }) => members.length)).toEqual([8, 3]);
    expectSameFunction(network, 100, 1);
  });
});

describe('noise', () => {
  it.each([1e-9, 1e-8])('of %f changes neither clusters nor ties', (noise) => {
    const rows = range(6).map((i) => rowOf([5, 6], (r, c) => (c === i ? (r === 0 ? -3 : 1) : 0)));
    const network = chainNetwork({
      name: 'noisy',
      input: { name: 'x', shape: [5, 6] },
      layers: [
        { rows, bias: range(6).map(() => -1), activation: 'sign' },
        { rows: [[1, 1, 1, 1, 1, 1]], bias: [0], activation: 'identity' },
      ],
    });
    const plain = clusterLines(network);
    for (const seed of [1, 2, 3]) {
      const noisy = disguise(network, { seed, noise, rescale: true, permute: true });
      expect(clusterLines(noisy)[0]).toBe(plain[0]);
      expectSameFunction(noisy, 100, seed, 1e-6);
    }
  });

  it('keeps a bias that is near an integer but no tie', () => {
    const weights = [0.3, 0.3, 0.3, -0.6];
    const tie = oneLayer([4], [weights], { bias: [-0.6] });
    const off = oneLayer([4], [weights], { bias: [-0.6 * (1 + 1.5e-5)] });
    expect(clusterLines(tie)).toEqual(['C0 = sign(+1·x[:] -3·x[3] -2)']);
    expect(clusterLines(off)).toEqual(['C0 = sign(+1·x[:] -3·x[3] -2.5)']);
    expectSameFunction(tie, 16, 1);
    expectSameFunction(off, 16, 1);
  });
});
