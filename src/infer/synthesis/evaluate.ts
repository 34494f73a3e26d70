/**
 * Evaluates a synthesised expression on the states of a table. It trusts nothing that the search
 * knows: types are checked, so that a number used as a condition is an error, never a truth value.
 */
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import { applyMath } from './math-functions.js';
import type { SynthesisProblem } from './problem.js';
import { NUMERIC_EQUALITY, scaleOf } from './problem.js';

type Scalar = number | boolean;

function numberOf(value: Scalar): number {
  if (typeof value !== 'number') throw new TypeError('a number is wanted, not a boolean');
  return value;
}

function booleanOf(value: Scalar): boolean {
  if (typeof value !== 'boolean') throw new TypeError('a boolean is wanted, not a number');
  return value;
}

function sameType(left: Scalar, right: Scalar): void {
  if (typeof left !== typeof right) throw new TypeError('=== compares a number with a boolean');
}

/**
 * The value of `expression` where `read` gives the value of each symbol. Throws a TypeError for
 * mixed types and for kinds that a loop body cannot hold (elements, reductions, helpers, arrays).
 */
export function evaluate(expression: Expression, read: (symbol: ProgramSymbol) => Scalar): Scalar {
  const run = (inner: Expression): Scalar => evaluate(inner, read);
  switch (expression.kind) {
    case 'number':
    case 'boolean':
      return expression.value;
    case 'symbol':
      return read(expression.symbol);
    case 'unary':
      return expression.operator === '!'
        ? !booleanOf(run(expression.operand))
        : -numberOf(run(expression.operand));
    case 'conditional':
      return booleanOf(run(expression.condition))
        ? run(expression.then)
        : run(expression.otherwise);
    case 'math': {
      const values = expression.arguments.map((argument) => numberOf(run(argument)));
      const binaryFunction = expression.function === 'min' || expression.function === 'max';
      return binaryFunction
        ? values.reduce((a, b) => applyMath(expression.function, a, b))
        : applyMath(expression.function, values[0], 0);
    }
    case 'binary':
      return evaluateBinary(expression, run);
    case 'element':
    case 'helper':
    case 'array':
    case 'reduction':
      throw new TypeError(`${expression.kind} has no value in a table of states`);
  }
}

function evaluateBinary(
  node: Extract<Expression, { kind: 'binary' }>,
  run: (inner: Expression) => Scalar,
): Scalar {
  const left = run(node.left);
  // Both operands are always evaluated: they have no effects, and their types get checked.
  const right = run(node.right);
  switch (node.operator) {
    case '&&':
      return booleanOf(left) && booleanOf(right);
    case '||':
      return booleanOf(left) || booleanOf(right);
    case '===':
      sameType(left, right);
      return left === right;
    case '!==':
      sameType(left, right);
      return left !== right;
    case '<':
      return numberOf(left) < numberOf(right);
    case '<=':
      return numberOf(left) <= numberOf(right);
    case '>':
      return numberOf(left) > numberOf(right);
    case '>=':
      return numberOf(left) >= numberOf(right);
    case '+':
      return numberOf(left) + numberOf(right);
    case '-':
      return numberOf(left) - numberOf(right);
    case '*':
      return numberOf(left) * numberOf(right);
    case '/':
      return numberOf(left) / numberOf(right);
    case '%':
      return numberOf(left) % numberOf(right);
    case '**':
      return numberOf(left) ** numberOf(right);
  }
}

/** The states (ascending, at most `limit`) where `expression` differs from the table. */
export function mismatches(
  expression: Expression,
  problem: SynthesisProblem,
  limit: number,
): number[] {
  const position = new Map(problem.features.map((feature, index) => [feature.symbol, index]));
  const tolerance = NUMERIC_EQUALITY * scaleOf(problem.target);
  const found: number[] = [];
  for (let state = 0; state < problem.states && found.length < limit; state++) {
    const value = evaluate(expression, (symbol) => {
      const index = position.get(symbol);
      if (index === undefined) throw new TypeError(`unknown symbol ${symbol.hint}`);
      const cell = problem.columns[index][state];
      return problem.features[index].kind === 'boolean' ? cell === 1 : cell;
    });
    const wanted = problem.target[state];
    const equal =
      problem.type === 'boolean'
        ? value === (wanted === 1)
        : Math.abs(numberOf(value) - wanted) <= tolerance;
    if (!equal) found.push(state);
  }
  return found;
}
