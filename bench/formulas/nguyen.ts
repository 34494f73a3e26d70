/**
 * Nguyen 1 to 12 (Uy, Hoai, O'Neill, McKay, Galván-López: Semantically-based crossover in genetic
 * programming, 2011): 20 rows each, uniform, without noise.
 */
import type { Formula } from '../../src/students/math/formula.js';
import { apply, minus, power, powerSum, product, quotient, sum, variables } from './build.js';
import { CONSTANT_TOLERANCE, repeated, uniform } from './problem-set.js';
import type { FormulaProblem, Suite } from './problem-set.js';

const [x, y] = variables(2);
const square = (part: Formula): Formula => apply('square', part);

function nguyen(
  number: number,
  text: string,
  range: readonly [number, number],
  formula: Formula,
  names: readonly string[] = ['x'],
): FormulaProblem {
  return {
    name: `Nguyen-${number}`,
    source: 'Uy et al. 2011',
    text,
    variables: names,
    sampling: repeated(uniform(...range), names.length),
    rows: 20,
    formula,
    noise: { kind: 'none' },
    constantTolerance: CONSTANT_TOLERANCE,
  };
}

const BOTH = ['x', 'y'];

export const NGUYEN: Suite = {
  name: 'nguyen',
  problems: [
    nguyen(1, 'x^3 + x^2 + x', [-1, 1], powerSum(x, 3)),
    nguyen(2, 'x^4 + x^3 + x^2 + x', [-1, 1], powerSum(x, 4)),
    nguyen(3, 'x^5 + x^4 + x^3 + x^2 + x', [-1, 1], powerSum(x, 5)),
    nguyen(4, 'x^6 + x^5 + x^4 + x^3 + x^2 + x', [-1, 1], powerSum(x, 6)),
    nguyen(
      5,
      'sin(x^2) * cos(x) - 1',
      [-1, 1],
      minus(product(apply('sin', square(x)), apply('cos', x)), 1),
    ),
    nguyen(
      6,
      'sin(x) + sin(x + x^2)',
      [-1, 1],
      sum(apply('sin', x), apply('sin', sum(x, square(x)))),
    ),
    nguyen(
      7,
      'log(x + 1) + log(x^2 + 1)',
      [0, 2],
      sum(apply('log', sum(x, 1)), apply('log', sum(square(x), 1))),
    ),
    nguyen(8, 'sqrt(x)', [0, 4], apply('sqrt', x)),
    nguyen(9, 'sin(x) + sin(y^2)', [0, 1], sum(apply('sin', x), apply('sin', square(y))), BOTH),
    nguyen(10, '2 * sin(x) * cos(y)', [0, 1], product(2, apply('sin', x), apply('cos', y)), BOTH),
    nguyen(11, 'x^y', [0, 1], power(x, y), BOTH),
    nguyen(
      12,
      'x^4 - x^3 + y^2 / 2 - y',
      [0, 1],
      minus(sum(minus(power(x, 4), power(x, 3)), quotient(square(y), 2)), y),
      BOTH,
    ),
  ],
};
