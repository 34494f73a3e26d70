/**
 * The one cost model: what a reviewer has to read. `infer`'s passes, the synthesiser and whoever else
 * chooses between proved alternatives compare these numbers.
 *
 * Points are multiples of one half. The cost of a node is its own cost, the parentheses that its
 * operands need when printed, and the cost of the operands; so it can be built up bottom-up.
 */
import type { Expression, ProgramSymbol } from '../ir/program.js';

/** Integers below this size read like a word; longer ones cost as much as a real constant. */
const SMALL_INTEGER_LIMIT = 1000;

const PARENTHESES = 0.5;
const NESTED_CONDITIONAL = 1;
/** `n === 2 ? alive : n === 3` takes longer to see through than `n === 3 || (alive && n === 2)`. */
const DISGUISED_LOGIC = 1;

/** Binding strength of a printed expression; higher binds tighter. */
function precedence(expression: Expression): number {
  if (expression.kind === 'conditional') return 0;
  if (expression.kind === 'unary') return 7;
  if (expression.kind !== 'binary') return 8;
  switch (expression.operator) {
    case '||':
      return 1;
    case '&&':
      return 2;
    case '===':
    case '!==':
      return 3;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return 4;
    case '+':
    case '-':
      return 5;
    case '*':
    case '/':
    case '%':
      return 6;
    case '**':
      return 6.5;
  }
}

type Binary = Extract<Expression, { kind: 'binary' }>;

/** True when two neighbouring operators of equal strength are printed without parentheses. */
function flattens(parent: Binary['operator'], child: Binary['operator']): boolean {
  if (parent === '&&' || parent === '||') return true;
  if (parent === '+' || parent === '-') return true;
  return parent === '*' && child === '*';
}

/**
 * Cost of the parentheses around `child` as the left or right operand of `operator`: those that the
 * language needs and those that a formatter adds for clarity (`(a && b) || c`, `(n % 2) + 1`).
 */
export function parenthesesCost(
  operator: Binary['operator'],
  strength: number,
  child: Expression,
  right: boolean,
): number {
  const inner = precedence(child);
  if (inner < strength) return PARENTHESES;
  if (child.kind !== 'binary') return 0;
  if (inner === strength) {
    return right || !flattens(operator, child.operator) ? PARENTHESES : 0;
  }
  const mixed =
    (operator === '||' && child.operator === '&&') ||
    (strength === 5 && child.operator === '%') ||
    (strength === 3 && inner === 4);
  return mixed ? PARENTHESES : 0;
}

/** True for expressions whose value is a boolean. */
export function isBoolean(expression: Expression): boolean {
  switch (expression.kind) {
    case 'boolean':
      return true;
    case 'symbol':
      return expression.symbol.type.scalar === 'boolean';
    case 'element':
      return expression.array.type.scalar === 'boolean';
    case 'unary':
      return expression.operator === '!';
    case 'binary':
      return precedence(expression) <= 4;
    case 'conditional':
      return isBoolean(expression.then);
    case 'reduction':
      return expression.operation === 'any' || expression.operation === 'all';
    case 'number':
    case 'math':
    case 'helper':
    case 'array':
      return false;
  }
}

/** Cost of a printed constant: 0 is ½, a small integer 1, any other number 1½; a minus sign ½. */
export function constantCost(value: number): number {
  if (value === 0) return 0.5;
  const small = Number.isInteger(value) && Math.abs(value) < SMALL_INTEGER_LIMIT;
  return (small ? 1 : 1.5) + (value < 0 ? 0.5 : 0);
}

/** A name, an element, or the negation of one. */
function isName(expression: Expression): boolean {
  if (expression.kind === 'unary') return isName(expression.operand);
  return expression.kind === 'symbol' || expression.kind === 'element';
}

/** A product of two features in a comparison (`a * b === 0`) has to be solved, not read. */
const RIDDLE = 2;

function isProduct(expression: Expression): boolean {
  return (
    expression.kind === 'binary' &&
    expression.operator === '*' &&
    expression.left.kind !== 'number' &&
    expression.right.kind !== 'number'
  );
}

