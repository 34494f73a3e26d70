import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { clusterNetwork } from '../../src/cluster/index.js';
import { checkClusterGraph } from '../../src/ir/cluster-check.js';
import { dumpClusterGraph } from '../../src/ir/cluster-dump.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { disguise } from '../helpers/disguise.js';
import { createClusterEvaluator } from '../helpers/evaluate-cluster-graph.js';
import { chainNetwork } from '../helpers/networks.js';
import { points } from '../helpers/zoo-tools.js';
import type { Point } from '../helpers/zoo-tools.js';

const RUNS = { numRuns: 40, seed: 20261121 };
const SHAPES = [[9], [5, 5], [4, 6], [6, 4], [3, 4, 5], [1, 7], [4, 1, 4]];

type Weight = (cell: Point, shift: number) => number;

/** A random region with weights; `shift` moves it. */
function randomRegion(shape: readonly number[], random: Random): Weight {
  const [a, b] = [random.below(shape.length), random.below(shape.length)];
  const slope = random.below(2) * 2 - 1;
  const offset = random.below(shape[b]);
  const length = 1 + random.below(3);
  const step = 2 + random.below(2);
  const coefficient = [1, -1, 2, 3][random.below(4)];
  const between = (value: number, low: number): boolean => value >= low && value < low + length;
  const inside: readonly ((cell: Point, shift: number) => boolean)[] = [
    (cell, shift) => cell[b] - slope * cell[a] === offset + shift,
    (cell, shift) => (cell[b] - slope * cell[a] + 4 * shape[b]) % shape[b] === offset % shape[b] + shift,
    (cell, shift) => between(cell[b] - slope * cell[a], offset + shift),
    (cell, shift) => cell[b] - slope * cell[a] >= offset + shift,
    (cell, shift) => cell[a] % step === shift % step,
    (cell, shift) => (cell[a] + cell[b] + shift) % step === 0,
    (cell, shift) => cell[a] <= shift,
    (cell, shift) => between(cell[a], shift) && between(cell[b], offset),
    () => true,
  ]; // prettier-ignore
  const factors: readonly ((cell: Point, shift: number) => number)[] = [
    () => 1,
    () => 1,
    (cell) => 2 ** cell[a],
    (cell) => 2 ** (shape[a] - cell[a]),
    (cell) => cell[a] + offset,
    (cell) => (-1) ** (cell[a] + cell[b]),
    (cell, shift) => cell[a] - shift,
  ];
  const region = inside[random.below(inside.length)];
  const factor = factors[random.below(factors.length)];
  return (cell, shift) => (region(cell, shift) ? coefficient * factor(cell, shift) : 0);
}

/** Families of neurons that read a sum of moving regions, and one that reads them all. */
function randomNetwork(seed: number): Network {
  const random = createRandom(seed);
  const shape = SHAPES[random.below(SHAPES.length)];
  const cells = points(shape);
  const rows: Float64Array[] = [];
  const bias: number[] = [];
  for (let family = 1 + random.below(2); family > 0; family--) {
    const regions = Array.from({ length: 1 + random.below(3) }, () => randomRegion(shape, random));
    const kind = random.below(4);
    for (let shift = 0; shift < 1 + random.below(6); shift++) {
      rows.push(
        Float64Array.from(cells, (cell) =>
          regions.reduce((sum, weight) => sum + weight(cell, shift), 0),
        ),
      );
      bias.push([-0.5, -shift, 0.5 - 2 ** (shift + 1), random.below(5) - 2.5][kind]);
    }
  }
  return chainNetwork({
    name: 'patterns',
    input: { name: 'x', shape },
    layers: [
      { rows, bias, activation: random.below(2) === 0 ? 'sign' : 'step' },
      { rows: [rows.map((_, k) => 1 + 0.37 * ((k * k) % 7))], bias: [0.25], activation: 'identity' },
    ],
  }); // prettier-ignore
}

function expectSame(network: Network, seed: number, tolerance: number): void {
  const graph = clusterNetwork(network);
  expect(checkClusterGraph(graph)).toEqual([]);
  const evaluate = createClusterEvaluator(graph);
  const teacher = createTeacher(network);
  const random = createRandom(seed);
  const size = sizeOf(network.inputs[0].shape);
  for (let run = 0; run < 40; run++) {
    const input = Array.from({ length: size }, () => random.below(2));
    const [[expected]] = teacher.forward([input]);
    const [[actual]] = evaluate([input]);
    expect(Math.abs(actual - expected), input.join()).toBeLessThanOrEqual(tolerance);
  }
}

describe('clustering of moving regions', () => {
  test.prop([fc.nat(1e6)], RUNS)('keeps the function', (seed) => {
    expectSame(randomNetwork(seed), seed, 1e-9);
  });

  test.prop([fc.nat(1e6)], RUNS)('keeps the function in disguise', (seed) => {
    const network = randomNetwork(seed);
    const disguised = disguise(network, {
      seed,
      permute: true,
      rescale: true,
      noise: 1e-9,
      dead: 2,
    });
    expectSame(disguised, seed, 1e-6);
  });

  test.prop([fc.nat(1e6)], RUNS)('does not depend on the order of hidden neurons', (seed) => {
    const network = randomNetwork(seed);
    const permuted = disguise(network, { seed, permute: true });
    expect(dumpClusterGraph(clusterNetwork(permuted))).toBe(
      dumpClusterGraph(clusterNetwork(network)),
    );
  });
});
