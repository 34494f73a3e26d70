import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { clusterNetwork } from '../../src/cluster/index.js';
import { checkClusterGraph } from '../../src/ir/cluster-check.js';
import { dumpClusterGraph } from '../../src/ir/cluster-dump.js';
import type { Domain } from '../../src/ir/model-interface.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { disguise } from '../helpers/disguise.js';
import { createClusterEvaluator } from '../helpers/evaluate-cluster-graph.js';
import { chainNetwork } from '../helpers/networks.js';
import type { ActivationKind } from '../helpers/networks.js';

const RUNS = { numRuns: 80, seed: 20261121 };

const DOMAINS: readonly Domain[] = [
  { kind: 'values', values: [0, 1] },
  { kind: 'values', values: [-1, 0, 1] },
  { kind: 'values', values: [-1, 1] },
  { kind: 'values', values: [0, 0.5, 1] },
];

type Kind = ActivationKind;

/** Weight rows that mix families (lines, cells, boxes, all-but) with strays. */
function patternedRows(shape: readonly number[], random: Random): Float64Array[] {
  const size = sizeOf(shape);
  const width = shape[shape.length - 1];
  const rows: Float64Array[] = [];
  for (let family = 1 + random.below(3); family > 0; family--) {
    const kind = random.below(6);
    const coefficient = [1, -1, 2, 3, 0.7][random.below(5)];
    const other = [0, 1, -2, 0.3][random.below(4)];
    const length = 1 + random.below(Math.max(size / width, width));
    for (let i = 0; i < length; i++) {
      const row = new Float64Array(size);
      for (let cell = 0; cell < size; cell++) {
        const [line, column] = [Math.floor(cell / width), cell % width];
        const inside = [
          line === i,
          column === i,
          line !== i,
          cell === i,
          cell !== i,
          column >= i && column < i + 2,
        ][kind];
        row[cell] = (inside ? coefficient : 0) + (cell === 0 ? other : 0);
      }
      rows.push(row);
    }
  }
  if (random.below(2) === 0) rows.push(new Float64Array(size).map(() => random.below(3) - 1));
  return rows;
}

function randomRows(inputs: number, outputs: number, random: Random): Float64Array[] {
  const real = random.below(3) === 0;
  return Array.from({ length: outputs }, () =>
    new Float64Array(inputs).map(() => (real ? random.normal() : random.below(5) - 2)),
  );
}

function biases(rows: readonly Float64Array[], random: Random): number[] {
  const kind = random.below(3);
  return rows.map(() => (kind === 0 ? 0 : kind === 1 ? random.below(5) - 2 : random.normal()));
}

function randomNetwork(seed: number, hidden: readonly Kind[]): Network {
  const random = createRandom(seed);
  const shape = [[4], [2, 3], [3, 3], [2, 2, 2], [1, 5]][random.below(5)];
  const layers = [];
  let inputs = shape;
  for (const activation of hidden) {
    const patterned = random.below(3) > 0;
    const width = sizeOf(inputs);
    const rows = patterned
      ? patternedRows(inputs, random)
      : randomRows(width, 1 + random.below(5), random);
    layers.push({ rows, bias: biases(rows, random), activation });
    inputs = [rows.length];
  }
  const last = randomRows(inputs[0], 1 + random.below(3), random);
  layers.push({
    rows: last,
    bias: biases(last, random),
    // A threshold over real values is decided by rounding where they cancel: not this law's business.
    activation: hidden.every((kind) => kind === 'sign' || kind === 'step')
      ? (['identity', 'softmax', 'sign', 'relu'] as const)[random.below(4)]
      : 'identity',
  });
  return chainNetwork({
    name: 'random',
    input: { name: 'x', shape, domain: DOMAINS[random.below(DOMAINS.length)] },
    layers,
  });
}

/** Every input of a finite domain, or the first few thousand. */
function* inputsOf(network: Network): Generator<number[]> {
  const [{ domain, shape }] = network.inputs;
  const values = domain.kind === 'values' ? domain.values : [];
  const size = sizeOf(shape);
  const total = Math.min(values.length ** size, 500);
  for (let index = 0; index < total; index++) {
    let rest = index * (values.length ** size > total ? 7919 : 1);
    yield Array.from({ length: size }, () => {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return value;
    });
  }
}

function expectSame(network: Network, tolerance: number): void {
  const graph = clusterNetwork(network);
  expect(checkClusterGraph(graph)).toEqual([]);
  const evaluate = createClusterEvaluator(graph);
  const teacher = createTeacher(network);
  for (const input of inputsOf(network)) {
    const [expected] = teacher.forward([input]);
    const [actual] = evaluate([input]);
    actual.forEach((value, index) => {
      const scale = 1 + Math.abs(expected[index]);
      expect(Math.abs(value - expected[index]), `at ${input.join()}`).toBeLessThanOrEqual(
        tolerance * scale,
      );
    });
  }
}

describe('clustering', () => {
  const hiddens = fc.constantFrom<Kind[]>(
    [],
    ['sign'],
    ['step'],
    ['relu'],
    ['sign', 'sign'],
    ['step', 'sign'],
    ['sign', 'relu'],
    ['tanh', 'relu'],
  );

  test.prop([fc.nat(1e6), hiddens], RUNS)('keeps the function', (seed, hidden) => {
    expectSame(randomNetwork(seed, hidden), 1e-9);
  });

  test.prop([fc.nat(1e6), fc.constantFrom(1, 2)], RUNS)(
    'keeps the function of sign networks in disguise',
    (seed, depth) => {
      const network = randomNetwork(seed, new Array<Kind>(depth).fill('sign'));
      const disguised = disguise(network, {
        seed,
        permute: true,
        rescale: true,
        noise: seed % 2 === 0 ? 1e-9 : 1e-8,
        dead: seed % 3,
        duplicates: seed % 4,
        complements: seed % 3,
        constants: seed % 2,
      });
      expectSame(disguised, 1e-6);
    },
  );

  test.prop([fc.nat(1e6), fc.constantFrom(1, 2)], RUNS)(
    'does not depend on the order of hidden neurons',
    (seed, depth) => {
      const network = randomNetwork(seed, new Array<Kind>(depth).fill('sign'));
      const permuted = disguise(network, { seed, permute: true });
      expect(dumpClusterGraph(clusterNetwork(permuted))).toBe(
        dumpClusterGraph(clusterNetwork(network)),
      );
    },
  );
});
