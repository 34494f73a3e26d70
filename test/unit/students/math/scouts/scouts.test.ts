import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../../../src/students/math/complexity.js';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import type { Candidate, Problem } from '../../../../../src/students/math/problem.js';
import { findScout, SCOUTS } from '../../../../../src/students/math/scouts/index.js';
import { errorOf, problemOf } from './helpers.js';
import type { Sampling, Truth } from './helpers.js';

function find(name: string, problem: Problem): readonly Candidate[] {
  return findScout(name)?.find(problem, () => undefined) ?? [];
}

/** The smallest error of any candidate far from the data, and the complexity of that candidate. */
function bestOf(candidates: readonly Candidate[], truth: Truth, ranges: Sampling['ranges']) {
  const errors = candidates.map(({ formula }) => errorOf(formula, truth, ranges));
  const error = Math.min(...errors);
  return { error, complexity: candidates[errors.indexOf(error)]?.complexity };
}

const EXACT = 1e-9;

interface Case {
  readonly scout: string;
  readonly what: string;
  readonly truth: Truth;
  readonly sampling: Sampling;
  readonly within: number;
  readonly complexity: number;
}

const CASES: readonly Case[] = [
  {
    scout: 'power law',
    what: 'units of thirty decades',
    truth: (a, b, c) => (6.7e-11 * a * b) / c ** 2,
    sampling: { ranges: [[1e22, 1e30], [1e22, 1e30], [1e8, 1e12]], rows: 40, isLogarithmic: true }, // prettier-ignore
    within: EXACT,
    complexity: 8,
  },
  {
    scout: 'power law',
    what: 'negative values, halves, a constant added',
    truth: (a, b) => 4 - 3 * a * Math.sqrt(b),
    sampling: { ranges: [[1, 5], [1, 5]], rows: 60 }, // prettier-ignore
    within: 1e-7,
    complexity: 8,
  },
  {
    scout: 'polynomial',
    what: 'sums of monomials',
    truth: (a, b) => 1.7 * a ** 3 * b - 2 * b ** 2 + a - 0.5,
    sampling: { ranges: [[-2, 2], [-2, 2]], rows: 80 }, // prettier-ignore
    within: EXACT,
    complexity: 16,
  },
  {
    scout: 'polynomial',
    what: 'few terms under noise',
    truth: (a, b, c) => 2 * a * b - 3 * c ** 2,
    sampling: { ranges: [[-2, 2], [-2, 2], [-2, 2]], rows: 200, noise: 0.1 }, // prettier-ignore
    within: 1,
    complexity: 10,
  },
  {
    scout: 'rational',
    what: 'quotients of sums',
    truth: (a, b) => (2.3 * a + b) / (a * b + 3),
    sampling: { ranges: [[-1, 1], [-1, 1]], rows: 30 }, // prettier-ignore
    within: EXACT,
    complexity: 12,
  },
  {
    scout: 'scaled law',
    what: 'a rate that rises with temperature, units of twenty decades',
    truth: (a, b) => 3.2e13 * Math.exp((-5.1e4 / 8.3) * (1 / a)) * b ** 2,
    sampling: { ranges: [[300, 900], [1e-9, 1e-6]], rows: 40, isLogarithmic: true }, // prettier-ignore
    within: 1e-7,
    complexity: 12,
  },
  {
    scout: 'scaled law',
    what: 'saturation, under noise',
    truth: (a, b) => (7 * a * b) / (2.5 + b),
    sampling: { ranges: [[1, 5], [0.1, 20]], rows: 60, noise: 0.01 }, // prettier-ignore
    within: 0.1,
    complexity: 12,
  },
  {
    scout: 'scaled law',
    what: 'occupation by energy and temperature',
    truth: (a, b) => 0.4 / (Math.exp((1.7 * a) / b) + 1),
    sampling: { ranges: [[1, 9], [2, 6]], rows: 40 }, // prettier-ignore
    within: EXACT,
    complexity: 12,
  },
  {
    scout: 'bank',
    what: 'small expressions with constants inside',
    truth: (a) => 1.5 * Math.sin(2.3 * a + 0.4) + 0.7 * a,
    sampling: { ranges: [[-2, 2]], rows: 30 },
    within: EXACT,
    complexity: 12,
  },
  {
    scout: 'bank',
    what: 'the inverse of a function of y',
    truth: (a, b) => 1 / (1 / a + 2 / b),
    sampling: { ranges: [[1, 5], [1, 5]], rows: 30 }, // prettier-ignore
    within: EXACT,
    complexity: 10,
  },
  {
    scout: 'products',
    what: 'three factors beside a term',
    truth: (a, b, c) => a + 2.5 * Math.sqrt(b) * a * Math.cos(c),
    sampling: { ranges: [[1, 5], [1, 5], [0, 3]], rows: 60 }, // prettier-ignore
    within: EXACT,
    complexity: 12,
  },
  {
    scout: 'active',
    what: 'factors, sums and differences, without the variables that do not matter',
    truth: (a, b, c) => Math.exp(a - b) + 3 * c,
    sampling: { ranges: [[0, 2], [0, 2], [1, 3], [0, 1]], rows: 60, canAsk: true }, // prettier-ignore
    within: EXACT,
    complexity: 8,
  },
];

