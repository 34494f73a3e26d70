/** Formulas found from the directions in which functions grow, without a network and without noise. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { createDifferentiator } from '../../../../../src/students/math/engine/jacobian.js';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import { compileTape } from '../../../../../src/students/math/engine/tape.js';
import { DEFAULT_SETTINGS } from '../../../../../src/students/math/problem.js';
import type { Problem } from '../../../../../src/students/math/problem.js';
import { DIRECTIONS } from '../../../../../src/students/math/scouts/directions.js';
import {
  smallestOfTwo,
  smallestPair,
} from '../../../../../src/students/math/scouts/directions/eigen.js';
import { mergesOf } from '../../../../../src/students/math/scouts/directions/merge.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { printFormula } from '../../../../../src/students/math/text/print-formula.js';

/** The gradients of a formula at random points, brought to length 1, their signs at random. */
function problemOf(
  text: string,
  ranges: readonly (readonly [number, number])[],
  rows = 200,
): Problem {
  // prettier-ignore
  const random = createRandom(3);
  const names = ranges.map((_, k) => `x${k + 1}`);
  const columns = ranges.map(([min, max]) =>
    Float64Array.from({ length: rows }, () => min + (max - min) * random.unit()),
  );
  const tape = compileTape(parseFormula(text, names));
  const slopes = createDifferentiator(columns, rows).slopes(tape, undefined, { byVariable: true });
  if (slopes === undefined) throw new TypeError('no slopes');
  const lengths = columns[0].map((_, row) => Math.hypot(...slopes.byVariable.map((c) => c[row])));
  const signs = columns[0].map(() => (random.unit() < 0.5 ? -1 : 1));
  return {
    data: {
      names,
      columns,
      target: new Float64Array(rows),
      directions: slopes.byVariable.map((column) =>
        column.map((value, row) => (signs[row] * value) / lengths[row]),
      ),
    },
    settings: { ...DEFAULT_SETTINGS, loss: { kind: 'direction' } },
    domains: ranges.map(([min, max]) => ({ kind: 'interval', min, max })),
  };
}

const ranges = (count: number, min: number, max: number): readonly (readonly [number, number])[] =>
  Array.from({ length: count }, (): readonly [number, number] => [min, max]);

const FOUND: readonly (readonly [string, readonly (readonly [number, number])[]])[] = [
  ['x1^2 + 2*x2^2', ranges(2, -1, 1)],
  ['exp(x1^2 + 2*x2^2)', ranges(2, -1, 1)],
  ['x1^2 + 3*x1*x2 + 2*x2^2', ranges(2, -2, 0)],
  ['x1^2 + sin(x2 + x3)', ranges(3, -2, 0)],
  ['exp(x1 - x2) - 3.1416*x3', ranges(3, -1, 1)],
  ['x1*exp(-(x2^2 + x3^2)/2)', ranges(3, 0.5, 2)],
  ['x1*x2/((x3 - x4)^2 + (x5 - x6)^2)', ranges(6, 0.1, 2)],
  ['log(x1) + 4*sqrt(x2)', ranges(2, 0.5, 3)],
  ['(x1 + 2*x2 - x3)^3', ranges(3, -1, 2)],
  ['x1*x2^2/x3', ranges(3, 0.5, 2)],
  ['cos(x1)*x2', ranges(2, 0.2, 1.2)],
]; // prettier-ignore

describe('the scout for directions', () => {
  for (const [text, box] of FOUND) {
    it(`finds ${text}, up to a monotone function`, () => {
      const found = DIRECTIONS.find(problemOf(text, box), () => undefined);
      const least = Math.min(...found.map(({ loss }) => loss));
      expect(least).toBeLessThan(1e-8);
      // Nobody asked for a monster: what is exact is about as simple as what was asked for.
      const exact = found.filter(({ loss }) => loss < 1e-8);
      expect(Math.min(...exact.map(({ complexity }) => complexity))).toBeLessThanOrEqual(17);
    });
  }

  it('says nothing of data without directions', () => {
    const { data, ...problem } = problemOf('x1 + x2', ranges(2, 0, 1));
    const { names, columns, target } = data;
    const plain = { ...problem, data: { names, columns, target } };
    expect(DIRECTIONS.find(plain, () => undefined)).toEqual([]);
  });

  it('scores a constant worst', () => {
    const engine = createEngine(problemOf('x1 + x2', ranges(2, 0, 1)));
    expect(engine.judge(parseFormula('2', []), '')?.loss).toBeCloseTo(1, 12);
  });

  it('is blind to sign, scale and monotone functions', () => {
    const problem = problemOf('x1^2 + 2*x2^2', ranges(2, -1, 1));
    const engine = createEngine(problem);
    for (const text of ['x1^2 + 2*x2^2', '3 - x1^2 - 2*x2^2', 'exp(5*(x1^2 + 2*x2^2))']) {
      expect(engine.judge(parseFormula(text, problem.data.names), '')?.loss).toBeLessThan(1e-12);
    }
    expect(engine.judge(parseFormula('x1^2 + 3*x2^2', ['x1', 'x2']), '')?.loss).toBeGreaterThan(1e-3); // prettier-ignore
  });
});

describe('merges', () => {
  it('find α(a) + k·β(b) with its k', () => {
    const { data } = problemOf('x1^2 - 2.5*exp(x2)', ranges(2, 0.5, 2));
    const { columns, directions: slopes = [] } = data;
    const expressions = ['x1', 'x2'].map((name) => parseFormula(name, ['x1', 'x2']));
    const merges = mergesOf({ expressions, columns, slopes }, [0, 1], DEFAULT_SETTINGS);
    const best = merges.reduce((a, b) => (b.residual < a.residual ? b : a));
    expect(best.residual).toBeLessThan(1e-12);
    expect(printFormula(best.formula, ['x1', 'x2'], { digits: 4 })).toBe('x1^2 - 2.5 * exp(x2)');
  });
});

describe('small eigenvalues', () => {
  it('of two features are those of the rotations', () => {
    const random = createRandom(5);
    for (let round = 0; round < 200; round++) {
      const [p, q, r, s, t, u] = Array.from({ length: 6 }, () => random.normal());
      // A = PᵀP and B = QᵀQ are symmetric and not negative.
      const a = [p * p + q * q, p * r + q * s, r * r + s * s];
      const b = [t * t + 1, t * u, u * u + 1];
      const two = smallestOfTwo(a[0], a[1], a[2], b[0], b[1], b[2]);
      const pair = smallestPair(
        Float64Array.of(a[0], a[1], a[1], a[2]),
        Float64Array.of(b[0], b[1], b[1], b[2]),
        2,
      );
      expect(pair?.value).toBeCloseTo(two, 10);
    }
  });

  it('solve A·c = λ·B·c', () => {
    const a = Float64Array.of(4, 1, 0, 1, 3, 1, 0, 1, 2);
    const b = Float64Array.of(2, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 3);
    const pair = smallestPair(a, b, 3);
    if (pair === undefined) throw new TypeError('no pair');
    for (let row = 0; row < 3; row++) {
      const [left, right] = [a, b].map((m) =>
        pair.vector.reduce((sum, c, k) => sum + m[3 * row + k] * c, 0),
      );
      expect(left).toBeCloseTo(pair.value * right, 10);
    }
    expect(smallestPair(a, Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 1), 3)).toBeUndefined();
  });
});
