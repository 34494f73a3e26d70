/**
 * Statements as TypeScript text, one printer per node kind. Layout is left to the formatter: every
 * statement is on lines of its own, and a comment stands above the statement it belongs to.
 */
import type { Statement } from '../ir/program.js';
import { numberText } from './numbers.js';
import { print } from './print-expression.js';
import type { PrintContext } from './print-expression.js';

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
  allocate: ({ symbol, fill }, context) => {
    const { scalar, extents } = symbol.type;
    const text = typeof fill === 'number' ? numberText(fill) : String(fill);
    return `const ${context.names.of(symbol)} = ${allocation(extents, scalar, text)};`;
  },
  for: printFor,
  'for-of': (node, context) => {
    const list = node.values.map(numberText).join(', ');
    const head = `for (const ${context.names.of(node.iterator)} of [${list}])`;
    return `${head} ${body(node.body, context)}`;
  },
  assign: printAssignment,
  if: printIf,
  return: ({ value }, context) => `return ${print(value, context)};`,
};

/** The statements as lines of text. Assumes that every symbol has a name. */
export function printStatements(statements: readonly Statement[], context: PrintContext): string {
  return statements.map((statement) => printStatement(statement, context)).join('\n');
}

function printStatement<K extends Kind>(statement: Node<K>, context: PrintContext): string {
  const printer = PRINTERS[statement.kind as K];
  const text = printer(statement, context);
  const comment = 'comment' in statement ? statement.comment : undefined;
  return comment === undefined ? text : `${commentText(comment)}\n${text}`;
}

function commentText(comment: string): string {
  return comment
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `// ${line}`)
    .join('\n');
}

/** A loop's or branch's body; a lone assignment needs no braces. */
function body(statements: readonly Statement[], context: PrintContext): string {
  const lone = statements.length === 1 && statements[0].kind === 'assign';
  return lone ? printStatements(statements, context) : block(statements, context);
}

function block(statements: readonly Statement[], context: PrintContext): string {
  return `{\n${printStatements(statements, context)}\n}`;
}

function printFor(node: Node<'for'>, context: PrintContext): string {
  const name = context.names.of(node.iterator);
  const from = print(node.from, context);
  const to = print(node.to, context);
  const advance = node.step === 1 ? `${name}++` : `${name} += ${numberText(node.step)}`;
  return `for (let ${name} = ${from}; ${name} < ${to}; ${advance}) ${body(node.body, context)}`;
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
  if (otherwise.length === 0) return `${head} ${body(then, context)}`;
  const [first] = otherwise;
  const chained = otherwise.length === 1 && first.kind === 'if';
  const rest = chained ? printIf(first, context) : block(otherwise, context);
  return `${head} ${block(then, context)} else ${rest}`;
}

function allocation(extents: readonly number[], scalar: string, fill: string): string {
  const [extent, ...rest] = extents;
  if (rest.length === 0) return `new Array<${scalar}>(${extent}).fill(${fill})`;
  return `Array.from({ length: ${extent} }, () => ${allocation(rest, scalar, fill)})`;
}