describe('scouts', () => {
  it.each(CASES)(
    '$scout: $what',
    ({ scout, truth, sampling, within, complexity }) => {
      const candidates = find(scout, problemOf(truth, sampling));
      const best = bestOf(candidates, truth, sampling.ranges);
      expect(best.error).toBeLessThan(within);
      expect(best.complexity).toBeLessThanOrEqual(complexity);
    },
    240_000,
  );

  const noisy = problemOf((a, b) => 2 * a * Math.exp(-b), {
    ranges: [[0.5, 3], [0, 2]], // prettier-ignore
    rows: 50,
    noise: 0.05,
    settings: { operators: ['+', '*', 'exp', 'neg', 'pow'], maxComplexity: 12 },
  });

  it.each(SCOUTS.map(({ name }) => name))(
    '%s keeps to operators and sizes, judges as the engine does, says the same twice',
    (name) => {
      const [first, second] = [find(name, noisy), find(name, noisy)];
      expect(second).toEqual(first);
      expect(first.length).toBeLessThanOrEqual(50);
      const engine = createEngine(noisy);
      for (const candidate of first) {
        expect(isAllowed(candidate.formula, noisy.settings)).toBe(true);
        expect(engine.judge(candidate.formula, name)).toEqual(candidate);
      }
    },
    240_000,
  );

  it.each([
    ['a constant target', problemOf(() => 3, { ranges: [[0, 1]], rows: 10 })],
    ['one row', problemOf((a) => a, { ranges: [[0, 1]], rows: 1 })],
    ['two rows of three columns', problemOf((a, b, c) => a * b * c, { ranges: [[0, 1], [0, 1], [0, 1]], rows: 2 })], // prettier-ignore
    ['columns of zeros', problemOf((a, b) => a * b, { ranges: [[0, 0], [1, 2]], rows: 10 })], // prettier-ignore
  ])(
    'survives %s',
    (_, problem) => {
      for (const { name } of SCOUTS) {
        for (const { loss } of find(name, problem)) expect(loss).not.toBeNaN();
      }
      expect(SCOUTS.length).toBeGreaterThan(4);
    },
    240_000,
  );

  it('weighs rows', () => {
    const plain = problemOf((a) => 2 * a, { ranges: [[1, 2]], rows: 30 });
    const target = plain.data.target.map((y, row) => (row < 10 ? 50 : y));
    const weights = Float64Array.from(target, (_, row) => (row < 10 ? 1e-20 : 1));
    const problem = { ...plain, data: { ...plain.data, target, weights } };
    const best = bestOf(find('polynomial', problem), (a) => 2 * a, [[1, 2]]);
    expect(best.error).toBeLessThan(1e-6);
  });
});
