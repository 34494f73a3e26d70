import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { latexName } from '../../../../../src/students/math/text/latex-name.js';
import { latexOfFormula } from '../../../../../src/students/math/text/latex.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { randomFormula } from '../random-formula.js';

const NAMES = ['x', 'θ', 'income', 'x_1', 'petal length (cm)'];

describe('latexOfFormula', () => {
  it.each([
    ['2.5 * x^2 + cos(θ)', '2.5 \\, {x}^{2}+\\cos\\left(θ\\right)'],
    ['x * θ / (x + 1)', '\\frac{x \\, θ}{x+1}'],
    ['exp(-x^2 / 2)', 'e^{\\frac{-{x}^{2}}{2}}'],
    [
      'sin(x)^2 + erf(x) * 3',
      '\\sin^{2}\\left(x\\right)+\\operatorname{erf}\\left(x\\right) \\cdot 3',
    ],
    ['exp(x)^2', '\\left(e^{x}\\right)^{2}'],
    ['2 * pi * x_1', '2 \\, \\pi \\, x_{1}'],
    ['x^(1/3) - (θ - x)', '{x}^{\\frac{1}{3}}-\\left(θ-x\\right)'],
    ['2 * income - `petal length (cm)`', '2 \\, \\mathrm{income}-\\text{petal length (cm)}'],
    [
      'abs(x) + cbrt(x) + floor(x)',
      '\\left|x\\right|+\\sqrt[3]{x}+\\left\\lfloor x\\right\\rfloor',
    ],
    [
      'x > 1 ? x : -3',
      '\\begin{cases} {x}, &\\quad{\\text{if }\\; x>1}\\\\{-3}, &\\quad{\\text{otherwise}}\\end{cases}',
    ],
  ])('%s', async (text, latex) => {
    const found = await latexOfFormula(parseFormula(text, NAMES), NAMES);
    expect(found).toBe(latex);
  });

  it('rounds to the digits asked for', async () => {
    const formula = parseFormula('1.23456789 * x', NAMES);
    expect(await latexOfFormula(formula, NAMES, { digits: 3 })).toBe('1.23 \\, x');
  });

  it('is legal LaTeX for every formula', async () => {
    const random = createRandom(5);
    for (let k = 0; k < 200; k++) {
      const formula = randomFormula(random, { variables: NAMES.length, depth: 5 });
      const latex = await latexOfFormula(formula, NAMES);
      expect(() => katex.renderToString(latex, { throwOnError: true, strict: 'error' }), latex).not.toThrow(); // prettier-ignore
    }
  });
});

describe('latexName', () => {
  it.each([
    ['x', 'x'],
    ['β', 'β'],
    ['x12', 'x_{12}'],
    ['v_max', 'v_{\\mathrm{max}}'],
    ['mass', '\\mathrm{mass}'],
    ['mass2', '\\mathrm{mass}_{2}'],
    ['a_b_c', '\\text{a\\_b\\_c}'],
    [
      '50% {of} $x\\y^2~',
      '\\text{50\\% \\{of\\} \\$x\\textbackslash{}y\\textasciicircum{}2\\textasciitilde{}}',
    ],
    ['', '\\text{}'],
  ])('%s', (name, latex) => {
    expect(latexName(name)).toBe(latex);
    expect(() => katex.renderToString(latex, { throwOnError: true, strict: 'error' })).not.toThrow(); // prettier-ignore
  });
});
