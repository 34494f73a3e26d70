import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximumMargin } from '../../../examples/orientation/max-margin.js';
import { solveSymmetric } from '../../../examples/orientation/solve-symmetric.js';
import { createRandom } from '../../../src/numeric/random.js';
import type { Random } from '../../../src/numeric/random.js';

function dot(first: ArrayLike<number>, second: ArrayLike<number>): number {
  return Array.from(first).reduce((sum, value, k) => sum + value * second[k], 0);
}

/** Two sets on either side of a random hyperplane, at least `gap` away from it. */
function separableSets(
  random: Random,
  width: number,
  counts: readonly [number, number],
  gap: number,
) {
  const normal = Array.from({ length: width }, () => random.normal());
  const length = Math.sqrt(dot(normal, normal));
  return counts.map((count, set) =>
    Array.from({ length: count }, () => {
      const point = Float64Array.from({ length: width }, () => random.normal());
      const height = dot(point, normal) / length;
      const wanted = (set === 0 ? 1 : -1) * (gap + Math.abs(height));
      return point.map((value, k) => value + ((wanted - height) * normal[k]) / length);
    }),
  );
}

/**
 * How far multipliers ≥ 0 on the support can rebuild w, by projected gradient descent on
 * ½‖Σ λ y x − w‖² with Σ over each set equal: 0 at the optimum (Karush, Kuhn and Tucker).
 */
function stationarityGap(
  sets: readonly (readonly Float64Array[])[],
  weights: Float64Array,
  bias: number,
): number {
  // Both sets in one homogeneous coordinate: Σ λ y (x, 1) must be (w, 0).
  const support = sets.flatMap((points, set) =>
    points
      .filter((point) => Math.abs(Math.abs(dot(point, weights) + bias) - 1) < 1e-9)
      .map((point) => Float64Array.from([...point, 1], (value) => (set === 0 ? value : -value))),
  );
  const target = [...weights, 0];
  const step = 1 / support.reduce((sum, x) => sum + dot(x, x), 0);
  const shares = new Float64Array(support.length);
  const momentum = shares.slice();
  let residual: number[] = target;
  for (let round = 0; round < 20_000; round++) {
    const before = shares.slice();
    residual = target.map(
      (value, k) => value - support.reduce((s, x, i) => s + momentum[i] * x[k], 0),
    );
    support.forEach((x, i) => (shares[i] = Math.max(0, momentum[i] + step * dot(x, residual))));
    const pace = round / (round + 3);
    shares.forEach((share, i) => (momentum[i] = share + pace * (share - before[i])));
  }
  return Math.sqrt(dot(residual, residual));
}

describe('maximumMargin', () => {
  it('meets the optimality conditions on random separable sets', () => {
    const random = createRandom(11);
    for (let problem = 0; problem < 12; problem++) {
      const counts = [1 + random.below(8), 1 + random.below(12)] as const;
      const sets = separableSets(random, 2 + random.below(6), counts, 0.3);
      const { weights, bias, margin } = maximumMargin(sets[0], sets[1]);
      const heights = sets.map((points) => points.map((point) => dot(point, weights) + bias));
      // Feasible, with equality on both sides, and the margin is what the weights say.
      expect(Math.min(...heights[0])).toBeCloseTo(1, 11);
      expect(Math.max(...heights[1])).toBeCloseTo(-1, 11);
      expect(margin * Math.sqrt(dot(weights, weights))).toBeCloseTo(1, 11);
      expect(stationarityGap(sets, weights, bias)).toBeLessThan(1e-4);
    }
  });

  it('is not beaten by any other direction', () => {
    const random = createRandom(5);
    const [first, second] = separableSets(random, 4, [10, 10], 0.2);
    const { weights, margin } = maximumMargin(first, second);
    const marginAlong = (direction: Float64Array): number =>
      (Math.min(...first.map((x) => dot(x, direction))) -
        Math.max(...second.map((x) => dot(x, direction)))) /
      (2 * Math.sqrt(dot(direction, direction)));
    expect(marginAlong(weights)).toBeCloseTo(margin, 12);
    for (const size of [1e-6, 1e-3, 0.1]) {
      for (let k = 0; k < 50; k++) {
        const other = weights.map((value) => value + size * random.normal());
        expect(marginAlong(other)).toBeLessThanOrEqual(margin + 1e-13);
      }
    }
  });

  it('copes with repeated and affinely dependent points', () => {
    const points = [[2, 1], [2, -1], [2, 0], [2, 1], [3, 0]].map((p) => Float64Array.from(p)); // prettier-ignore
    const others = [[-1, 3], [-1, -3], [-1, 0], [-4, 0]].map((p) => Float64Array.from(p)); // prettier-ignore
    const { weights, bias, margin } = maximumMargin(points, others);
    expect(weights[0]).toBeCloseTo(2 / 3, 14);
    expect(weights[1]).toBeCloseTo(0, 14);
    expect(bias).toBeCloseTo(-1 / 3, 14);
    expect(margin).toBeCloseTo(1.5, 14);
  });

  it('refuses sets that no hyperplane separates', () => {
    const square = [[0, 0], [1, 1], [0, 1], [1, 0]].map((p) => Float64Array.from(p)); // prettier-ignore
    expect(() => maximumMargin(square.slice(0, 2), square.slice(2))).toThrow(RangeError);
    expect(() => maximumMargin(square.slice(0, 1), square.slice(0, 1))).toThrow(RangeError);
  });
});

describe('solveSymmetric', () => {
  it('solves random Gram systems', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), (size, seed) => {
        const random = createRandom(seed);
        const factors = Array.from({ length: size }, () =>
          Float64Array.from({ length: size + 2 }, () => random.normal()),
        );
        const matrix = factors.map((a, i) =>
          Float64Array.from(factors, (b, j) => dot(a, b) + (i === j ? 0.1 : 0)),
        );
        const wanted = Float64Array.from({ length: size }, () => random.normal());
        const solution = solveSymmetric(
          matrix,
          Float64Array.from(matrix, (row) => dot(row, wanted)),
        );
        solution.forEach((value, k) => expect(value).toBeCloseTo(wanted[k], 9));
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
