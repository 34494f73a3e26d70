/**
 * Runs a Program directly, statement by statement, in float64 as the emitted text would: the yardstick
 * for passes (which keep the value) and for emission (which prints it). Reductions are run too.
 */
import { erf, roundHalfEven } from '../../src/ir/stage-values.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../src/ir/program.js';

type Value = number | boolean | Value[];
type Environment = Map<ProgramSymbol, Value>;

/**
 * The outputs, flattened row-major and joined, for one flat array (row-major) per input.
 *
 * @throws Error on anything a legal program cannot do, such as reading outside an array.
 */
export function evaluateProgram(
  program: Program,
  inputs: readonly (readonly number[])[],
): number[] {
  const environment: Environment = new Map();
  program.parameters.forEach((parameter, index) => {
    environment.set(parameter, nest([...inputs[index]], parameter.type.extents));
  });
  for (const { symbol, values } of program.tables) {
    environment.set(symbol, nest([...values], symbol.type.extents));
  }
  const result = runBlock(program.body, environment);
  if (result === undefined) throw new Error('the program returns nothing');
  return flatten(result);
}

/** Nests a flat row-major array like a shape; a scalar shape gives the one value. */
export function nest(flat: readonly number[], extents: readonly number[]): Value {
  if (extents.length === 0) return flat[0];
  const [extent, ...rest] = extents;
  const stride = flat.length / extent;
  return Array.from({ length: extent }, (_, index) =>
    nest(flat.slice(index * stride, (index + 1) * stride), rest),
  );
}

function flatten(value: Value): number[] {
  if (Array.isArray(value)) return value.flatMap(flatten);
  if (typeof value !== 'number') throw new Error('an output is a boolean');
  return [value];
}

function runBlock(statements: readonly Statement[], environment: Environment): Value | undefined {
  for (const statement of statements) {
    const result = run(statement, environment);
    if (result !== undefined) return result;
  }
  return undefined;
}

function run(statement: Statement, environment: Environment): Value | undefined {
  switch (statement.kind) {
    case 'const':
    case 'let':
      environment.set(statement.symbol, evaluate(statement.value, environment));
      return undefined;
    case 'allocate': {
      const { symbol, fill, growing } = statement;
      environment.set(symbol, growing === true ? [] : filled(symbol.type.extents, fill));
      return undefined;
    }
    case 'for': {
      const to = numberOf(statement.to, environment);
      const from = numberOf(statement.from, environment);
      for (let position = from; position < to; position += statement.step) {
        environment.set(statement.iterator, position);
        runBlock(statement.body, environment);
      }
      return undefined;
    }
    case 'for-of':
      for (const position of statement.values) {
        environment.set(statement.iterator, position);
        runBlock(statement.body, environment);
      }
      return undefined;
    case 'assign':
      assignTo(statement, environment);
      return undefined;
    case 'append':
      (lookUp(statement.symbol, environment) as Value[]).push(
        evaluate(statement.value, environment),
      );
      return undefined;
    case 'if':
      return runBlock(
        evaluate(statement.condition, environment) === true ? statement.then : statement.otherwise,
        environment,
      );
    case 'return':
      return evaluate(statement.value, environment);
  }
}

function filled(extents: readonly number[], fill: number | boolean): Value {
  if (extents.length === 0) return fill;
  return Array.from({ length: extents[0] }, () => filled(extents.slice(1), fill));
}

function assignTo(
  statement: Extract<Statement, { kind: 'assign' }>,
  environment: Environment,
): void {
  const { symbol, indices, operator } = statement;
  const update = (old: Value): Value => {
    const value = evaluate(statement.value, environment);
    if (operator === '=') return value;
    const sum = operator === '+=' ? 1 : -1;
    return (old as number) + sum * (value as number);
  };
  if (indices.length === 0) {
    environment.set(symbol, update(lookUp(symbol, environment)));
    return;
  }
  const row = indices
    .slice(0, -1)
    .reduce<Value>(
      (value, index) => cellOf(value, numberOf(index, environment)),
      lookUp(symbol, environment),
    );
  const last = numberOf(indices[indices.length - 1], environment);
  const old = cellOf(row, last);
  (row as Value[])[last] = update(old);
}

