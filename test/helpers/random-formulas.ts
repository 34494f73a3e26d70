/** Formulas by chance, for laws: any operator, any shape, seeded. */
import type { Random } from '../../src/numeric/random.js';
import { call, constant, variable } from '../../src/students/math/formula.js';
import type { Formula } from '../../src/students/math/formula.js';
import { OPERATORS } from '../../src/students/math/operators/index.js';
import type { Operator } from '../../src/students/math/operators/operator.js';

export interface RandomFormulaOptions {
  readonly variables: number;
  readonly depth: number;
  /** Names of the operators that may occur; all by default. */
  readonly operators?: readonly string[];
}

/** A formula of at most `depth` levels; leaves are variables and constants in [−3, 3]. */
export function randomFormula(random: Random, options: RandomFormulaOptions): Formula {
  const { variables, depth, operators } = options;
  if (depth <= 1 || random.unit() < 0.15) {
    if (random.unit() < 0.7) return variable(random.below(variables));
    return constant(Math.round((6 * random.unit() - 3) * 100) / 100);
  }
  const allowed = OPERATORS.filter(
    ({ name }) => operators === undefined || operators.includes(name),
  );
  const { name, arity }: Operator = allowed[random.below(allowed.length)];
  const parts = Array.from({ length: arity }, () =>
    randomFormula(random, { ...options, depth: depth - 1 }),
  );
  return call(name, ...parts);
}

/** Columns of uniform numbers in [low, high]. */
export function randomColumns(
  random: Random,
  { count, rows, low, high }: Readonly<Record<'count' | 'rows' | 'low' | 'high', number>>,
): Float64Array[] {
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: rows }, () => low + (high - low) * random.unit()),
  );
}
