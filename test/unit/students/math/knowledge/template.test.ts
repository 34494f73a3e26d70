import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import { fitConstants } from '../../../../../src/students/math/fit/fit-constants.js';
import { constantsOf, withConstants } from '../../../../../src/students/math/formula.js';
import type { Formula } from '../../../../../src/students/math/formula.js';
import { countBroken } from '../../../../../src/students/math/knowledge/rules.js';
import { bundle, compose, treesOf } from '../../../../../src/students/math/knowledge/template.js';
import type { Template } from '../../../../../src/students/math/knowledge/template.js';
import { PAIR } from '../../../../../src/students/math/operators/slots.js';
import { DEFAULT_SETTINGS } from '../../../../../src/students/math/problem.js';
import type { Problem } from '../../../../../src/students/math/problem.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { printFormula } from '../../../../../src/students/math/text/print-formula.js';

const NAMES = ['x', 'y', 'z'];
const HOLES = new Map([
  ['f', { operator: '#f' }],
  ['g', { operator: '#g' }],
]);

/** f of one argument at two places, g of two. */
const TEMPLATE: Template = {
  formula: parseFormula('f(x) - 3 * f(y) + g(y * z, x)', NAMES, {}, HOLES),
  holes: [
    { name: 'f', operator: '#f', first: 0, arity: 1 },
    { name: 'g', operator: '#g', first: 1, arity: 2 },
  ],
};

/** Trees over the holes' arguments: a of f, b and c of g. */
function trees(f: string, g: string): Formula {
  return bundle([f, g].map((text) => parseFormula(text, ['a', 'b', 'c'])));
}

function problemOf(target: (x: number, y: number, z: number) => number): Problem {
  const columns = [0, 1, 2].map((k) =>
    Float64Array.from({ length: 30 }, (_, row) => 0.5 + ((row * (7 + 4 * k)) % 30) / 10),
  );
  return {
    data: { names: NAMES, columns, target: columns[0].map((x, row) => target(x, columns[1][row], columns[2][row])) },
    settings: {
      ...DEFAULT_SETTINGS,
      operators: [...DEFAULT_SETTINGS.operators, PAIR],
      complexities: { [PAIR]: 0 },
      knowledge: { template: TEMPLATE },
    },
    domains: [],
  };
} // prettier-ignore

describe('a template', () => {
  it('puts trees in the place of holes', () => {
    const whole = compose(trees('2 * a^2 + 1', 'sin(b) / c'), TEMPLATE);
    expect(printFormula(whole, NAMES)).toBe('2 * x^2 + 1 - 3 * (2 * y^2 + 1) + sin(y * z) / x');
  });

  it.each([
    ['one tree for two holes', parseFormula('a', ['a'])],
    ['a tree that reads the argument of another hole', trees('b', 'c')],
    ['pairs within pairs', bundle([trees('a', 'b'), parseFormula('b', ['a', 'b'])])],
  ])('is not the shape of %s', (_, formula) => {
    expect(treesOf(formula, TEMPLATE)).toBeUndefined();
    expect(countBroken(formula, { knowledge: { template: TEMPLATE } })).toBe(1);
    expect(createEngine(problemOf((x) => x)).judge(formula, 'test')).toBeUndefined();
  });

  it('computes what the whole formula computes, with slopes that differences confirm', () => {
    const engine = createEngine(problemOf((x) => x));
    const formula = trees('1.5 * a^2 + 0.5', 'cos(0.7 * b) + 2 * c');
    const { columns } = engine.problem.data;
    const valuesOf = (one: Formula): number[] =>
      Array.from(columns[0], (_, row) =>
        evaluateFormula(
          compose(one, TEMPLATE),
          columns.map((column) => column[row]),
        ),
      );
    const values = valuesOf(formula);
    const tape = engine.compile(formula);
    expect([...(engine.evaluator.values(tape) ?? [])]).toEqual(values);
    const constants = constantsOf(formula);
    expect([...tape.constants]).toEqual(constants);
    const slopes = engine.differentiator.slopes(tape);
    constants.forEach((value, k) => {
      const step = 1e-6;
      const moved = [...constants];
      moved[k] = value + step;
      const above = valuesOf(withConstants(formula, moved));
      above.forEach((after, row) => {
        const slope = (after - values[row]) / step;
        expect(slopes?.byConstant[k][row]).toBeCloseTo(slope, 3);
      });
    });
  });

  it('has its constants fitted once for all places of a hole, its own numbers never', () => {
    const f = (x: number): number => 2.5 * x * x - x;
    const engine = createEngine(problemOf((x, y, z) => f(x) - 3 * f(y) + 4 * y * z));
    const fitted = fitConstants(trees('1 * a^2 - a', '1 * b'), engine);
    expect(fitted?.loss).toBeLessThan(1e-20);
    const [square, product] = constantsOf(fitted?.formula ?? trees('a', 'b'));
    expect(square).toBeCloseTo(2.5, 8);
    expect(product).toBeCloseTo(4, 8);
  });
});
