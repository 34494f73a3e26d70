/**
 * Builders of the Program level: short constructors that leave out neutral elements.
 *
 * They fold only what holds for every finite number (x + 0, 1 · x, −(−x), !(a < b)) and arithmetic on
 * two literals; they never reorder operands, so a program keeps the order in which it was written.
 * Operands must be finite: 0 · x is folded to 0, and !(a < b) to a >= b.
 */
import type {
  BinaryOperator,
  Expression,
  Helper,
  MathFunction,
  ProgramSymbol,
  ReductionOperation,
  ScalarType,
  Statement,
} from './program.js';

/** A new symbol, different from every other one whatever its hint. No extents: a scalar. */
export function symbol(
  hint: string,
  scalar: ScalarType = 'number',
  extents: readonly number[] = [],
): ProgramSymbol {
  return { hint, type: { scalar, extents } };
}

/** A numeric literal; −0 becomes 0. */
export function num(value: number): Expression {
  return { kind: 'number', value: value === 0 ? 0 : value };
}

export function bool(value: boolean): Expression {
  return { kind: 'boolean', value };
}

/** The value of a symbol. */
export function ref(target: ProgramSymbol): Expression {
  return { kind: 'symbol', symbol: target };
}

/** array[i][j]…; a number stands for its literal; without indices the whole array. */
export function element(
  array: ProgramSymbol,
  ...indices: readonly (Expression | number)[]
): Expression {
  if (indices.length === 0) return ref(array);
  return { kind: 'element', array, indices: indices.map(lift) };
}

