/**
 * What statements and expressions must have in common to be the same up to numbers, and how they are
 * called in diagnostics.
 */
import { dumpExpression } from '../ir/program-dump.js';
import type { Expression, ProgramSymbol, Statement } from '../ir/program.js';
import { expressionsOf, operandsOf } from './walk.js';

/** What two statements must share besides their expressions and blocks. */
export function label(statement: Statement): string {
  switch (statement.kind) {
    case 'const':
    case 'let':
      return `${statement.kind} ${statement.symbol.type.scalar}`;
    case 'allocate':
      return `allocate ${statement.symbol.type.scalar} ${String(statement.growing ?? statement.fill)}`;
    case 'for':
      return `for by ${statement.step}`;
    case 'for-of':
      return `for of ${statement.values.join()}`;
    case 'assign':
      return `assign ${statement.operator} ${statement.indices.length}`;
    case 'append':
      return 'append';
    case 'if':
      return `if ${statement.otherwise.length}`;
    case 'return':
      return 'return';
  }
}

/** The symbol that a statement declares, its loop's iterator included. */
export function declared(statement: Statement): ProgramSymbol | undefined {
  switch (statement.kind) {
    case 'const':
    case 'let':
    case 'allocate':
      return statement.symbol;
    case 'for':
    case 'for-of':
      return statement.iterator;
    case 'assign':
    case 'append':
    case 'if':
    case 'return':
      return undefined;
  }
}

/** What two expressions must share besides their operands. */
export function expressionLabel(expression: Expression): string {
  const count = operandsOf(expression).length;
  switch (expression.kind) {
    case 'boolean':
      return `boolean ${String(expression.value)}`;
    case 'unary':
    case 'binary':
      return `${expression.kind} ${expression.operator}`;
    case 'math':
      return `math ${expression.function} ${count}`;
    case 'helper':
      return `helper ${expression.helper}`;
    case 'number':
    case 'symbol':
    case 'element':
    case 'conditional':
    case 'array':
    case 'reduction':
      return `${expression.kind} ${count}`;
  }
}

/** A statement's first line, for diagnostics. */
export function describe(statement: Statement): string {
  const texts = expressionsOf(statement).map(dumpExpression);
  switch (statement.kind) {
    case 'const':
    case 'let':
      return `${statement.kind} ${statement.symbol.hint} = ${texts[0]}`;
    case 'allocate':
      return `array ${statement.symbol.hint} of ${texts.join(' × ')}`;
    case 'for': {
      const step = statement.step === 1 ? '' : ` by ${statement.step}`;
      return `loop ${statement.iterator.hint} = ${texts[0]} .. ${texts[1]}${step}`;
    }
    case 'for-of':
      return `loop ${statement.iterator.hint} of ${statement.values.join(', ')}`;
    case 'assign':
      return `${statement.symbol.hint} ${statement.operator} ${texts[texts.length - 1]}`;
    case 'append':
      return `${statement.symbol.hint} takes ${texts[0]}`;
    case 'if':
      return `if ${texts[0]}`;
    case 'return':
      return `return ${texts[0]}`;
  }
}

/** The name that a statement is about: what it declares, counts or assigns. */
export function nameIn(statement: Statement): string | undefined {
  const written = statement.kind === 'assign' || statement.kind === 'append';
  return written ? statement.symbol.hint : declared(statement)?.hint;
}
