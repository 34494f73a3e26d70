import { describe, expect, it } from 'vitest';
import type { Domain, ModelInterface } from '../../../src/ir/model-interface.js';
import { cellDomain } from '../../../src/ir/model-interface.js';
import {
  isWithin,
  generateProbes,
  probeFamilies,
  walkToBoundary,
} from '../../../src/verify/probes.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { orientationNetwork } from '../../helpers/networks.js';

function model(...inputs: readonly (readonly [shape: readonly number[], domain: Domain])[]) {
  return {
    name: 'probe',
    source: 'sha256:test',
    inputs: inputs.map(([shape, domain], index) => ({ name: `x${index}`, shape, domain })),
    outputs: [{ name: 'scores', shape: [1] }],
    decision: { kind: 'none' },
  } satisfies ModelInterface;
}

const MODELS = {
  binary: model([[4, 5], { kind: 'values', values: [0, 1] }]),
  ternary: model([[3, 2, 4], { kind: 'values', values: [-1, 0, 1] }]),
  'two-valued without zero': model([[6], { kind: 'values', values: [-1, 1] }]),
  interval: model([[3, 3], { kind: 'interval', min: 2, max: 5 }]),
  real: model([[7], { kind: 'real' }]),
  'several inputs': model(
    [[], { kind: 'values', values: [0, 1, 2, 3] }],
    [
      [2],
      {
        kind: 'per-cell',
        cells: [
          { kind: 'values', values: [9] },
          { kind: 'interval', min: -1, max: 1 },
        ],
      },
    ],
  ),
};

describe('probeFamilies', () => {
  for (const [name, given] of Object.entries(MODELS)) {
    it(`stays within the domain and is seeded: ${name}`, () => {
      for (const family of probeFamilies(given)) {
        const probes = generateProbes(family, 60, 4);
        expect(probes).toEqual(generateProbes(family, 60, 4));
        for (const probe of probes) {
          expect(probe).toHaveLength(given.inputs.length);
          probe.forEach((cells, input) => {
            const outside = [...cells].filter(
              (value, cell) => !isWithin(cellDomain(given.inputs[input].domain, cell), value),
            );
            expect(outside, family.name).toEqual([]);
          });
        }
      }
    });
  }

  it('covers every count of ones and every value of every cell', () => {
    const counts = new Set<number>();
    const values = new Set<string>();
    for (const family of probeFamilies(MODELS.ternary)) {
      for (const [cells] of generateProbes(family, 200, 1)) {
        counts.add(cells.filter((cell) => cell !== 0).length);
        cells.forEach((value, cell) => values.add(`${cell}:${value}`));
      }
    }
    expect(counts.size).toBe(25);
    expect(values.size).toBe(24 * 3);
  });

  it('offers corners and magnitudes where the domain has them', () => {
    const names = (given: ModelInterface) => probeFamilies(given).map(({ name }) => name);
    expect(names(MODELS.binary)).not.toContain('corners');
    expect(names(MODELS.interval)).toContain('corners');
    expect(names(MODELS.interval)).not.toContain('magnitudes');
    expect(names(MODELS.real)).toContain('magnitudes');
    expect(names(MODELS['several inputs'])).toContain('mixed');
  });
});

describe('walkToBoundary', () => {
  it('finds neighbours with different answers', () => {
    const network = orientationNetwork(5);
    const teacher = createTeacher(network);
    const answer = (probe: readonly Float64Array[]) => teacher.decide(teacher.forward(probe));
    const column = [Float64Array.from({ length: 25 }, (_, cell) => (cell % 5 === 2 ? 1 : 0))];
    const row = [Float64Array.from({ length: 25 }, (_, cell) => (cell < 5 ? 1 : 0))];
    const pair = walkToBoundary(network, column, row, answer);
    expect(pair?.map(answer)).toEqual([0, 1]);
    const changed = pair?.[0][0].filter((cell, index) => cell !== pair[1][0][index]);
    expect(changed).toHaveLength(1);
    expect(walkToBoundary(network, column, column, answer)).toBeUndefined();
  });

  it('closes in on the border of continuous cells', () => {
    const given = model([[2], { kind: 'interval', min: 0, max: 1 }]);
    const pair = walkToBoundary(
      given,
      [Float64Array.of(0, 0)],
      [Float64Array.of(1, 1)],
      ([cells]) => (cells[0] + cells[1] > 1.3 ? 1 : 0),
    );
    expect(pair?.[0][0][1]).toBeCloseTo(0.3, 9);
    expect(pair?.[1][0][1]).toBeCloseTo(0.3, 9);
    expect(pair?.[0][0][0]).toBe(1);
  });
});
