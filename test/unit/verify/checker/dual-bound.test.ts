import { describe, expect, it } from 'vitest';
import { maximise } from '../../../../src/numeric/linear-program.js';
import type { Box, HalfSpace } from '../../../../src/numeric/linear-program.js';
import { createRandom } from '../../../../src/numeric/random.js';
import type { Random } from '../../../../src/numeric/random.js';
import { dualBound } from '../../../../src/verify/checker/dual-bound.js';

const EXPONENT = 80n;

/** A float as an integer number of 2^−80; what is finer is dropped from a bound, downwards. */
function exact(value: number): bigint {
  return BigInt(Math.floor(value * 2 ** 80));
}

/** Whether Σ coefficients · x > bound, in exact arithmetic. */
function exceeds(coefficients: Float64Array, x: Float64Array, bound: number): boolean {
  let sum = -(exact(bound) << EXPONENT);
  coefficients.forEach((coefficient, k) => (sum += exact(coefficient) * exact(x[k])));
  return sum > 0n;
}

/** Numbers of few binary digits, so that points on borders are frequent and products are exact in BigInt. */
function drawNumbers(random: Random, size: number, digits: number): Float64Array {
  return Float64Array.from({ length: size }, () => (random.below(2 * digits + 1) - digits) / 8);
}

function drawPolyhedron(random: Random, size: number): [Box, HalfSpace[]] {
  const low = drawNumbers(random, size, 16);
  // Some boxes are flat.
  const high = low.map((value) => value + random.below(5) / 4);
  const halfSpaces: HalfSpace[] = Array.from({ length: random.below(9) }, () => ({
    coefficients: drawNumbers(random, size, 12),
    bound: (random.below(65) - 16) / 8,
  }));
  // Some are cut down to a plane, or to nothing.
  if (random.below(3) === 0 && halfSpaces.length > 0) {
    const [{ coefficients, bound }] = halfSpaces;
    const opposite = coefficients.map((value) => -value);
    halfSpaces.push({
      coefficients: opposite,
      bound: -bound - (random.below(3) === 0 ? 1 / 8 : 0),
    });
  }
  return [{ low, high }, halfSpaces];
}

/** Points of a grid in the box that are in all half-spaces. */
function pointsIn({ low, high }: Box, halfSpaces: readonly HalfSpace[], random: Random): Float64Array[] {
  const points: Float64Array[] = [];
  for (let k = 0; k < 100; k++) {
    const point = low.map((least, cell) => least + ((high[cell] - least) * random.below(17)) / 16);
    if (halfSpaces.every(({ coefficients, bound }) => !exceeds(coefficients, point, bound))) points.push(point);
  }
  return points;
} // prettier-ignore

describe('the bound from multipliers', () => {
  it.each([1, 2, 3, 5])('is exceeded by no point in %i dimensions, whatever the multipliers are', (size) => {
    const random = createRandom(size);
    let [compared, tight] = [0, 0];
    for (let trial = 0; trial < 250; trial++) {
      const [box, halfSpaces] = drawPolyhedron(random, size);
      const objective = drawNumbers(random, size, 12);
      const answer = maximise(objective, box, halfSpaces);
      const found = answer.kind === 'unfinished' ? undefined : answer.multipliers;
      const wild = Float64Array.from(halfSpaces, () => 4 * random.unit() - 1);
      const points = pointsIn(box, halfSpaces, random);
      const nothing = new Float64Array(size);
      for (const multipliers of [undefined, found, wild, wild.fill(NaN, 0, 1)]) {
        const bound = dualBound(objective, box, halfSpaces, multipliers);
        compared += points.length;
        expect(points.some((point) => exceeds(objective, point, bound))).toBe(false);
        // A polyhedron with a point in it is never called empty.
        const contradiction = dualBound(nothing, box, halfSpaces, multipliers);
        if (points.length > 0) expect(contradiction).toBeGreaterThanOrEqual(0);
      }
      if (answer.kind === 'optimal') {
        const bound = dualBound(objective, box, halfSpaces, answer.multipliers);
        if (Math.abs(bound - answer.value) < 1e-9) tight++;
      }
    }
    expect(compared).toBeGreaterThan(1000);
    expect(tight).toBeGreaterThan(60);
  }); // prettier-ignore

  it('says that a polyhedron is empty, if only by a little more than rounding', () => {
    const box = { low: Float64Array.of(-1, -1), high: Float64Array.of(1, 1) };
    const cut = (gap: number): readonly HalfSpace[] => [
      { coefficients: Float64Array.of(0.3, 0.7), bound: 0.2 },
      { coefficients: Float64Array.of(-0.3, -0.7), bound: -0.2 - gap },
    ];
    const nothing = new Float64Array(2);
    const multipliers = Float64Array.of(1, 1);
    expect(dualBound(nothing, box, cut(1e-14), multipliers)).toBeLessThan(0);
    expect(dualBound(nothing, box, cut(0), multipliers)).toBeGreaterThan(0);
    const answer = maximise(nothing, box, cut(1e-6));
    expect(answer.kind).toBe('infeasible');
    if (answer.kind !== 'infeasible') return;
    expect(dualBound(nothing, box, cut(1e-6), answer.multipliers)).toBeLessThan(0);
  });

  it('rounds upwards, by no more than a few units in the last place', () => {
    const random = createRandom(9);
    const draw = (): number => Math.round(random.normal() * 2 ** 40) / 2 ** 40;
    for (let trial = 0; trial < 300; trial++) {
      const size = 1 + random.below(6);
      const objective = Float64Array.from({ length: size }, draw);
      const high = Float64Array.from({ length: size }, () => Math.abs(draw()));
      const low = high.map((value) => -value);
      const corner = objective.map((value, k) => (value > 0 ? high[k] : low[k]));
      const bound = dualBound(objective, { low, high }, []);
      expect(exceeds(objective, corner, bound)).toBe(false);
      expect(exceeds(objective, corner, bound - 1e-13)).toBe(true);
    }
  });

  it('is no number below infinity where floats overflow', () => {
    const box = { low: Float64Array.of(-1e300), high: Float64Array.of(1e300) };
    expect(dualBound(Float64Array.of(1e300), box, [])).toBe(Infinity);
    const halfSpaces = [{ coefficients: Float64Array.of(1e300), bound: -1e300 }];
    expect(dualBound(Float64Array.of(0), box, halfSpaces, Float64Array.of(1e300))).toBe(Infinity);
  });
});
