import { describe, expect, it } from 'vitest';
import { fitDecisionWeights } from '../../../examples/maxsat/evidence.js';
import {
  assignFirst,
  bestByExhaustion,
  drawFormula,
  gridOf,
} from '../../../examples/maxsat/formula.js';
import {
  createSoftmaxPlayer,
  playGreedy,
  playThreeQuarters,
} from '../../../examples/maxsat/players.js';
import { runProtocol } from '../../../examples/maxsat/protocol.js';
import { buildLayers } from '../../../examples/maxsat/published-shape.js';
import { denseRows } from '../../../src/ir/builders.js';
import { createRandom } from '../../../src/numeric/random.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { chainNetwork, maxsatNetwork } from '../../helpers/networks.js';

const DECISION = { alone: 20, among: 4.595 };

function built(literals: number, clauses: number) {
  const kinds = ['sign', 'sign', 'softmax'] as const;
  return chainNetwork({
    name: 'maxsat',
    input: { name: 'formula', shape: [literals, clauses] },
    layers: buildLayers(literals, clauses, DECISION, 1).map((layer, index) => ({
      ...layer,
      activation: kinds[index],
    })),
  });
}

describe('formulas', () => {
  it('have clauses of three distinct variables', () => {
    const { clauses } = drawFormula(5, 200, createRandom(1));
    expect(clauses).toHaveLength(200);
    for (const clause of clauses) {
      expect(new Set(clause.map((literal) => literal >> 1)).size).toBe(3);
    }
    expect(new Set(clauses.flat()).size).toBe(10);
  });

  it('lose a variable and the clauses it satisfies', () => {
    // clauses: x0 or not x1; not x0 or x1; x1
    const grid = gridOf({ variables: 2, clauses: [[0, 3], [1, 2], [2]] }); // prettier-ignore
    expect([...grid]).toEqual([1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0]);
    expect(assignFirst(grid, 3, true)).toBe(1);
    expect([...grid]).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(assignFirst(grid, 3, true)).toBe(2);
    expect(grid.includes(1)).toBe(false);
  });

  it('are solved by exhaustion', () => {
    const contradiction = gridOf({ variables: 1, clauses: [[0], [1], [1]] });
    expect(bestByExhaustion(contradiction, 3, 1)).toBe(2);
    const grid = gridOf(drawFormula(4, 30, createRandom(2)));
    let best = 0;
    for (let assignment = 0; assignment < 16; assignment++) {
      const left = grid.slice();
      let satisfied = 0;
      for (let v = 0; v < 4; v++) satisfied += assignFirst(left, 30, ((assignment >> v) & 1) === 1);
      best = Math.max(best, satisfied);
    }
    expect(bestByExhaustion(grid, 30, 4)).toBe(best);
  });
});

describe('buildLayers', () => {
  it('has the published shape, up to its noise', () => {
    const expected = maxsatNetwork(10, 7);
    const widths = [70, 42, 28];
    const layers = buildLayers(10, 7, { alone: 20, among: 4 * 1.1487799625336474 }, 3);
    layers.forEach((layer, index) => {
      const wanted = denseRows(expected.layers[index].weights, widths[index]);
      layer.rows.forEach((row, neuron) =>
        row.forEach((weight, k) => {
          const size = Math.abs(wanted[neuron][k]);
          expect(Math.abs(weight - wanted[neuron][k])).toBeLessThanOrEqual(1.3e-8 * size);
        }),
      );
      expect(Array.from(layer.bias, Math.round)).toEqual([...expected.layers[index].bias]);
    });
    const noisy = layers[0].rows.flatMap((row) => [...row]).filter((w) => !Number.isInteger(w));
    expect(noisy.length).toBeGreaterThan(200);
    expect(buildLayers(10, 7, DECISION, 3)).toEqual(buildLayers(10, 7, DECISION, 3));
  });

  it('computes one vote per clause, louder for the last hope', () => {
    const network = built(6, 9);
    const teacher = createTeacher(network);
    const random = createRandom(8);
    for (let k = 0; k < 300; k++) {
      const grid = Float64Array.from({ length: 54 }, () => (random.unit() < 0.15 ? 1 : 0));
      let odds = 0;
      for (let c = 0; c < 9; c++) {
        const others = [2, 3, 4, 5].some((literal) => grid[literal * 9 + c] === 1);
        odds += (grid[c] - grid[9 + c]) * (others ? DECISION.among : DECISION.alone);
      }
      expect(teacher.forward([grid])[0][0]).toBeCloseTo(1 / (1 + Math.exp(-odds)), 6);
    }
  });
});

describe('fitDecisionWeights', () => {
  it('learns that the last hope counts several times as much', () => {
    const { alone, among } = fitDecisionWeights({
      variables: 5,
      clauses: 50,
      formulas: 1500,
      seed: 1,
    });
    expect(1 / (1 + Math.exp(alone))).toBeCloseTo(2e-9, 12);
    expect(alone / among).toBeGreaterThan(3);
    expect(alone / among).toBeLessThan(6);
  });
});

describe('runProtocol', () => {
  const OPTIONS = { variables: 5, clauses: 50, formulas: 30, trials: 5, seed: 1 };

  it('orders the players as theory does', () => {
    const teacher = createTeacher(built(10, 50));
    const results = runProtocol(
      [
        ['network', createSoftmaxPlayer((grid) => teacher.forward([grid])[0])],
        ['greedy', playGreedy],
        ['3/4', playThreeQuarters],
        ['coin', (_grid, _clauses, random) => random.unit() < 0.5],
      ],
      OPTIONS,
    );
    const mean = new Map(results.map(({ player, mean: value }) => [player, value]));
    const of = (player: string): number => mean.get(player) ?? NaN;
    expect(of('coin')).toBeCloseTo(50 * (7 / 8), 0);
    expect(of('3/4')).toBeGreaterThan(of('coin'));
    expect(of('network')).toBeGreaterThan(of('3/4'));
    expect(of('optimum')).toBeGreaterThanOrEqual(of('network'));
    expect(of('3/4')).toBeGreaterThan(0.75 * of('optimum'));
    expect(results[0].lead).toBe(0);
    expect(results[2].lead).toBeGreaterThan(results[2].leadInterval);
  });

  it('gives the same figures for the same seed', () => {
    const players = [['3/4', playThreeQuarters]] as const;
    expect(runProtocol(players, OPTIONS)).toEqual(runProtocol(players, OPTIONS));
  });
});
