/** Any table as arithmetic on its leaves:  four gates per clause  →  `(p - n) * (others === 0 ? 10 : 2.3)`. */
import { symbol } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { visitExpression } from '../rewrite.js';
import { synthesise } from '../synthesis/index.js';
import type { Feature } from '../synthesis/index.js';
import { SEARCH_EFFORT } from './rule.js';
import type { Rule } from './rule.js';

/** The kind of number that a column holds. */
export function numberKind(column: Float64Array): Feature['kind'] {
  if (!column.every(Number.isInteger)) return 'real';
  if (column.every((value) => value === 0 || value === 1)) return 'bit';
  return column.every((value) => value >= 0) ? 'count' : 'integer';
}

/** Applies to every table; whether the answer is short is the cost's business. */
export const numericRule: Rule = (problem) => {
  const features = problem.columns.map((column, leaf): Feature => ({
    symbol: symbol(problem.hints[leaf]),
    kind: numberKind(column),
  }));
  const found = synthesise({
    features,
    columns: problem.columns,
    states: problem.states,
    target: problem.target,
    effort: problem.effort ?? SEARCH_EFFORT,
    type: 'number',
  });
  if (found === undefined || found.quality === 'table') return undefined;
  return {
    features: features.map(({ symbol: own }, leaf) => ({
      symbol: own,
      leaf: problem.leafNumbers[leaf],
    })),
    expression: found.expression,
    cost: found.cost + PRODUCT_OF_BITS * productsOfBits(found.expression, features),
  };
};

/** Points by which `a && b` is preferred to `a * b` of zeros and ones. */
const PRODUCT_OF_BITS = 1;

/** Products of 0/1 leaves and of such products. */
function productsOfBits(expression: Expression, features: readonly Feature[]): number {
  const isBit = (inner: Expression): boolean =>
    (inner.kind === 'symbol' &&
      features.some((own) => own.symbol === inner.symbol && own.kind === 'bit')) ||
    (isProduct(inner) && isBit(inner.left) && isBit(inner.right));
  let count = 0;
  visitExpression(expression, (inner) => {
    if (isProduct(inner) && isBit(inner.left) && isBit(inner.right)) count++;
  });
  return count;
}

function isProduct(
  expression: Expression,
): expression is Extract<Expression, { readonly kind: 'binary' }> {
  return expression.kind === 'binary' && expression.operator === '*';
}
