/**
 * Statements as TypeScript text, one printer per node kind. Layout is left to the formatter, but for
 * one choice: a loop or branch over a lone assignment goes without braces where it fits one line.
 */
import { plainComment } from './comments.js';
import { ref } from '../ir/program-builders.js';
import type { Expression, Statement } from '../ir/program.js';
import { numberText } from './numbers.js';
import { print } from './print-expression.js';
import type { PrintContext as ExpressionContext } from './print-expression.js';

/** The width and the indentation that the formatter is asked for. */
const LINE_WIDTH = 100;
const INDENTATION = 2;

interface PrintContext extends ExpressionContext {
  /** Number of blocks around the statement, the function's body included. */
  readonly depth: number;
  readonly printResult: (value: Expression) => string;
}

type Kind = Statement['kind'];
type Node<K extends Kind> = Extract<Statement, { kind: K }>;
type Printers = { readonly [K in Kind]: (node: Node<K>, context: PrintContext) => string };

const PRINTERS: Printers = {
  const: ({ symbol, value }, context) =>
    `const ${context.names.of(symbol)} = ${print(value, context)};`,
  let: ({ symbol, value }, context) => {
    const name = context.names.of(symbol);
    return `let ${name} = ${print(value, context)};`;
  },
  allocate: ({ symbol, extents: symbolic, fill, growing, rebound }, context) => {
    const { scalar } = symbol.type;
    if (growing === true) return `const ${context.names.of(symbol)}: ${scalar}[] = [];`;
    const extents =
      symbolic?.map((extent) => print(extent, context)) ?? symbol.type.extents.map(numberText);
    const type = context.typed.has(symbol) ? 'Float64Array' : `Array<${scalar}>`;
    const keyword = rebound === true ? 'let' : 'const';
    return `${keyword} ${context.names.of(symbol)} = ${allocation(extents, type, fill)};`;
  },
  for: printFor,
  'for-of': (node, context) => {
    const list = node.values.map(numberText).join(', ');
    const head = `for (const ${context.names.of(node.iterator)} of [${list}])`;
    return withBody(head, node.body, context);
  },
  assign: printAssignment,
  append: ({ symbol, value }, context) =>
    `${context.names.of(symbol)}.push(${print(value, context)});`,
  if: printIf,
  return: ({ value }, context) => `return ${context.printResult(value)};`,
};

/**
 * The body of a function as lines of text. Assumes that every symbol has a name.
 *
 * @param printResult the text of what is returned.
 */
export function printStatements(
  statements: readonly Statement[],
  context: ExpressionContext,
  printResult = (value: Expression): string => print(value, context),
): string {
  return printBlock(statements, { ...context, depth: 1, printResult });
}

function printBlock(statements: readonly Statement[], context: PrintContext): string {
  const run = leadingCells(statements, context);
  const rest = statements.slice(run.length);
  const texts = rest.map((statement) => printStatement(statement, context));
  if (run.length === 0) return texts.join('\n');
  const names = run.map(({ symbol }) => context.names.of(symbol)).join(', ');
  const [{ value }] = run;
  const array = context.names.of(value.array);
  return [`const [${names}] = Array.from(${array});`, ...texts].join('\n');
}

/** From so many first cells of an array on, constants for them are taken out in one statement. */
const LEAST_CELLS = 3;

type CellConstant = Node<'const'> & { readonly value: Extract<Expression, { kind: 'element' }> };

/**
 * The constants at the head of a block that are the first cells, in order, of an array of the caller
 * (an `ArrayLike`, which cannot be destructured itself); none when they are few.
 */
function leadingCells(
  statements: readonly Statement[],
  { isForeign }: PrintContext,
): readonly CellConstant[] {
  const run: CellConstant[] = [];
  for (const statement of statements) {
    if (statement.kind !== 'const' || statement.comment !== undefined) break;
    const { value } = statement;
    if (value.kind !== 'element' || value.indices.length !== 1) break;
    if (value.array.type.extents.length !== 1 || !isForeign(ref(value.array))) break;
    const [index] = value.indices;
    const first = run.at(0)?.value.array ?? value.array;
    if (index.kind !== 'number' || index.value !== run.length || value.array !== first) break;
    run.push({ ...statement, value });
  }
  return run.length < LEAST_CELLS ? [] : run;
}

function printStatement<K extends Kind>(statement: Node<K>, context: PrintContext): string {
  const printer = PRINTERS[statement.kind];
  const text = printer(statement, context);
  const comment = 'comment' in statement ? statement.comment : undefined;
  return comment === undefined ? text : `${commentText(comment)}\n${text}`;
}

function commentText(comment: string): string {
  return plainComment(comment).replace(/^/gm, '// ');
}

/** A loop's or branch's head and body, on one line if that is all it takes. */
function withBody(head: string, body: readonly Statement[], context: PrintContext): string {
  if (body.length === 1 && isShort(body[0])) {
    const line = `${head} ${printBlock(body, context)}`;
    if (line.length + INDENTATION * context.depth <= LINE_WIDTH) return line;
  }
  return `${head} ${braced(body, context)}`;
}

/** Whether a lone statement may follow its head on one line. */
function isShort(statement: Statement): boolean {
  if (statement.kind === 'return') return statement.comment === undefined;
  return statement.kind === 'assign' || statement.kind === 'append';
}

function braced(statements: readonly Statement[], context: PrintContext): string {
  return `{\n${printBlock(statements, { ...context, depth: context.depth + 1 })}\n}`;
}

function printFor(node: Node<'for'>, context: PrintContext): string {
  const name = context.names.of(node.iterator);
  const from = print(node.from, context);
  const to = print(node.to, context);
  const advance = node.step === 1 ? `${name}++` : `${name} += ${numberText(node.step)}`;
  const head = `for (let ${name} = ${from}; ${name} < ${to}; ${advance})`;
  return withBody(head, node.body, context);
}

function printAssignment(node: Node<'assign'>, context: PrintContext): string {
  const { symbol, indices, operator, value } = node;
  const target =
    context.names.of(symbol) + indices.map((index) => `[${print(index, context)}]`).join('');
  const isOne = value.kind === 'number' && value.value === 1;
  if (isOne && operator === '+=') return `${target}++;`;
  if (isOne && operator === '-=') return `${target}--;`;
  return `${target} ${operator} ${print(value, context)};`;
}

function printIf({ condition, then, otherwise }: Node<'if'>, context: PrintContext): string {
  const head = `if (${print(condition, context)})`;
  if (otherwise.length === 0) return withBody(head, then, context);
  const [first] = otherwise;
  const chained = otherwise.length === 1 && first.kind === 'if';
  const rest = chained ? printIf(first, context) : braced(otherwise, context);
  return `${head} ${braced(then, context)} else ${rest}`;
}

function allocation(extents: readonly string[], type: string, fill: number | boolean): string {
  const [extent, ...rest] = extents;
  if (rest.length > 0)
    return `Array.from({ length: ${extent} }, () => ${allocation(rest, type, fill)})`;
  const text = typeof fill === 'number' ? numberText(fill) : String(fill);
  const isFilled = type === 'Float64Array' && fill === 0;
  return `new ${type}(${extent})${isFilled ? '' : `.fill(${text})`}`;
}
