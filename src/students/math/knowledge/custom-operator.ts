/**
 * Operators that the user gives as formulas: `softplus(x) = log(1 + exp(x))`. In trees each has the name
 * of a slot (`operators/slots.ts`), whose number of arguments every table knows; what it computes is asked
 * of the problem. For people it is told by its own name, and in modules as what it stands for.
 */
import { call } from '../formula.js';
import type { Formula } from '../formula.js';

export interface CustomOperator {
  /** As the user wrote it: `softplus`. */
  readonly name: string;
  /** Of `operators/slots.ts`: what trees call it. */
  readonly slot: string;
  readonly arity: 1 | 2;
  /** Over its arguments as variables 0 and 1, of built-in operators alone. */
  readonly body: Formula;
}

/** The formula with every operator of the user's replaced by what it stands for. */
export function expandOperators(
  formula: Formula,
  operators: readonly CustomOperator[] = [],
): Formula {
  if (formula.kind !== 'call' || operators.length === 0) return formula;
  const parts = formula.arguments.map((part) => expandOperators(part, operators));
  const own = operators.find(({ slot }) => slot === formula.operator);
  return own === undefined ? { ...formula, arguments: parts } : substitute(own.body, parts);
}

/** The formula as it is told: the user's operators by their names. */
export function nameOperators(
  formula: Formula,
  operators: readonly CustomOperator[] = [],
): Formula {
  if (formula.kind !== 'call' || operators.length === 0) return formula;
  const own = operators.find(({ slot }) => slot === formula.operator);
  const parts = formula.arguments.map((part) => nameOperators(part, operators));
  return call(own?.name ?? formula.operator, ...parts);
}

/** The formula with other formulas for its variables. @throws RangeError for a variable without one. */
export function substitute(formula: Formula, meanings: readonly Formula[]): Formula {
  if (formula.kind === 'constant') return formula;
  if (formula.kind === 'variable') {
    if (formula.index >= meanings.length) throw new RangeError('a variable without a meaning');
    return meanings[formula.index];
  }
  return { ...formula, arguments: formula.arguments.map((part) => substitute(part, meanings)) };
}