/** Cost of a binary node without its operands, given whether it compares booleans. */
function binaryCost(node: Binary): number {
  const strength = precedence(node);
  const booleans = strength === 3 && isBoolean(node.left);
  const comparison = strength === 3 || strength === 4;
  const riddle = comparison && (isProduct(node.left) || isProduct(node.right)) ? RIDDLE : 0;
  return (
    (booleans ? 1.5 : 1) +
    riddle +
    parenthesesCost(node.operator, strength, node.left, false) +
    parenthesesCost(node.operator, strength, node.right, true)
  );
}

/** An index is read at a glance when it is a name or a number; otherwise it costs what it holds. */
function indexCost(index: Expression, reading: Reading): number {
  return 0.5 + (index.kind === 'symbol' || index.kind === 'number' ? 0 : costOf(index, reading));
}

/** Cost of reading a symbol; see `costOf`. */
export type Reading = (symbol: ProgramSymbol) => number;

const plainReading: Reading = () => 1;

/**
 * Cost of an expression's topmost node: its operator and the parentheses around its operands, the
 * operands themselves left out. Leaves (numbers, symbols, elements) are their whole cost.
 */
export function nodeCost(expression: Expression, reading: Reading = plainReading): number {
  switch (expression.kind) {
    case 'number':
      return constantCost(expression.value);
    case 'boolean':
      return 0.5;
    case 'symbol':
      return reading(expression.symbol);
    case 'element':
      return expression.indices.reduce(
        (sum, index) => sum + indexCost(index, reading),
        reading(expression.array),
      );
    case 'unary': {
      const compound = precedence(expression.operand) < 7;
      return compound ? 0.5 + PARENTHESES : 0.5;
    }
    case 'binary':
      return binaryCost(expression);
    case 'conditional': {
      const nested = (child: Expression): number =>
        child.kind === 'conditional' ? NESTED_CONDITIONAL : 0;
      const { condition, then, otherwise } = expression;
      const wrapped = condition.kind === 'conditional' ? PARENTHESES : 0;
      const disguised = isBoolean(then) && !isName(condition) ? DISGUISED_LOGIC : 0;
      return 2 + wrapped + disguised + nested(then) + nested(otherwise);
    }
    case 'math':
      return 1.5;
    case 'helper':
      return 2;
    case 'array':
      return 0.5;
    case 'reduction':
      return 3;
  }
}

/** The direct operands whose cost adds to a node's. */
function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'boolean':
    case 'symbol':
    case 'element':
      return [];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise];
    case 'math':
    case 'helper':
      return expression.arguments;
    case 'array':
      return expression.elements;
    case 'reduction':
      return [expression.from, expression.to, expression.body];
  }
}

/**
 * Reading cost of an expression in points: a name 1; 0 ½, a small integer 1, a real 1½, a minus sign
 * ½; an operator 1, `===` between booleans 1½, `!` ½, `?:` 2, a nested one 1
 * more, one between booleans under a compound condition 1 more; a function of
 * `Math` 1½; parentheses ½; an index ½; a helper 2; a loop (reduction) 3. `reading` gives another
 * cost of single symbols.
 */
export function costOf(expression: Expression, reading: Reading = plainReading): number {
  return operandsOf(expression).reduce(
    (sum, operand) => sum + costOf(operand, reading),
    nodeCost(expression, reading),
  );
}

/** Points beyond which a truth among others deserves a name: it holds a remainder or asks for a border. */
const LONG_TRUTH = 7;

/** Whether a condition is too long to be read among others, such as `cells[(i + 31) % 32] === 1`. */
export function isLongTruth(condition: Expression): boolean {
  return isBoolean(condition) && costOf(condition) > LONG_TRUTH;
}

/** A cell that counts as 0 beyond a border, `i > 0 ? cells[i - 1] : 0`: it breaks the line it stands in. */
export function isBorderedCell(value: Expression): boolean {
  if (value.kind !== 'conditional' || value.then.kind !== 'element') return false;
  return value.otherwise.kind === 'number' && value.otherwise.value === 0;
}
