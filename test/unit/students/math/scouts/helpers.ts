/** Problems for the scouts from a function, and whether a formula is that function. */
import { createRandom } from '../../../../../src/numeric/random.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import type { Formula } from '../../../../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../../../../src/students/math/problem.js';
import type { Problem, Settings } from '../../../../../src/students/math/problem.js';

export type Truth = (...x: readonly number[]) => number;

export interface Sampling {
  readonly ranges: readonly (readonly [number, number])[];
  readonly rows: number;
  /** Standard deviation of the errors of y, as a share of its root mean square. */
  readonly noise?: number;
  readonly seed?: number;
  readonly settings?: Partial<Settings>;
  readonly canAsk?: boolean;
  /** Draws uniformly in the logarithm. */
  readonly isLogarithmic?: boolean;
}

export function problemOf(truth: Truth, sampling: Sampling): Problem {
  const { ranges, rows, noise = 0, seed = 1, settings, canAsk = false } = sampling;
  const random = createRandom(seed);
  const columns = ranges.map(([min, max]) =>
    Float64Array.from({ length: rows }, () =>
      sampling.isLogarithmic === true
        ? min * (max / min) ** random.unit()
        : min + (max - min) * random.unit(),
    ),
  );
  const answer = (asked: readonly Float64Array[]): Float64Array =>
    asked[0].map((_, row) => truth(...asked.map((column) => column[row])));
  const exact = answer(columns);
  const size = Math.sqrt(exact.reduce((sum, y) => sum + y * y, 0) / rows);
  return {
    data: {
      names: ranges.map((_, index) => `x${index}`),
      columns,
      target: exact.map((y) => y + noise * size * random.normal()),
    },
    settings: { ...DEFAULT_SETTINGS, ...settings },
    domains: ranges.map(([min, max]) => ({ kind: 'interval', min, max })),
    ...(canAsk ? { ask: answer } : {}),
  };
}

/** The largest |error| / (size + |y|) at fresh points of ranges half as wide again. */
export function errorOf(
  formula: Formula | undefined,
  truth: Truth,
  ranges: Sampling['ranges'],
): number {
  if (formula === undefined) return Infinity;
  const random = createRandom(99);
  let worst = 0;
  for (let k = 0; k < 500; k++) {
    const point = ranges.map(([min, max]) => {
      const margin = Math.min((max - min) / 4, min > 0 ? min / 2 : Infinity);
      return min - margin + (max - min + 2 * margin) * random.unit();
    });
    const wanted = truth(...point);
    const error = Math.abs(evaluateFormula(formula, point) - wanted) / (1e-6 + Math.abs(wanted));
    worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
  }
  return worst;
}
