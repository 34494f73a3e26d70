import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { createAlgebra } from '../../../../../src/students/math/algebra/algebra.js';
import { normalFormOf } from '../../../../../src/students/math/algebra/normal-form.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import { evaluateRounded } from '../../../../../src/students/math/algebra/rounding.js';
import { formulaOfSum } from '../../../../../src/students/math/algebra/to-formula.js';
import { sizeOfFormula } from '../../../../../src/students/math/formula.js';
import type { Formula } from '../../../../../src/students/math/formula.js';
import { OPERATORS } from '../../../../../src/students/math/operators/index.js';
import { printFormula } from '../../../../../src/students/math/text/print-formula.js';
import { randomFormula } from '../random-formula.js';

const NAMES = ['x', 'y'];

/** Functions that jump, where rounding may decide. */
const JUMPING = ['sign', 'floor', '<', '<=', '>', '>=', '==', 'cond'];

const SMOOTH = OPERATORS.map(({ name }) => name).filter((name) => !JUMPING.includes(name));
const POWERS = ['+', '-', '*', '/', 'square', 'cube', 'sqrt', 'cbrt', 'abs', 'log', 'exp', 'pow'];

function written(formula: Formula, isCanonical: boolean, isPositive: boolean): Formula | undefined {
  const range = isPositive ? ([0.1, 3] as const) : ([-3, 3] as const);
  const algebra = createAlgebra({ tolerance: 1e-13, isCanonical, ranges: [range, range] });
  const sum = normalFormOf(algebra, formula);
  if (sum === undefined) return undefined;
  const writer = { algebra, isAllowed: () => true, complexityOf: sizeOfFormula };
  return formulaOfSum(writer, sum);
}

/** Whether a part of the formula is too large for its neighbours to mean anything. */
function overflows(formula: Formula, point: readonly number[]): boolean {
  if (Math.abs(evaluateFormula(formula, point)) > 1e60) return true;
  return formula.kind === 'call' && formula.arguments.some((part) => overflows(part, point));
}

describe('normalFormOf', () => {
  const random = createRandom(11);
  const cases = [SMOOTH, POWERS].flatMap((operators) =>
    [true, false].flatMap((isCanonical) =>
      [true, false].map((isPositive) => ({ operators, isCanonical, isPositive })),
    ),
  );

  it.each(cases)('has the values of the formula: %o', ({ operators, isCanonical, isPositive }) => {
    let compared = 0;
    for (let k = 0; k < 150; k++) {
      const formula = randomFormula(random, { variables: 2, depth: 4 + (k % 2), operators });
      const form = written(formula, isCanonical, isPositive);
      if (form === undefined) continue;
      const texts = [formula, form].map((one) => printFormula(one, NAMES)).join('   →   ');
      for (let p = 0; p < 12; p++) {
        const point = [0, 1].map(() => (isPositive ? 0.1 + 2.9 * random.unit() : 6 * random.unit() - 3)); // prettier-ignore
        const [before, after] = [formula, form].map((one) => evaluateRounded(one, point));
        const error = before.error + after.error;
        // Exponentials taken apart may overflow where they cancelled.
        if (![before.value, before.error].every((value) => Math.abs(value) < 1e30)) continue;
        if (overflows(form, point)) continue;
        compared++;
        const tolerance = 1e-8 * Math.abs(before.value) + 100 * (Number.isNaN(error) ? 0 : error);
        expect(Math.abs(after.value - before.value), `${texts} at ${point.join()}`).toBeLessThanOrEqual(tolerance); // prettier-ignore
      }
    }
    expect(compared).toBeGreaterThan(300);
  });
});
