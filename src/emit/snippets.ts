/**
 * Single expressions and statements of a program as its module prints them, before the formatter: for
 * texts that quote a module rather than being one.
 */
import type { Expression, Program, ProgramSymbol, Statement } from '../ir/program.js';
import { createContext } from './context.js';
import { print, printArray } from './print-expression.js';
import { printStatements } from './print-statement.js';

/** Prints parts of one program; the parts must be the program's own. */
export interface Snippets {
  readonly name: (symbol: ProgramSymbol) => string;
  readonly expression: (expression: Expression) => string;
  /** The first line of a statement: of a loop or a condition its head, without brace or body. */
  readonly head: (statement: Statement) => string;
  /** All lines of a statement, indented by their depth in it. */
  readonly lines: (statement: Statement) => readonly string[];
}

/** The printer of a legal, lowered program's parts. */
export function createSnippets(program: Program): Snippets {
  const { context } = createContext(program);
  const printed = (statement: Statement): string =>
    printStatements([statement], context, (value) => printArray(value, context));
  return {
    name: (symbol) => context.names.of(symbol),
    expression: (expression) => print(expression, context),
    head: (statement) => codeLines(printed(withoutBody(statement)))[0].replace(/ \{$/, ''),
    lines: (statement) => indented(codeLines(printed(statement))),
  };
}

function withoutBody(statement: Statement): Statement {
  switch (statement.kind) {
    case 'for':
    case 'for-of':
      return { ...statement, body: [] };
    case 'if':
      return { ...statement, then: [], otherwise: [] };
    case 'const':
    case 'let':
    case 'allocate':
    case 'assign':
    case 'append':
    case 'return':
      return statement;
  }
}

/** Without the comments, which stand on lines of their own. */
function codeLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('//'));
}

/** Two spaces for every brace that is open where a line begins. */
function indented(lines: readonly string[]): readonly string[] {
  let depth = 0;
  return lines.map((line) => {
    if (line.startsWith('}')) depth--;
    const shown = `${'  '.repeat(depth)}${line}`;
    if (line.endsWith('{')) depth++;
    return shown;
  });
}
