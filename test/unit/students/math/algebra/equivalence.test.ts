import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import {
  areEquivalent,
  haveSameNormalForm,
} from '../../../../../src/students/math/algebra/equivalence.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { printFormula } from '../../../../../src/students/math/text/print-formula.js';
import { randomFormula, randomPoint } from '../random-formula.js';

const NAMES = ['x', 'y', 'z'];
const ANY = [[-2, 3], [-1, 2], [-3, 1]] as const; // prettier-ignore
const POSITIVE = [[0.5, 3], [1, 2], [0, 4]] as const; // prettier-ignore

function decide(a: string, b: string, ranges: typeof ANY | typeof POSITIVE): string {
  const { isEquivalent, decidedBy } = areEquivalent(
    parseFormula(a, NAMES),
    parseFormula(b, NAMES),
    ranges,
  );
  return `${isEquivalent ? 'equal' : 'different'} by ${decidedBy}`;
}

describe('areEquivalent', () => {
  const byAlgebra = [
    ['(x + y)^2', 'x^2 + 2*x*y + y^2'],
    ['x * (x * (x + 1) + 1)', 'x^3 + x^2 + x'],
    ['exp(x) * exp(y)', 'exp(x + y)'],
    ['sin(-x) + cos(y - x)', 'cos(x - y) - sin(x)'],
    ['sqrt(x^2)', 'abs(x)'],
    ['log(x^2)', '2 * log(abs(x))'],
    ['tanh(x)', '(exp(2*x) - 1) / (exp(2*x) + 1)'],
    ['1 / (1 + exp(-x))', 'exp(x) / (1 + exp(x))'],
    ['(1 + tanh(x)) / 2', '1 / (1 + exp(-2*x))'],
    ['tan(x)', 'sin(x) / cos(x)'],
    ['sin(x)^2 + cos(x)^2', '1'],
    ['(x^2 - y^2) / (x - y)', 'x + y'],
    ['1 / (1/x + y/z)', 'x * z / (z + x*y)'],
    ['x / (2*x + 2*y)', '0.5 - y / (2 * (x + y))'],
    ['(x + y)^12 / (x + y)^11', 'y + x'],
    ['max(x, y) - x', '-x + max(y, x)'],
    ['x < y ? x : y', 'y > x ? x : y'],
    ['cbrt(x^3 * y)', 'x * cbrt(y)'],
    ['2^(x + 1)', '2 * exp(x * log(2))'],
    ['x + 0.30000000000000004', '0.1 + x + 0.2'],
    ['sqrt(x + y)^2', 'abs(x + y) > 0 ? x + y : x + y'],
    ['x * 0.3333333333', 'x / 3'],
  ]; // prettier-ignore
  it.each(byAlgebra)('%s = %s by algebra', (a, b) => {
    const both = [parseFormula(a, NAMES), parseFormula(b, NAMES)] as const;
    expect(haveSameNormalForm(...both, ANY)).toBe(true);
    expect(haveSameNormalForm(both[1], both[0], ANY)).toBe(true);
    expect(decide(a, b, POSITIVE)).toBe('equal by normal form');
  });

  it.each([
    ['sqrt(x * y)', 'sqrt(x) * sqrt(y)'],
    ['log(x * y / z)', 'log(x) + log(y) - log(z)'],
    ['log(x + x*y)', 'log(x) + log(1 + y)'],
    ['x^y', 'exp(y * log(x))'],
    ['(x * y)^1.5', 'x * y * sqrt(x) * y^0.5'],
    ['x / sqrt(x + y) + y / sqrt(x + y)', 'sqrt(x + y)'],
  ])('%s = %s where the variables are positive, and only there', (a, b) => {
    expect(decide(a, b, POSITIVE)).toBe('equal by normal form');
    const both = [parseFormula(a, NAMES), parseFormula(b, NAMES)] as const;
    if (!a.includes('+ y) + y')) expect(haveSameNormalForm(...both, ANY)).toBe(false);
  });

  it.each([
    ['2 * sin(x) * cos(y)', 'sin(x + y) + sin(x - y)'],
    ['sin(2 * x)', '2 * sin(x) * cos(x)'],
    ['max(x, y)', '(x + y + abs(x - y)) / 2'],
  ])('%s = %s by values', (a, b) => {
    expect(decide(a, b, ANY)).toBe('equal by values');
  });

  it.each([
    ['x^2', 'x^2 + 1e-6'],
    ['sqrt(x^2)', 'x'],
    ['log(x^2)', '2 * log(x)'],
    ['sqrt(x)^2', 'x'],
    ['sin(x)', 'x - x^3 / 6'],
    ['x * 0.33333333', 'x / 3'],
  ])('%s is not %s', (a, b) => {
    expect(decide(a, b, ANY)).toBe('different by values');
  });

  it('does not call equal what has no value anywhere', () => {
    expect(decide('sqrt(-1 - x^2)', 'log(-1 - x^2)', ANY)).toBe('different by values');
    expect(decide('log(-2)', 'log(-2)', ANY)).toBe('different by values');
  });
});

describe('laws', () => {
  const random = createRandom(7);
  const pairs = Array.from({ length: 1000 }, () =>
    [0, 1].map(() => randomFormula(random, { variables: 2, depth: 4 })),
  );

  it('a formula has the normal form of itself, with its sums turned around', () => {
    let decided = 0;
    for (const [a, b] of pairs) {
      const [left, right] = ['+', '*'].map((operator) => ({ kind: 'call', operator }) as const);
      const one = { ...left, arguments: [a, { ...right, arguments: [a, b] }] };
      const other = { ...left, arguments: [{ ...right, arguments: [b, a] }, a] };
      decided += Number(haveSameNormalForm(one, other, ANY));
    }
    // Some have no value anywhere.
    expect(decided).toBeGreaterThan(0.8 * pairs.length);
  });

  it('formulas of the same normal form have the same values', () => {
    let same = 0;
    for (const [a, b] of pairs) {
      if (!haveSameNormalForm(a, b, ANY)) continue;
      same++;
      for (let k = 0; k < 20; k++) {
        const point = randomPoint(random, 2);
        const [left, right] = [a, b].map((one) => evaluateFormula(one, point));
        if (!Number.isFinite(left) || !Number.isFinite(right)) continue;
        const texts = [a, b].map((one) => printFormula(one, NAMES)).join(' = ');
        expect(Math.abs(left - right), texts).toBeLessThan(1e-6 * (1 + Math.abs(right)));
      }
    }
    expect(same).toBeGreaterThan(4);
  });

  it('never blows up', () => {
    const sum = NAMES.map((a) => NAMES.map((b) => `${a}*${b}^0.5`).join(' + ')).join(' + ');
    const nested = `((${sum} + 1)^3 + (${sum})^2 * (${sum} - 2))^3`;
    const text = `${nested} * sin(${nested}) / (${nested} + exp(${nested}))`;
    const formula = parseFormula(text, NAMES);
    expect(haveSameNormalForm(formula, formula, POSITIVE)).toBe(true);
  });
});
