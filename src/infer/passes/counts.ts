/**
 * Factors that are one over a count say so: a mean divides.
 *
 *   0.041666666666666664 * total   →   total / 24
 */
import { divide, num } from '../../ir/program-builders.js';
import type { Expression, Statement } from '../../ir/program.js';
import { expressionsOf, mapOperands, visitStatements } from '../rewrite.js';

/** Larger counts say no more than the factor does. */
const LARGEST_COUNT = 10_000;

/** How far a factor may be from one over a count, relative: weights in single precision are. */
const CLOSE = 2 ** -22;

/** `0.5 * x` reads as well as `x / 2`. */
const MOST_DIGITS = 1;

/** The count that a factor is one over; `undefined` where it is none, or where one over it is a short number. */
export function countOf(factor: number): number | undefined {
  const count = Math.round(1 / factor);
  const isCount = count >= 2 && count <= LARGEST_COUNT && Math.abs(factor * count - 1) <= CLOSE;
  return isCount && significantDigits(1 / count) > MOST_DIGITS ? count : undefined;
}

function significantDigits(value: number): number {
  return String(value).replace(/e.*/, '').replace('.', '').replace(/^0+/, '').length;
}

/** The positive literals that stand in products alone, beside something that is no literal. */
export function factorsOf(body: readonly Statement[]): ReadonlySet<number> {
  const factors = new Set<number>();
  const elsewhere = new Set<number>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'number') elsewhere.add(Math.abs(expression.value));
    const factor = factorIn(expression);
    if (factor === undefined) {
      mapOperands(expression, (operand) => {
        visit(operand);
        return operand;
      });
      return;
    }
    factors.add(factor.value);
    visit(factor.other);
  };
  visitStatements(body, (statement) => {
    expressionsOf(statement).forEach(visit);
  });
  return new Set([...factors].filter((value) => !elsewhere.has(value)));
}

/** `factor * other`, in either order, with a positive literal. */
function factorIn(
  expression: Expression,
): { readonly value: number; readonly other: Expression } | undefined {
  if (expression.kind !== 'binary' || expression.operator !== '*') return undefined;
  const { left, right } = expression;
  if (left.kind === 'number' && left.value > 0) return { value: left.value, other: right };
  if (right.kind === 'number' && right.value > 0) return { value: right.value, other: left };
  return undefined;
}

/** The product as a quotient, where its factor is one over one of the counts. */
export function dividedBy(
  expression: Expression,
  counts: ReadonlyMap<number, number>,
): Expression | undefined {
  const factor = factorIn(expression);
  const count = factor && counts.get(factor.value);
  return count === undefined ? undefined : divide(factor?.other ?? expression, num(count));
}
