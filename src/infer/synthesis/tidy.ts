/**
 * Puts the operands of commutative chains into reading order: literals before compounds, features in
 * the caller's order. Changes neither value nor cost.
 */
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import type { SynthesisProblem } from './problem.js';
import { binary } from './term.js';

type Chain = '&&' | '||' | '+';

function operands(expression: Expression, operator: Chain): Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== operator) return [expression];
  return [...operands(expression.left, operator), ...operands(expression.right, operator)];
}

/** Position of the first feature read, and the number of nodes. */
function measure(
  expression: Expression,
  rank: (symbol: ProgramSymbol) => number,
): { first: number; size: number } {
  switch (expression.kind) {
    case 'symbol':
      return { first: rank(expression.symbol), size: 1 };
    case 'unary': {
      const inner = measure(expression.operand, rank);
      return { first: inner.first, size: inner.size };
    }
    case 'binary':
      return join([expression.left, expression.right], rank);
    case 'conditional':
      return join([expression.condition, expression.then, expression.otherwise], rank);
    case 'math':
      return join(expression.arguments, rank);
    default:
      return { first: Infinity, size: 1 };
  }
}

function join(parts: readonly Expression[], rank: (symbol: ProgramSymbol) => number) {
  const measured = parts.map((part) => measure(part, rank));
  return {
    first: Math.min(...measured.map(({ first }) => first)),
    size: 1 + measured.reduce((sum, { size }) => sum + size, 0),
  };
}

/** A factor that distinguishes cases stands last: `(a - b) * (c ? 10 : 2)`. */
function product(left: Expression, right: Expression): Expression {
  const swap = left.kind === 'conditional' && right.kind !== 'conditional';
  const chain = right.kind === 'binary' && right.operator === '*';
  return swap && !chain ? binary('*', right, left) : binary('*', left, right);
}

/** The expression with its chains in reading order. */
export function tidy(expression: Expression, problem: SynthesisProblem): Expression {
  const ranks = new Map(problem.features.map(({ symbol }, index) => [symbol, index]));
  const rank = (symbol: ProgramSymbol): number => ranks.get(symbol) ?? Infinity;
  const run = (inner: Expression): Expression => {
    switch (inner.kind) {
      case 'unary':
        return { ...inner, operand: run(inner.operand) };
      case 'conditional':
        return {
          ...inner,
          condition: run(inner.condition),
          then: run(inner.then),
          otherwise: run(inner.otherwise),
        };
      case 'math':
        return { ...inner, arguments: inner.arguments.map(run) };
      case 'binary': {
        const { operator } = inner;
        if (operator === '*') return product(run(inner.left), run(inner.right));
        if (operator !== '&&' && operator !== '||') {
          return binary(operator, run(inner.left), run(inner.right));
        }
        return sorted(operands(inner, operator).map(run), rank).reduce((chain, part) =>
          binary(operator, chain, part),
        );
      }
      default:
        return inner;
    }
  };
  return run(expression);
}

/** A literal, a comparison, then anything compound. */
function weight(part: Expression): number {
  if (part.kind === 'symbol' || part.kind === 'unary') return 0;
  if (part.kind !== 'binary') return 2;
  return part.operator === '&&' || part.operator === '||' ? 2 : 1;
}

/** Simple parts first, then short ones, then by first feature; stable. */
function sorted(parts: Expression[], rank: (symbol: ProgramSymbol) => number): Expression[] {
  const keyed = parts.map((part) => ({ part, weight: weight(part), ...measure(part, rank) }));
  return keyed
    .sort((a, b) => a.weight - b.weight || a.size - b.size || a.first - b.first)
    .map(({ part }) => part);
}
