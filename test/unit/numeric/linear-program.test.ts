import { describe, expect, it } from 'vitest';
import { maximise } from '../../../src/numeric/linear-program.js';
import type { Box, HalfSpace } from '../../../src/numeric/linear-program.js';
import { createRandom } from '../../../src/numeric/random.js';
import type { Random } from '../../../src/numeric/random.js';

/** The largest value over all vertices: every choice of as many constraints as variables, made equalities. */
function bestVertex(objective: Float64Array, box: Box, halfSpaces: readonly HalfSpace[]): number {
  const size = objective.length;
  const sides: HalfSpace[] = [...halfSpaces];
  for (let k = 0; k < size; k++) {
    const unit = new Float64Array(size);
    unit[k] = 1;
    sides.push({ coefficients: unit, bound: box.high[k] });
    sides.push({ coefficients: unit.map((value) => -value), bound: -box.low[k] });
  }
  let best = -Infinity;
  const visit = (chosen: readonly HalfSpace[], next: number): void => {
    if (chosen.length < size) {
      for (let k = next; k < sides.length; k++) visit([...chosen, sides[k]], k + 1);
      return;
    }
    const point = solve(chosen);
    if (point === undefined) return;
    if (sides.some((side) => dot(side.coefficients, point) > side.bound + 1e-9)) return;
    best = Math.max(best, dot(objective, point));
  };
  visit([], 0);
  return best;
}

function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < left.length; k++) sum += left[k] * right[k];
  return sum;
}

/** Gauss and Jordan with the largest pivot. */
function solve(equations: readonly HalfSpace[]): readonly number[] | undefined {
  const rows = equations.map(({ coefficients, bound }) => [...coefficients, bound]);
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows.reduce(
      (best, row, i) => (i >= k && Math.abs(row[k]) > Math.abs(rows[best][k]) ? i : best),
      k,
    );
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    if (Math.abs(rows[k][k]) < 1e-10) return undefined;
    rows[k] = rows[k].map((value) => value / rows[k][k]);
    for (let i = 0; i < rows.length; i++) {
      if (i === k) continue;
      const factor = rows[i][k];
      rows[i] = rows[i].map((value, column) => value - factor * rows[k][column]);
    }
  }
  return rows.map((row) => row[rows.length]);
}

/** Whole numbers, so that corners where many constraints meet are frequent. */
function drawProgram(random: Random, size: number): [Float64Array, Box, HalfSpace[]] {
  const draw = (): Float64Array => Float64Array.from({ length: size }, () => random.below(7) - 3);
  const low = draw();
  const high = low.map((value) => value + random.below(5));
  const halfSpaces = Array.from({ length: random.below(7) }, () => ({
    coefficients: draw(),
    bound: random.below(13) - 6,
  }));
  return [draw(), { low, high }, halfSpaces];
}

describe('maximise', () => {
  for (const size of [2, 3]) {
    it(`agrees with the best of all vertices in ${size} dimensions`, () => {
      const random = createRandom(size);
      let infeasible = 0;
      for (let trial = 0; trial < 600; trial++) {
        const [objective, box, halfSpaces] = drawProgram(random, size);
        const expected = bestVertex(objective, box, halfSpaces);
        const answer = maximise(objective, box, halfSpaces);
        if (expected === -Infinity) {
          infeasible++;
          expect(answer.kind).toBe('infeasible');
          continue;
        }
        if (answer.kind !== 'optimal') throw new Error(`trial ${trial}: ${answer.kind}`);
        expect(answer.value).toBeCloseTo(expected, 8);
        expect(answer.bound).toBeGreaterThanOrEqual(expected - 1e-12);
        expect(answer.bound).toBeCloseTo(expected, 8);
        for (const { coefficients, bound } of halfSpaces) {
          expect(dot(coefficients, answer.point)).toBeLessThanOrEqual(bound + 1e-8);
        }
      }
      expect(infeasible).toBeGreaterThan(20);
    });
  }

  it('says so when a half-space without coefficients cannot hold', () => {
    const box = { low: Float64Array.of(0), high: Float64Array.of(1) };
    const never = { coefficients: Float64Array.of(0), bound: -1 };
    expect(maximise(Float64Array.of(1), box, [never])).toMatchObject({ kind: 'infeasible' });
    const answer = maximise(Float64Array.of(1), box, [{ ...never, bound: 0 }]);
    expect(answer).toMatchObject({ kind: 'optimal', value: 1 });
  });

  it('bounds a program of many variables by its multipliers', () => {
    const random = createRandom(5);
    const size = 20;
    const draw = (): Float64Array => Float64Array.from({ length: size }, () => random.normal());
    const box = { low: new Float64Array(size).fill(-1), high: new Float64Array(size).fill(1) };
    for (let trial = 0; trial < 20; trial++) {
      const halfSpaces = Array.from({ length: 40 }, () => ({
        coefficients: draw(),
        bound: random.unit(),
      }));
      const answer = maximise(draw(), box, halfSpaces);
      if (answer.kind !== 'optimal') throw new Error(answer.kind);
      // Strong duality: the bound is computed from the multipliers, the value from the point.
      expect(answer.bound - answer.value).toBeLessThan(1e-8);
    }
  });
});