function lookUp(symbol: ProgramSymbol, environment: Environment): Value {
  const value = environment.get(symbol);
  if (value === undefined) throw new Error(`'${symbol.hint}' has no value`);
  return value;
}

function cellOf(value: Value, index: number): Value {
  if (!Array.isArray(value)) throw new Error('an index into a scalar');
  if (!(index in value)) throw new Error(`index ${index} of ${value.length}`);
  return value[index];
}

function numberOf(expression: Expression, environment: Environment): number {
  const value = evaluate(expression, environment);
  if (typeof value !== 'number') throw new Error(`a ${expression.kind} is no number`);
  return value;
}

function evaluate(expression: Expression, environment: Environment): Value {
  switch (expression.kind) {
    case 'number':
    case 'boolean':
      return expression.value;
    case 'symbol':
      return lookUp(expression.symbol, environment);
    case 'element':
      return expression.indices.reduce<Value>(
        (value, index) => cellOf(value, numberOf(index, environment)),
        lookUp(expression.array, environment),
      );
    case 'unary':
      return expression.operator === '!'
        ? evaluate(expression.operand, environment) !== true
        : -numberOf(expression.operand, environment);
    case 'binary':
      return evaluateBinary(expression, environment);
    case 'conditional':
      return evaluate(expression.condition, environment) === true
        ? evaluate(expression.then, environment)
        : evaluate(expression.otherwise, environment);
    case 'math': {
      const operands = expression.arguments.flatMap((operand) =>
        flatten(evaluate(operand, environment)),
      );
      return Math[expression.function](...(operands as [number]));
    }
    case 'helper':
      return evaluateHelper(expression, environment);
    case 'array':
      return expression.elements.map((element) => evaluate(element, environment));
    case 'reduction':
      return evaluateReduction(expression, environment);
  }
}

function evaluateBinary(
  expression: Extract<Expression, { kind: 'binary' }>,
  environment: Environment,
): Value {
  const left = evaluate(expression.left, environment);
  if (expression.operator === '&&' && left === false) return false;
  if (expression.operator === '||' && left === true) return true;
  const right = evaluate(expression.right, environment);
  const [a, b] = [left as number, right as number];
  switch (expression.operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '&&':
    case '||':
      return right;
  }
}

function evaluateHelper(
  expression: Extract<Expression, { kind: 'helper' }>,
  environment: Environment,
): Value {
  const values = flatten(evaluate(expression.arguments[0], environment));
  if (expression.helper === 'dense') {
    const [weights, biases] = expression.arguments
      .slice(1)
      .map((part) => evaluate(part, environment));
    return flatten(biases).map((bias, row) =>
      flatten(cellOf(weights, row)).reduce(
        (sum, weight, cell) => sum + weight * values[cell],
        bias,
      ),
    );
  }
  if (expression.helper === 'erf') return erf(values[0]);
  if (expression.helper === 'roundHalfEven') return roundHalfEven(values[0]);
  if (expression.helper === 'sigmoid') return 1 / (1 + Math.exp(-values[0]));
  const largest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function evaluateReduction(
  expression: Extract<Expression, { kind: 'reduction' }>,
  environment: Environment,
): Value {
  const bodies: Value[] = [];
  const from = numberOf(expression.from, environment);
  const to = numberOf(expression.to, environment);
  for (let position = from; position < to; position += expression.step) {
    environment.set(expression.iterator, position);
    bodies.push(evaluate(expression.body, environment));
  }
  switch (expression.operation) {
    case 'sum':
      return bodies.reduce<number>((sum, body) => sum + (body as number), 0);
    case 'count':
      return bodies.filter((body) => body === true).length;
    case 'any':
      return bodies.includes(true);
    case 'all':
      return !bodies.includes(false);
    case 'min':
      return Math.min(...(bodies as number[]));
    case 'max':
      return Math.max(...(bodies as number[]));
  }
}
