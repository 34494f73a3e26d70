/**
 * Expressions as TypeScript text: one printer per node kind, parentheses only where the tree and
 * JavaScript's precedence differ. `a + (b + c)` keeps its parentheses, since float sums depend on them.
 */
import type { BinaryOperator, Expression, ProgramSymbol } from '../ir/program.js';
import { typeOf } from '../ir/program-types.js';
import type { Names } from './naming.js';
import { float32Text, numberText } from './numbers.js';

export interface PrintContext {
  readonly names: Names;
  /** Whether an array expression is an `ArrayLike` of the caller rather than an array of ours. */
  readonly isForeign: (expression: Expression) => boolean;
  /** The arrays that are typed arrays. */
  readonly typed: ReadonlySet<ProgramSymbol>;
  /** Whether numbers are float32, which are told with the digits that these need. */
  readonly isFloat32?: boolean;
}

/** Text, and how tightly its outermost operator binds (higher is tighter). */
interface Printed {
  readonly text: string;
  readonly level: number;
}

type Kind = Expression['kind'];
type Node<K extends Kind> = Extract<Expression, { kind: K }>;
type Printers = { readonly [K in Kind]: (node: Node<K>, context: PrintContext) => Printed };

const PRIMARY = 20;
const UNARY = 14;
const CONDITIONAL = 2;

const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  '||': 3,
  '&&': 4,
  '===': 8,
  '!==': 8,
  '<': 9,
  '<=': 9,
  '>': 9,
  '>=': 9,
  '+': 11,
  '-': 11,
  '*': 12,
  '/': 12,
  '%': 12,
  '**': 13,
};

/** Numbers that JavaScript has names for. */
const KNOWN_NUMBERS: ReadonlyMap<number, string> = new Map([
  [Math.PI, 'Math.PI'],
  [Math.E, 'Math.E'],
  [Math.SQRT2, 'Math.SQRT2'],
]);

const PRINTERS: Printers = {
  number: ({ value }, { isFloat32 }) => {
    const short = isFloat32 === true ? float32Text(value) : numberText(value);
    if (short !== numberText(value)) return primary(`Math.fround(${short})`);
    const known = KNOWN_NUMBERS.get(Math.abs(value));
    if (known !== undefined)
      return value < 0 ? { text: `-${known}`, level: UNARY } : primary(known);
    return { text: short, level: value < 0 ? UNARY : PRIMARY };
  },
  boolean: ({ value }) => primary(String(value)),
  symbol: ({ symbol }, { names }) => primary(names.of(symbol)),
  element: ({ array, indices }, context) =>
    primary(
      context.names.of(array) + indices.map((index) => `[${print(index, context)}]`).join(''),
    ),
  unary: printUnary,
  binary: printBinary,
  conditional: printConditional,
  math: (node, context) =>
    primary(
      `Math.${node.function}(${node.arguments.map((a) => printSpread(a, context)).join(', ')})`,
    ),
  helper: (node, context) =>
    primary(
      `${node.helper}(${node.arguments.map((a) => printOperand(node, a, context)).join(', ')})`,
    ),
  array: ({ elements }, context) =>
    primary(`[${elements.map((element) => printArray(element, context)).join(', ')}]`),
  reduction: ({ operation }) => {
    throw new Error(`a reduction (${operation}) cannot be printed: it must be lowered first`);
  },
};

/** An expression of a lowered program as text. @throws Error on a reduction. */
export function print(expression: Expression, context: PrintContext): string {
  return printNode(expression, context).text;
}

/** Like `print`, but arrays of the caller (ArrayLike) are copied into arrays of numbers. */
export function printArray(expression: Expression, context: PrintContext): string {
  const text = print(expression, context);
  const depth = typeOf(expression).extents.length;
  return depth > 0 && context.isForeign(expression) ? copyText(text, depth) : text;
}

/** An argument of a helper; `dense` reads any ArrayLike, the others want arrays. */
function printOperand(
  { helper }: Node<'helper'>,
  operand: Expression,
  context: PrintContext,
): string {
  return helper === 'dense' ? print(operand, context) : printArray(operand, context);
}

function printNode<K extends Kind>(expression: Node<K>, context: PrintContext): Printed {
  const printer = PRINTERS[expression.kind];
  return printer(expression, context);
}

function primary(text: string): Printed {
  return { text, level: PRIMARY };
}

function printUnary({ operator, operand }: Node<'unary'>, context: PrintContext): Printed {
  const printed = printNode(operand, context);
  // −(2 · x) is −2 · x, to the last bit.
  if (operator === '-' && isMultipleOfLiteral(operand) && !printed.text.startsWith('-')) {
    return { text: `-${printed.text}`, level: printed.level };
  }
  const bare = printed.level >= UNARY && !printed.text.startsWith('-');
  return { text: operator + (bare ? printed.text : `(${printed.text})`), level: UNARY };
}

/** A product that begins with a number. */
function isMultipleOfLiteral(node: Expression): boolean {
  if (node.kind !== 'binary' || node.operator !== '*') return false;
  return node.left.kind === 'number' || isMultipleOfLiteral(node.left);
}

function printBinary(node: Node<'binary'>, context: PrintContext): Printed {
  const { operator, left, right } = positiveOperand(node);
  const level = LEVELS[operator];
  const comparison = level === LEVELS['==='] || level === LEVELS['<'];
  const logical = operator === '&&' || operator === '||';
  if (operator === '**') {
    // Binds to the right, and JavaScript forbids a bare sign before it.
    const base = wrap(printNode(left, context), UNARY + 1);
    return { text: `${base} ** ${wrap(printNode(right, context), UNARY)}`, level };
  }
  const before = wrap(printNode(left, context), comparison ? LEVELS['<'] + 1 : level);
  const after = wrap(
    printNode(right, context),
    comparison ? LEVELS['<'] + 1 : logical ? level : level + 1,
  );
  return { text: `${before} ${operator} ${after}`, level };
}

/** a + −8 as a − 8, and a − −8 as a + 8: the same number, bit for bit. */
function positiveOperand(node: Node<'binary'>): Node<'binary'> {
  const { operator, right } = node;
  if ((operator !== '+' && operator !== '-') || right.kind !== 'number') return node;
  if (!(right.value < 0)) return node;
  const turned = { ...right, value: -right.value };
  return { ...node, operator: operator === '+' ? '-' : '+', right: turned };
}

function printConditional(node: Node<'conditional'>, context: PrintContext): Printed {
  const condition = wrap(printNode(node.condition, context), CONDITIONAL + 1);
  const then = printArray(node.then, context);
  const otherwise = printArray(node.otherwise, context);
  return { text: `${condition} ? ${then} : ${otherwise}`, level: CONDITIONAL };
}

function wrap({ text, level }: Printed, least: number): string {
  return level >= least ? text : `(${text})`;
}

function printSpread(expression: Expression, context: PrintContext): string {
  const isArray = typeOf(expression).extents.length > 0;
  return isArray ? `...${printArray(expression, context)}` : print(expression, context);
}

function copyText(text: string, depth: number): string {
  if (depth === 1) return `Array.from(${text})`;
  return `Array.from(${text}, (part) => ${copyText('part', depth - 1)})`;
}
