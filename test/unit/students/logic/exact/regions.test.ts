import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../../src/ir/decision.js';
import type { Decision } from '../../../../../src/ir/model-interface.js';
import type { Box } from '../../../../../src/numeric/linear-program.js';
import { createRandom } from '../../../../../src/numeric/random.js';
import { buildRegionTree } from '../../../../../src/students/logic/exact/regions.js';
import { forwardPass } from '../../../../../src/students/logic/exact/regions-network.js';
import type { ReluLayers } from '../../../../../src/students/logic/exact/regions-network.js';
import { leafOf } from '../../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';
import { randomReluLayers } from '../../../../helpers/random-relu.js';

const NONE: Decision = { kind: 'none' };

/** Every input from −size to size. */
function cube(inputs: number, size = 1): Box {
  return {
    low: new Float64Array(inputs).fill(-size),
    high: new Float64Array(inputs).fill(size),
  };
}

/** One hidden layer over the inputs, and one score. */
function oneHidden(
  rows: readonly (readonly number[])[],
  bias: readonly number[],
  last: readonly number[],
  offset = 0,
  decision = NONE,
): ReluLayers {
  return {
    inputs: rows[0].length,
    layers: [
      {
        weights: rows.map((row) => Float64Array.from(row)),
        bias: Float64Array.from(bias),
        slopeBelow: 0,
      },
      { weights: [Float64Array.from(last)], bias: Float64Array.of(offset), slopeBelow: 1 },
    ],
    decision,
  };
}

function treeOf(network: ReluLayers, box: Box): Tree {
  const { tree } = buildRegionTree(network, box);
  if (tree === undefined) throw new Error('no tree');
  return tree;
}

/** What the tree says at a point: output values, or a class. */
function predict(tree: Tree, point: ArrayLike<number>): readonly number[] | number {
  const { prediction } = leafOf(tree, (feature) => point[feature]);
  if (prediction.kind === 'class') return prediction.index;
  return prediction.cells.map(({ offset, terms }) =>
    terms.reduce((sum, { feature, coefficient }) => sum + coefficient * point[feature], offset),
  );
}

/** The largest error relative to 1 + |output| at random points. */
function worstError(network: ReluLayers, box: Box, tree: Tree, count: number): number {
  const random = createRandom(99);
  let worst = 0;
  for (let k = 0; k < count; k++) {
    const point = box.low.map((least, i) => least + (box.high[i] - least) * random.unit());
    const expected = forwardPass(network, point);
    const found = predict(tree, point);
    if (typeof found === 'number') throw new Error('a class');
    for (const [cell, value] of found.entries()) {
      worst = Math.max(worst, Math.abs(value - expected[cell]) / (1 + Math.abs(expected[cell])));
    }
  }
  return worst;
}

/** The classes of the interface's words: of a sign the sign + 1. */
function classOf(decision: Decision, scores: Float64Array): number {
  return decide(decision, scores) + (decision.kind === 'sign' ? 1 : 0);
}

