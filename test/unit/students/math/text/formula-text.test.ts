import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../../../../src/diagnostics/diagnostic.js';
import type { Diagnostic } from '../../../../../src/diagnostics/diagnostic.js';
import { createRandom } from '../../../../../src/numeric/random.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import { call, constant, variable } from '../../../../../src/students/math/formula.js';
import type { Formula } from '../../../../../src/students/math/formula.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { printFormula } from '../../../../../src/students/math/text/print-formula.js';
import { randomFormula, randomPoint } from '../random-formula.js';

const NAMES = ['x', 'θ', 'petal length (cm)'];
const [x, y, z] = NAMES.map((_, index) => variable(index));

describe('printFormula', () => {
  const sum = call('+', x, y);
  const cases: readonly (readonly [Formula, string])[] = [
    [call('+', call('*', constant(2.5), call('square', x)), call('cos', x)), '2.5 * x^2 + cos(x)'],
    [call('+', x, call('*', constant(-2), y)), 'x - 2 * θ'],
    [call('-', x, call('/', call('neg', y), z)), 'x + θ / `petal length (cm)`'],
    [call('-', x, call('-', y, z)), 'x - (θ - `petal length (cm)`)'],
    [call('/', x, call('*', y, x)), 'x / (θ * x)'],
    [call('*', call('*', constant(-1), x), y), '-x * θ'],
    [call('neg', sum), '-(x + θ)'],
    [call('neg', call('neg', x)), 'x'],
    [call('pow', call('pow', x, y), constant(-0.5)), '(x^θ)^-0.5'],
    [call('pow', x, call('pow', y, x)), 'x^θ^x'],
    [call('pow', constant(-2), x), '(-2)^x'],
    [call('square', call('neg', x)), '(-x)^2'],
    [call('neg', call('square', x)), '-x^2'],
    [call('pow', x, constant(1 / 3)), 'x^(1/3)'],
    [call('*', constant(2 * Math.PI), x), '2 * pi * x'],
    [call('/', x, constant(4 * Math.PI)), 'x / (4 * pi)'],
    [call('*', constant(1 / (4 * Math.PI)), x), '1 / (4 * pi) * x'],
    [call('*', constant(Math.SQRT2), constant(Math.E)), 'sqrt(2) * e'],
    [call('cond', call('>', x, constant(1)), sum, constant(-3)), 'x > 1 ? x + θ : -3'],
    [call('+', constant(1), call('cond', x, y, z)), '1 + (x > 0 ? θ : `petal length (cm)`)'],
    [call('==', call('<', x, y), call('==', x, y)), 'x < θ == (x == θ)'],
    [call('min', sum, call('cube', sum)), 'min(x + θ, (x + θ)^3)'],
    [constant(1e-7), '1e-7'],
  ]; // prettier-ignore
  it.each(cases.map(([formula, text]) => [text, formula] as const))('%s', (text, formula) => {
    expect(printFormula(formula, NAMES)).toBe(text);
  });

  it('rounds to the digits asked for, but not what has a name', () => {
    const formula = call('+', call('*', constant(1.23456789), x), constant(-Math.PI / 2));
    expect(printFormula(formula, NAMES, { digits: 4 })).toBe('1.235 * x - pi / 2');
  });

  it('gives a variable precedence over the number of that name', () => {
    const formula = call('*', constant(Math.E), variable(0));
    expect(printFormula(formula, ['e'])).toBe('2.718281828459045 * e');
    expect(parseFormula('2 * e', ['e'])).toEqual(call('*', constant(2), variable(0)));
  });
});

