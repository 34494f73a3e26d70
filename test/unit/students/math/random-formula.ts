/** Random formulas over a few variables, for laws: every operator, short constants, any shape. */
import type { Random } from '../../../../src/numeric/random.js';
import { call, constant, variable } from '../../../../src/students/math/formula.js';
import type { Formula } from '../../../../src/students/math/formula.js';
import { OPERATORS } from '../../../../src/students/math/operators/index.js';

const CONSTANTS = [0, 1, 2, 3, 0.5, -1, -2, -2.5, 0.25, 10, 1 / 3, Math.PI, 1.2345678];

export interface Shape {
  readonly variables: number;
  readonly depth: number;
  /** Names of the operators; absent: all. */
  readonly operators?: readonly string[];
}

/** A formula of at most this depth. */
export function randomFormula(random: Random, { variables, depth, operators }: Shape): Formula {
  const table = OPERATORS.filter(({ name }) => operators?.includes(name) ?? true);
  const grow = (left: number): Formula => {
    if (left <= 1 || random.unit() < 0.15) {
      if (random.unit() < 0.6) return variable(random.below(variables));
      return constant(CONSTANTS[random.below(CONSTANTS.length)]);
    }
    const { name, arity } = table[random.below(table.length)];
    return call(name, ...Array.from({ length: arity }, () => grow(left - 1)));
  };
  return grow(depth);
}

/** A point with coordinates in [−3, 3), now and then whole. */
export function randomPoint(random: Random, variables: number): number[] {
  return Array.from({ length: variables }, () => {
    const value = 6 * random.unit() - 3;
    return random.unit() < 0.1 ? Math.round(value) : value;
  });
}
