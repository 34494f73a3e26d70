/**
 * Numbers replaced by expressions of sizes. A factor k / n becomes a division by n, which reads as the
 * mean that it is: `k * total / n`.
 */
import { divide, multiply } from '../ir/program-builders.js';
import type { Expression, Statement } from '../ir/program.js';
import { mapBlock, mapOperands } from './walk.js';

/** A copy of a block with the number nodes of `replacements` replaced. */
export function substitute(
  block: readonly Statement[],
  replacements: ReadonlyMap<Expression, Expression>,
): readonly Statement[] {
  const replace = (expression: Expression): Expression => {
    const replacement = replacements.get(expression);
    if (replacement !== undefined) return replacement;
    const copy = mapOperands(expression, replace);
    if (expression.kind !== 'binary' || copy.kind !== 'binary') return copy;
    if (copy.operator !== '*') return turnSign(copy);
    if (isNewQuotient(expression.left, copy.left)) return scaleBy(copy.right, copy.left);
    if (isNewQuotient(expression.right, copy.right)) return scaleBy(copy.left, copy.right);
    return copy;
  };
  return mapBlock(block, replace);
}

type Quotient = Extract<Expression, { kind: 'binary' }>;

function isNewQuotient(before: Expression, after: Expression): after is Quotient {
  return before.kind === 'number' && after.kind === 'binary' && after.operator === '/';
}

/** operand · (k / n) as k · operand / n. */
function scaleBy(operand: Expression, { left, right }: Quotient): Expression {
  return divide(multiply(left, operand), right);
}

/** a − −b as a + b. */
function turnSign(expression: Quotient): Expression {
  const { operator, right } = expression;
  if (right.kind !== 'unary' || right.operator !== '-') return expression;
  if (operator === '+') return { ...expression, operator: '-', right: right.operand };
  return operator === '-' ? { ...expression, operator: '+', right: right.operand } : expression;
}
