/**
 * What becomes shorter once a name is replaced by its value: a two-way number compared with a constant
 * is its condition again.
 *
 *   (t > 18 ? 1 : 0) === 1   →   t > 18
 */
import { bool, not } from '../ir/program-builders.js';
import type { BinaryOperator, Expression } from '../ir/program.js';
import { mapOperands } from './rewrite.js';

type Comparison = Extract<BinaryOperator, '===' | '!==' | '<' | '<=' | '>' | '>='>;

const COMPARED: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  '===': (left, right) => left === right,
  '!==': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** An equal expression in which no choice between two constants is compared with a constant. */
export function simplifyFlags(expression: Expression): Expression {
  const inner = mapOperands(expression, simplifyFlags);
  if (inner.kind !== 'binary' || !isComparison(inner.operator)) return inner;
  const { left, right, operator } = inner;
  if (left.kind !== 'conditional' || right.kind !== 'number') return inner;
  const { condition, then, otherwise } = left;
  if (then.kind !== 'number' || otherwise.kind !== 'number') return inner;
  const holds = COMPARED[operator](then.value, right.value);
  if (holds === COMPARED[operator](otherwise.value, right.value)) return bool(holds);
  return holds ? condition : not(condition);
}

function isComparison(operator: BinaryOperator): operator is Comparison {
  return Object.hasOwn(COMPARED, operator);
}
