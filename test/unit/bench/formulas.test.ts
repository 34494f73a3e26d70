/** The suites of known formulas: complete, consistent, and the same rows for the same seed. */
import { describe, expect, it } from 'vitest';
import { evaluateAt } from '../../../bench/formulas/evaluate.js';
import { SUITES } from '../../../bench/formulas/index.js';
import { NGUYEN } from '../../../bench/formulas/nguyen.js';
import { sampleProblem, sampleWider } from '../../../bench/formulas/sample.js';
import { isOutside } from '../../../bench/formulas/sampling.js';
import { call, constant, variable, variablesOf } from '../../../src/students/math/formula.js';

const PROBLEMS = SUITES.flatMap(({ problems }) => problems);
const byName = (name: string): (typeof PROBLEMS)[number] => {
  const found = PROBLEMS.find((problem) => problem.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

/** The problem's published text, read as JavaScript: independent of its tree. */
function valueOfText(text: string, names: readonly string[], row: readonly number[]): number {
  const constants: Record<string, number> = {
    pi: Math.PI,
    G: 6.6743e-11,
    h: 6.62607015e-34,
    c: 299792458,
    k: 1.380649e-23,
    phi: 0.002,
    L0: 2.5e8,
    alpha: -1.2,
    R: text.startsWith('n *') ? 8.314462618 : 10973731.56816,
  };
  const scope = { ...constants, ...Object.fromEntries(names.map((name, i) => [name, row[i]])) };
  const body = text.replaceAll('^', '**').replace(/\b(sqrt|log|exp|sin|cos|cosh)\(/g, 'Math.$1(');
  // A minus before a power is no syntax of JavaScript.
  const legal = body.replace('(-x**2)', '(-(x**2))');
  const run = Reflect.construct(Function, [...Object.keys(scope), `return ${legal};`]) as (
    ...values: readonly number[]
  ) => number;
  return run(...Object.values(scope));
}

describe('suites', () => {
  it('have the numbers of formulas that they promise', () => {
    const counts = Object.fromEntries(SUITES.map(({ name, problems }) => [name, problems.length]));
    expect(counts).toEqual({ nguyen: 12, feynman: 10, laws: 7, 'hold-out': 20, glassbox: 4 });
    expect(new Set(PROBLEMS.map(({ name }) => name)).size).toBe(PROBLEMS.length);
  });

  it.each(PROBLEMS)('$name: names, samplings and the formula fit together', (problem) => {
    expect(problem.sampling).toHaveLength(problem.variables.length);
    const used = variablesOf(problem.formula);
    expect(used.every((index) => index < problem.variables.length)).toBe(true);
  });

  it.each(PROBLEMS)('$name: the tree computes what the text says', (problem) => {
    const { columns, target } = sampleWider(problem, 7, 50);
    const theirs = Array.from(target, (_, k) =>
      valueOfText(
        problem.text,
        problem.variables,
        columns.map((column) => column[k]),
      ),
    );
    const off = theirs.map((value, k) => Math.abs(value - target[k]) / Math.abs(target[k]));
    expect(Math.max(...off)).toBeLessThan(1e-9);
  });

  it.each(PROBLEMS)('$name: the same seed draws the same finite rows', (problem) => {
    const data = sampleProblem(problem, 3);
    expect(data).toEqual(sampleProblem(problem, 3));
    const cells = [...data.columns.flatMap((column) => [...column]), ...data.target];
    expect(cells.every(Number.isFinite)).toBe(true);
    expect(data.target).toHaveLength(problem.rows);
  });

  it.each(PROBLEMS)('$name: fresh rows lie outside of the range', (problem) => {
    const { columns } = sampleWider(problem, 0, 100);
    for (let k = 0; k < 100; k++) {
      const row = Float64Array.from(columns, (column) => column[k]);
      expect(problem.sampling.some((one, position) => isOutside(one, row, position))).toBe(true);
    }
  });

  it('add the noise that was asked for', () => {
    const problem = { ...byName('I.14.4'), rows: 20_000 };
    const exact = sampleProblem(problem, 1).target;
    const noisy = sampleProblem(problem, 1, { kind: 'additive', level: 0.01 }).target;
    const square = (values: Float64Array): number =>
      values.reduce((sum, value) => sum + value * value, 0);
    const level = Math.sqrt(square(noisy.map((value, k) => value - exact[k])) / square(exact));
    expect(level).toBeGreaterThan(0.0097);
    expect(level).toBeLessThan(0.0103);
  });

  it('say which formula has no value where it is sampled', () => {
    const nowhere = {
      ...NGUYEN.problems[0],
      formula: call('log', call('-', constant(-2), variable(0))),
    };
    expect(() => sampleProblem(nowhere, 0)).toThrow('Nguyen-1: no value for row 0');
  });
});

describe('evaluateAt', () => {
  it('knows the operators of the student', () => {
    const at = (operator: string, ...values: readonly number[]): number =>
      evaluateAt(call(operator, ...values.map(constant)), []);
    expect(at('cond', 1, 2, 3)).toBe(2);
    expect(at('cond', 0, 2, 3)).toBe(3);
    expect(at('<', 1, 2)).toBe(1);
    expect(at('cbrt', -8)).toBe(-2);
    expect(at('erf', 0.5)).toBeCloseTo(0.5204998778130465, 15);
    expect(at('erf', -3)).toBeCloseTo(-0.9999779095030014, 15);
    expect(() => at('frobnicate', 1)).toThrow('unknown operator frobnicate');
  });
});