function lift(value: Expression | number): Expression {
  return typeof value === 'number' ? num(value) : value;
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

/** left + right, without zeros; adding a negative literal or a negation subtracts. */
export function add(left: Expression, right: Expression): Expression {
  if (isNumber(left, 0)) return right;
  if (isNumber(right, 0)) return left;
  if (left.kind === 'number' && right.kind === 'number') return num(left.value + right.value);
  if (right.kind === 'number' && right.value < 0) return binary('-', left, num(-right.value));
  if (isNegation(right)) return subtract(left, right.operand);
  if (isNegation(left)) return subtract(right, left.operand);
  return binary('+', left, right);
}

/** left − right, without zeros; subtracting a negative literal or a negation adds. */
export function subtract(left: Expression, right: Expression): Expression {
  if (isNumber(right, 0)) return left;
  if (isNumber(left, 0)) return negate(right);
  if (left.kind === 'number' && right.kind === 'number') return num(left.value - right.value);
  if (right.kind === 'number' && right.value < 0) return binary('+', left, num(-right.value));
  if (isNegation(right)) return add(left, right.operand);
  return binary('-', left, right);
}

/** left · right, without ones; a factor −1 negates, a factor 0 gives 0. */
export function multiply(left: Expression, right: Expression): Expression {
  if (left.kind === 'number' && right.kind === 'number') return num(left.value * right.value);
  if (isNumber(left, 0) || isNumber(right, 0)) return num(0);
  if (isNumber(left, 1)) return right;
  if (isNumber(right, 1)) return left;
  if (isNumber(left, -1)) return negate(right);
  if (isNumber(right, -1)) return negate(left);
  return binary('*', left, right);
}

/** left / right; a divisor 1 is left out. Literals are not divided: the quotient may be inexact. */
export function divide(left: Expression, right: Expression): Expression {
  return isNumber(right, 1) ? left : binary('/', left, right);
}

/** JavaScript's remainder, which takes the sign of `left`. */
export function remainder(left: Expression, right: Expression): Expression {
  return binary('%', left, right);
}

/** base ** exponent; small literal powers (exact integers) are computed, an exponent 1 is left out. */
export function power(base: Expression, exponent: Expression): Expression {
  if (isNumber(exponent, 0)) return num(1);
  if (isNumber(exponent, 1)) return base;
  if (base.kind === 'number' && exponent.kind === 'number') {
    const value = base.value ** exponent.value;
    if (Number.isSafeInteger(base.value) && Number.isSafeInteger(value)) return num(value);
  }
  return binary('**', base, exponent);
}

/** −operand; a double negation vanishes and a difference is turned around. */
export function negate(operand: Expression): Expression {
  if (operand.kind === 'number') return num(-operand.value);
  if (isNegation(operand)) return operand.operand;
  if (operand.kind === 'binary' && operand.operator === '-') {
    return binary('-', operand.right, operand.left);
  }
  return { kind: 'unary', operator: '-', operand };
}

export type Comparison = '===' | '!==' | '<' | '<=' | '>' | '>=';

/** A comparison of two numbers, or with === and !== of two booleans; literals are decided. */
export function compare(operator: Comparison, left: Expression, right: Expression): Expression {
  if (left.kind === 'number' && right.kind === 'number') {
    return bool(decide(operator, left.value, right.value));
  }
  return binary(operator, left, right);
}

function decide(operator: Comparison, left: number, right: number): boolean {
  switch (operator) {
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** !operand, pushed into a literal, a negation or a comparison. */
export function not(operand: Expression): Expression {
  if (operand.kind === 'boolean') return bool(!operand.value);
  if (operand.kind === 'unary' && operand.operator === '!') return operand.operand;
  if (operand.kind === 'binary' && operand.operator in OPPOSITE) {
    return binary(OPPOSITE[operand.operator as Comparison], operand.left, operand.right);
  }
  return { kind: 'unary', operator: '!', operand };
}

/** The conjunction, left to right; `true` when there are no operands. */
export function and(...operands: readonly Expression[]): Expression {
  return connect('&&', false, operands);
}

/** The disjunction, left to right; `false` when there are no operands. */
export function or(...operands: readonly Expression[]): Expression {
  return connect('||', true, operands);
}

function connect(
  operator: '&&' | '||',
  deciding: boolean,
  operands: readonly Expression[],
): Expression {
  const kept = operands.filter(
    (operand) => operand.kind !== 'boolean' || operand.value === deciding,
  );
  if (kept.some((operand) => operand.kind === 'boolean')) return bool(deciding);
  if (kept.length === 0) return bool(!deciding);
  return kept.reduce((left, right) => binary(operator, left, right));
}

/** condition ? then : otherwise; a literal condition is decided. */
export function conditional(
  condition: Expression,
  then: Expression,
  otherwise: Expression,
): Expression {
  if (condition.kind === 'boolean') return condition.value ? then : otherwise;
  return { kind: 'conditional', condition, then, otherwise };
}

/** A function of `Math`; `min` and `max` also take one array of numbers. */
export function math(name: MathFunction, ...operands: readonly Expression[]): Expression {
  return { kind: 'math', function: name, arguments: operands };
}

/** `softmax` of one array of numbers, `dense` of three, the others of one number. */
export function helper(name: Helper, ...operands: readonly Expression[]): Expression {
  return { kind: 'helper', helper: name, arguments: operands };
}

/** An array literal. */
export function array(...elements: readonly Expression[]): Expression {
  return { kind: 'array', elements };
}

/** operation over iterator = from .. to − 1 of `body`. */
export function reduction(
  operation: ReductionOperation,
  iterator: ProgramSymbol,
  from: Expression | number,
  to: Expression | number,
  body: Expression,
  step = 1,
): Expression {
  return { kind: 'reduction', operation, iterator, from: lift(from), to: lift(to), step, body };
}

/** `const target = value;` */
export function constant(target: ProgramSymbol, value: Expression, comment?: string): Statement {
  return { kind: 'const', symbol: target, value, ...withComment(comment) };
}

/** `let target = value;` */
export function variable(
  target: ProgramSymbol,
  value: Expression | number,
  comment?: string,
): Statement {
  return { kind: 'let', symbol: target, value: lift(value), ...withComment(comment) };
}

/** A new array of the target's extents, every cell `fill`. */
export function allocate(
  target: ProgramSymbol,
  fill: number | boolean = 0,
  comment?: string,
): Statement {
  return { kind: 'allocate', symbol: target, fill, ...withComment(comment) };
}

/** A new array of the target's extents, every cell `fill`, whose place other arrays may take. */
export function allocateRebound(target: ProgramSymbol, fill: number | boolean = 0): Statement {
  return { kind: 'allocate', symbol: target, fill, rebound: true };
}

/** A new array that starts empty and takes `append`ed values until it has the target's one extent. */
export function allocateGrowing(target: ProgramSymbol, comment?: string): Statement {
  return { kind: 'allocate', symbol: target, fill: 0, growing: true, ...withComment(comment) };
}

/** `target.push(value);` */
export function append(target: ProgramSymbol, value: Expression): Statement {
  return { kind: 'append', symbol: target, value };
}

/** A loop over iterator = from .. to − 1. */
export function loop(
  iterator: ProgramSymbol,
  from: Expression | number,
  to: Expression | number,
  body: readonly Statement[],
  options: { readonly step?: number; readonly comment?: string } = {},
): Statement {
  return {
    kind: 'for',
    iterator,
    from: lift(from),
    to: lift(to),
    step: options.step ?? 1,
    body,
    ...withComment(options.comment),
  };
}

/** A loop over listed positions. */
export function loopOver(
  iterator: ProgramSymbol,
  values: readonly number[],
  body: readonly Statement[],
  comment?: string,
): Statement {
  return { kind: 'for-of', iterator, values, body, ...withComment(comment) };
}

/** `target[indices…] operator value;` */
export function assign(
  target: ProgramSymbol,
  indices: readonly (Expression | number)[],
  operator: '=' | '+=' | '-=',
  value: Expression,
): Statement {
  return { kind: 'assign', symbol: target, indices: indices.map(lift), operator, value };
}

/** `target[indices…] += value;`, or `-=` where the value is a negation or a negative literal. */
export function accumulate(
  target: ProgramSymbol,
  indices: readonly (Expression | number)[],
  value: Expression,
): Statement {
  const falls = isNegation(value) || (value.kind === 'number' && value.value < 0);
  return falls
    ? assign(target, indices, '-=', negate(value))
    : assign(target, indices, '+=', value);
}

export function branch(
  condition: Expression,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  return { kind: 'if', condition, then, otherwise };
}

export function giveBack(value: Expression): Statement {
  return { kind: 'return', value };
}

function withComment(comment: string | undefined): { comment?: string } {
  return comment === undefined ? {} : { comment };
}

function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === 'number' && expression.value === value;
}

function isNegation(
  expression: Expression,
): expression is Extract<Expression, { kind: 'unary' }> & { readonly operator: '-' } {
  return expression.kind === 'unary' && expression.operator === '-';
}