describe('parseFormula', () => {
  const cases: readonly (readonly [string, Formula])[] = [
    ['2*x**2', call('*', constant(2), call('square', x))],
    ['-x^2', call('neg', call('square', x))],
    ['x^-2^θ', call('pow', x, call('neg', call('pow', constant(2), y)))],
    ['- 2', constant(-2)],
    ['-(2)', call('neg', constant(2))],
    ['x − .5·θ ÷ 1.e2', call('-', x, call('/', call('*', constant(0.5), y), constant(100)))],
    ['ln(`petal length (cm)`)', call('log', z)],
    ['x > 0 ? 1 : x < θ ? 2 : 3', call('cond', call('>', x, constant(0)), constant(1), call('cond', call('<', x, y), constant(2), constant(3)))],
    ['pow(x, 2)', call('pow', x, constant(2))],
    ['x - θ - x', call('-', call('-', x, y), x)],
    ['x / θ * x', call('*', call('/', x, y), x)],
    ['+x == π', call('==', x, constant(Math.PI))],
  ]; // prettier-ignore
  it.each(cases)('%s', (text, formula) => {
    expect(parseFormula(text, NAMES)).toEqual(formula);
  });

  const wrong = [
    '', '2 x', 'x +', '(x', 'sin x', 'sin(x, x)', 'max(x)', 'cosinus(x)', 'y', 'x = 1', 'x # 1', '`x', 'x ? 1',
  ]; // prettier-ignore
  it('says what is wrong and where', () => {
    const told = wrong.map((text) => {
      try {
        return `${text}: ${printFormula(parseFormula(text, ['x', 'yield']), ['x', 'yield'])}`;
      } catch (error) {
        return renderDiagnostic(error as Diagnostic);
      }
    });
    expect(told.join('\n')).toMatchInlineSnapshot(`
      "error FORMULA_SYNTAX: expected a number, a name or "(", found the end
        at column 1
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks
      error FORMULA_SYNTAX: expected an operator or the end, found "x"
        at column 3
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks
      error FORMULA_SYNTAX: expected a number, a name or "(", found the end
        at column 4
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks
      error FORMULA_SYNTAX: expected ")", found the end
        at column 3
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks
      error FORMULA_SYNTAX: expected "(" after sin, found "x"
        at column 5
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks
      error FORMULA_ARGUMENTS: sin takes 1 argument, found 2
        at column 1
        hint: write sin(a)
      error FORMULA_ARGUMENTS: max takes 2 arguments, found 1
        at column 1
        hint: write max(a, b)
      error FORMULA_UNKNOWN_FUNCTION: unknown function "cosinus"
        at column 1
        hint: known are: pow, min, max, neg, square, cube, sqrt, cbrt, abs, sign, floor, exp, log, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, erf, cond
      error FORMULA_UNKNOWN_NAME: unknown name "y"
        at column 1
        hint: known are: x, yield
      error FORMULA_SYNTAX: expected a number, a name or an operator, found "="
        at column 3
        hint: a comparison for equality is written ==
      error FORMULA_SYNTAX: expected a number, a name or an operator, found "#"
        at column 3
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks
      error FORMULA_SYNTAX: expected a name between two backticks, found only one backtick
        at column 1
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks
      error FORMULA_SYNTAX: expected ":", found the end
        at column 6
        hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks"
    `);
  });

  it('refuses what is too deep instead of running out of stack', () => {
    for (const text of [
      '('.repeat(5000),
      '-'.repeat(5000),
      'x^'.repeat(5000),
      'sin('.repeat(5000),
    ]) {
      expect(() => parseFormula(text, ['x'])).toThrow('nested deeper than 200');
    }
  });
});

describe('laws', () => {
  const random = createRandom(1);
  const formulas = Array.from({ length: 2000 }, () =>
    randomFormula(random, { variables: 3, depth: 6 }),
  );

  it('the exact text gives the very same tree back', () => {
    for (const formula of formulas) {
      const text = printFormula(formula, NAMES, { exact: true });
      expect(parseFormula(text, NAMES), text).toEqual(formula);
    }
  });

  it('the pretty text gives a formula of the same values, and the same text again', () => {
    let compared = 0;
    for (const formula of formulas) {
      const text = printFormula(formula, NAMES);
      const back = parseFormula(text, NAMES);
      expect(printFormula(back, NAMES)).toBe(text);
      if (text.includes('sign') || text.includes('floor') || text.includes('=')) continue;
      for (let k = 0; k < 5; k++) {
        const point = randomPoint(random, 3);
        const [value, again] = [formula, back].map((one) => evaluateFormula(one, point));
        if (!Number.isFinite(value)) continue;
        compared++;
        expect(Math.abs(value - again), text).toBeLessThanOrEqual(1e-11 * Math.abs(value));
      }
    }
    expect(compared).toBeGreaterThan(2000);
  });
});
