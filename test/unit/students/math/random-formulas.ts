/** Random formulas of every operator, with constants of every kind. */
import type { Random } from '../../../../src/numeric/random.js';
import { call, constant, variable } from '../../../../src/students/math/formula.js';
import type { Formula } from '../../../../src/students/math/formula.js';
import { OPERATORS } from '../../../../src/students/math/operators/index.js';

const NUMBERS = [1, 2, -1, -2, 0.5, -0.25, 3, 1 / 3, -Math.PI, 2 * Math.PI, Math.E, 1.618, 0];

/** A formula over `variables` variables, of at most `depth` levels. Parts repeat now and then. */
export function randomFormula(random: Random, variables: number, depth: number): Formula {
  const made: Formula[] = [];
  const make = (left: number): Formula => {
    if (made.length > 0 && random.below(8) === 0) return made[random.below(made.length)];
    if (left === 0 || random.below(6) === 0) return leaf(random, variables);
    const { name, arity } = OPERATORS[random.below(OPERATORS.length)];
    const formula = call(name, ...Array.from({ length: arity }, () => make(left - 1)));
    made.push(formula);
    return formula;
  };
  return make(depth);
}

function leaf(random: Random, variables: number): Formula {
  return random.below(3) === 0
    ? constant(NUMBERS[random.below(NUMBERS.length)])
    : variable(random.below(variables));
}