describe('buildRegionTree', () => {
  for (const sizes of [
    [2, 8, 8, 1],
    [4, 16, 2],
  ]) {
    it(`equals the forward pass of ${sizes.join('-')} networks`, () => {
      for (const seed of [1, 2]) {
        const network = randomReluLayers(sizes, seed, NONE);
        const box = cube(sizes[0]);
        const result = buildRegionTree(network, box);
        expect(result).toMatchObject({ isComplete: true, dropped: 0 });
        expect(result.regions).toBeGreaterThan(50);
        expect(result.leaves).toBeLessThanOrEqual(result.regions);
        if (result.tree === undefined) throw new Error('no tree');
        expect(worstError(network, box, result.tree, 10_000)).toBeLessThan(1e-12);
      }
    });
  }

  it('reaches as many regions as there are activation patterns', () => {
    const network = randomReluLayers([2, 8, 1], 3, NONE);
    const patterns = new Set<string>();
    const steps = 600;
    for (let i = 0; i <= steps; i++) {
      for (let j = 0; j <= steps; j++) {
        const point = [(2 * i) / steps - 1, (2 * j) / steps - 1];
        const { weights, bias } = network.layers[0];
        const isActive = weights.map(
          (row, k) => row[0] * point[0] + row[1] * point[1] + bias[k] > 0,
        );
        patterns.add(isActive.join());
      }
    }
    expect(buildRegionTree(network, cube(2)).regions).toBe(patterns.size);
  });

  it('holds for whole weights, where many borders meet', () => {
    const whole = fc.integer({ min: -2, max: 2 });
    const row = fc.array(whole, { minLength: 3, maxLength: 3 });
    const cases = fc.record({
      hidden: fc.array(row, { minLength: 5, maxLength: 5 }),
      second: fc.array(fc.array(whole, { minLength: 5, maxLength: 5 }), {
        minLength: 4,
        maxLength: 4,
      }),
      last: fc.array(fc.array(whole, { minLength: 4, maxLength: 4 }), {
        minLength: 3,
        maxLength: 3,
      }),
      slopeBelow: fc.constantFrom(0, 0.25, -1),
    });
    const decisions: readonly Decision[] = [
      NONE,
      { kind: 'argmax' },
      { kind: 'argmin' },
      { kind: 'threshold', threshold: 0.5 },
      { kind: 'sign' },
    ];
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(...decisions),
        ({ hidden, second, last, slopeBelow }, decision) => {
          const dense = (
            rows: readonly (readonly number[])[],
            slope: number,
          ): ReluLayers['layers'][0] => ({
            weights: rows.map((weights) => Float64Array.from(weights)),
            bias: Float64Array.from(rows, (_, k) => (k % 3) - 1),
            slopeBelow: slope,
          });
          const layers = [dense(hidden, slopeBelow), dense(second, 0), dense(last, 1)];
          const network: ReluLayers = { inputs: 3, layers, decision };
          const box = cube(3, 2);
          const result = buildRegionTree(network, box);
          expect(result).toMatchObject({ isComplete: true, dropped: 0 });
          if (result.tree === undefined) throw new Error('no tree');
          if (decision.kind === 'none') {
            expect(worstError(network, box, result.tree, 100)).toBeLessThan(1e-12);
            return;
          }
          const random = createRandom(7);
          for (let k = 0; k < 100; k++) {
            const point = box.low.map(() => 4 * random.unit() - 2);
            const expected = classOf(decision, forwardPass(network, point));
            expect(predict(result.tree, point)).toBe(expected);
          }
        },
      ),
      { seed: 11, numRuns: 150 },
    );
  });

  it('asks above where one input takes part', () => {
    const network = oneHidden([[0, 2], [0, -1]], [-1, 0.25], [1, 1]); // prettier-ignore
    const tree = treeOf(network, cube(2));
    expect(tree).toMatchObject({
      condition: { kind: 'above', feature: 1, threshold: 0.5 },
      yes: { prediction: { cells: [{ offset: -1, terms: [{ feature: 1, coefficient: 2 }] }] } },
      no: { condition: { kind: 'above', feature: 1, threshold: 0.25 } },
    });
  });

  it('merges regions with equal functions', () => {
    // relu(x) − relu(−x) = x
    const line = buildRegionTree(oneHidden([[1], [-1]], [0, 0], [1, -1]), cube(1));
    expect(line).toMatchObject({ regions: 2, leaves: 1, tree: { kind: 'leaf' } });
    // The units' two lines, parallel and of no effect, give three regions.
    const dead = buildRegionTree(oneHidden([[1, 1], [1, 1]], [0, 0.5], [0, 0]), cube(2)); // prettier-ignore
    expect(dead).toMatchObject({ regions: 3, leaves: 1 });
    // Beyond 0.5 the two slopes cancel each other: flat, rising, flat.
    const ramp = buildRegionTree(oneHidden([[1], [1]], [0, -0.5], [1, -1]), cube(1));
    expect(ramp).toMatchObject({ regions: 3, leaves: 3 });
  });

  it('asks nothing that decides nothing, where one side tells the other', () => {
    // Score x + relu(y) > 2 over |x|, |y| ≤ 1.5: the kink at y = 0 matters to no class.
    const network = oneHidden(
      [[1, 0], [0, 1]], [1.5, 0], [1, 1], -1.5, { kind: 'threshold', threshold: 2 },
    ); // prettier-ignore
    const result = buildRegionTree(network, cube(2, 1.5));
    expect(result).toMatchObject({ regions: 2, leaves: 2 });
    expect(result.tree).toMatchObject({ condition: { kind: 'linear', threshold: 2 } });
  });

  it('gives ties to the class that the network gives them to', () => {
    const threshold: Decision = { kind: 'threshold', threshold: 0 };
    const below = treeOf(oneHidden([[-1]], [3], [1], 0, threshold), cube(1, 5));
    expect([2, 3, 4].map((x) => predict(below, [x]))).toEqual([1, 0, 0]);
    const above = treeOf(oneHidden([[1]], [-3], [1], 0, threshold), cube(1, 5));
    expect([2, 3, 4].map((x) => predict(above, [x]))).toEqual([0, 0, 1]);
    const flat = treeOf(oneHidden([[1], [-1]], [-1, -1], [1, -1], 0, { kind: 'sign' }), cube(1, 5));
    expect([-2, -1, 0, 1, 2].map((x) => predict(flat, [x]))).toEqual([0, 1, 1, 1, 2]);
  });

  it('stops honestly when the budget is spent', () => {
    const network = randomReluLayers([4, 16, 2], 1, NONE);
    const few = buildRegionTree(network, cube(4), { maxRegions: 100, maxWork: 1e9 });
    expect(few).toMatchObject({ isComplete: false, regions: 100, leaves: 0 });
    expect(few.tree).toBeUndefined();
    const slow = buildRegionTree(network, cube(4), { maxRegions: 1e6, maxWork: 1e4 });
    expect(slow.isComplete).toBe(false);
    expect(slow.tree).toBeUndefined();
    expect(slow.programs).toBeLessThan(1000);
  });

  it('reports what it left out', () => {
    // y = relu(x − (1 − 1e-10)) · 1e3 over |x| ≤ 1: a strip thinner than what linear programs resolve.
    const network = oneHidden([[1, 1e-3]], [-1 - 1e-3 + 1e-10], [1e3]);
    const result = buildRegionTree(network, cube(2));
    expect(result).toMatchObject({ leaves: 1, dropped: 1 });
    expect(result.largestDropped).toBeGreaterThan(1e-11);
    expect(result.largestDropped).toBeLessThan(1e-9);
  });
});
