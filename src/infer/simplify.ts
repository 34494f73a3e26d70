/**
 * What becomes shorter once a name is replaced by its value: a two-way number compared with a constant
 * is its condition again.
 *
 *   (t > 18 ? 1 : 0) === 1   →   t > 18
 *   2 * (t > 18 ? 1 : 0) - 1   →   t > 18 ? 1 : -1
 */
import { bool, conditional, not, num } from '../ir/program-builders.js';
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
  if (inner.kind !== 'binary') return inner;
  const { left, right, operator } = inner;
  if (!isComparison(operator)) return foldChoice(inner);
  if (left.kind !== 'conditional' || right.kind !== 'number') return inner;
  const { condition, then, otherwise } = left;
  if (then.kind !== 'number' || otherwise.kind !== 'number') return inner;
  const holds = COMPARED[operator](then.value, right.value);
  if (holds === COMPARED[operator](otherwise.value, right.value)) return bool(holds);
  return holds ? condition : not(condition);
}

const COMPUTED: ReadonlyMap<BinaryOperator, (left: number, right: number) => number> = new Map([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
]);

/** Arithmetic of a choice between two constants and a third one is a choice between two constants. */
function foldChoice(expression: Extract<Expression, { readonly kind: 'binary' }>): Expression {
  const { left, right, operator } = expression;
  const compute = COMPUTED.get(operator);
  const flipped = left.kind === 'number';
  const [choice, constant] = flipped ? [right, left] : [left, right];
  if (compute === undefined || choice.kind !== 'conditional' || constant.kind !== 'number') {
    return expression;
  }
  const { condition, then, otherwise } = choice;
  if (then.kind !== 'number' || otherwise.kind !== 'number') return expression;
  const fold = (value: number): number =>
    (flipped ? compute(constant.value, value) : compute(value, constant.value)) + 0;
  const [yes, no] = [fold(then.value), fold(otherwise.value)];
  if (!isExact(operator, then.value, constant.value, yes)) return expression;
  if (!isExact(operator, otherwise.value, constant.value, no)) return expression;
  return yes === 0 && no === 1
    ? conditional(not(condition), num(1), num(0))
    : conditional(condition, num(yes), num(no));
}

/** Whether folding cannot round: whole numbers, or products with 0 and ±1. */
function isExact(operator: BinaryOperator, first: number, second: number, result: number): boolean {
  if ([first, second, result].every((value) => Number.isSafeInteger(value))) return true;
  return operator === '*' && [first, second].some((value) => value === 0 || Math.abs(value) === 1);
}

function isComparison(operator: BinaryOperator): operator is Comparison {
  return Object.hasOwn(COMPARED, operator);
}
