import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import {
  expandOperators,
  nameOperators,
} from '../../../../../src/students/math/knowledge/custom-operator.js';
import type { CustomOperator } from '../../../../../src/students/math/knowledge/custom-operator.js';
import { operatorFromFormula } from '../../../../../src/students/math/operators/from-formula.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { printFormula } from '../../../../../src/students/math/text/print-formula.js';

const SOFT: CustomOperator = {
  name: 'soft',
  slot: '#1.0',
  arity: 1,
  body: parseFormula('log(1 + exp(x))', ['x']),
};
const APART: CustomOperator = {
  name: 'apart',
  slot: '#2.0',
  arity: 2,
  body: parseFormula('x > y ? x^2 - y : abs(x - y) * y', ['x', 'y']),
};

describe('an operator of the user’s', () => {
  it('is told by its name, and is what it stands for', () => {
    const functions = new Map([SOFT, APART].map((one) => [one.name, { operator: one.slot, arity: one.arity }])); // prettier-ignore
    const formula = parseFormula('2 * apart(soft(a), b)', ['a', 'b'], {}, functions);
    const names = ['a', 'b'];
    expect(printFormula(nameOperators(formula, [SOFT, APART]), names)).toBe('2 * apart(soft(a), b)'); // prettier-ignore
    expect(printFormula(expandOperators(formula, [SOFT, APART]), names)).toBe(
      '2 * (log(1 + exp(a)) > b ? log(1 + exp(a))^2 - b : abs(log(1 + exp(a)) - b) * b)',
    );
  });

  it('has the values of its formula, and slopes that differences confirm', () => {
    const random = createRandom(3);
    const soft = operatorFromFormula(SOFT.slot, 1, SOFT.body);
    const apart = operatorFromFormula(APART.slot, 2, APART.body);
    if (soft.arity !== 1 || apart.arity !== 2) throw new TypeError('another number of arguments');
    for (let k = 0; k < 100; k++) {
      const [x, y] = [random.normal(), random.normal()];
      const step = 1e-6;
      expect(soft.value(x)).toBe(evaluateFormula(SOFT.body, [x]));
      expect(soft.slope(x, soft.value(x))).toBeCloseTo((soft.value(x + step) - soft.value(x)) / step, 4); // prettier-ignore
      if (Math.abs(x - y) < 0.01) continue;
      const value = apart.value(x, y);
      expect(value).toBe(evaluateFormula(APART.body, [x, y]));
      expect(apart.slopeLeft(x, y, value)).toBeCloseTo((apart.value(x + step, y) - value) / step, 3); // prettier-ignore
      expect(apart.slopeRight(x, y, value)).toBeCloseTo((apart.value(x, y + step) - value) / step, 3); // prettier-ignore
    }
    const column = Float64Array.from([-1, 0, 2]);
    const result = new Float64Array(3);
    apart.columns(column, column.map((value) => value + 1), result, 3); // prettier-ignore
    expect([...result]).toEqual([-1, 0, 2].map((value) => apart.value(value, value + 1)));
  });
});
