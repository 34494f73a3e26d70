/** The table of operators of a problem: the user's stand in their slots. */
import { operatorFromFormula } from '../operators/from-formula.js';
import { ALL_OPERATORS } from '../operators/index.js';
import type { Operator } from '../operators/operator.js';
import type { CustomOperator } from './custom-operator.js';

export function resolveOperators(customs: readonly CustomOperator[] = []): readonly Operator[] {
  if (customs.length === 0) return ALL_OPERATORS;
  return ALL_OPERATORS.map((operator) => {
    const own = customs.find(({ slot }) => slot === operator.name);
    return own === undefined ? operator : operatorFromFormula(own.slot, own.arity, own.body);
  });
}
