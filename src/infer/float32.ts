/**
 * A program in which every result is rounded to float32: what `ir/float32.ts` says of networks, said of
 * statements.
 *
 *   sum += weights[j] * cells[j]   →   sum = Math.fround(sum + Math.fround(weights[j] * Math.fround(cells[j])))
 *
 * Positions stay as they are, and so do counts where they are surely small: such integers are exact. Helpers round inside: the program is
 * marked, and the emitter prints their float32 variants.
 */
import { add, assign, element, math, num, ref, subtract } from '../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../ir/program.js';
import { foreignSymbols, wholeSymbols } from './float32-facts.js';
import { mapBlocks, mapExpressions, mapOperands } from './rewrite.js';

export interface RoundingOptions {
  /** Whether integers that the program computes from its inputs are surely float32 numbers. */
  readonly integersStaySmall: boolean;
}

/** The program with all its arithmetic on numbers of the network rounded. Assumes a lowered program. */
export function roundOperations(program: Program, options: RoundingOptions): Program {
  const rounding = new Rounding(program, options);
  return {
    ...program,
    precision: 'float32',
    body: program.body.map((statement) => rounding.statement(statement)),
  };
}

class Rounding {
  private readonly whole: ReturnType<typeof wholeSymbols>;
  private readonly foreign: ReadonlySet<ProgramSymbol>;

  constructor(program: Program, options: RoundingOptions) {
    this.whole = wholeSymbols(program, options.integersStaySmall);
    this.foreign = foreignSymbols(program);
  }

  statement(statement: Statement): Statement {
    switch (statement.kind) {
      case 'for':
      case 'for-of':
      case 'allocate':
        return mapBlocks(statement, (block) => block.map((inner) => this.statement(inner)));
      case 'assign':
        return this.assignment(statement);
      case 'const':
      case 'let':
      case 'append':
      case 'if':
      case 'return':
        return mapBlocks(
          mapExpressions(statement, (expression) => this.value(expression)),
          (block) => block.map((inner) => this.statement(inner)),
        );
    }
  }

  private assignment(statement: Extract<Statement, { readonly kind: 'assign' }>): Statement {
    const { symbol, indices, operator } = statement;
    const value = this.value(statement.value);
    if (operator === '=' || this.whole.symbols.has(symbol)) return { ...statement, value };
    const old = indices.length === 0 ? ref(symbol) : element(symbol, ...indices);
    const next = operator === '+=' ? add(old, value) : subtract(old, value);
    return assign(symbol, indices, '=', rounded(next));
  }

  /** The expression with every operation in it rounded, indices left alone. */
  private value(expression: Expression): Expression {
    switch (expression.kind) {
      case 'number':
        return num(Math.fround(expression.value));
      case 'symbol':
        return this.read(expression, expression.symbol);
      case 'element':
        return this.read(expression, expression.array);
      case 'binary': {
        const inner = mapOperands(expression, (operand) => this.value(operand));
        return ROUNDED.has(expression.operator) && !this.whole.isWhole(expression)
          ? rounded(inner)
          : inner;
      }
      case 'math': {
        const inner = mapOperands(expression, (operand) => this.value(operand));
        return INEXACT.has(expression.function) ? rounded(inner) : inner;
      }
      case 'helper': {
        if (expression.helper === 'dense') return expression;
        const inner = mapOperands(expression, (operand) => this.value(operand));
        return expression.helper === 'erf' ? rounded(inner) : inner;
      }
      case 'boolean':
      case 'unary':
      case 'conditional':
      case 'array':
      case 'reduction':
        return mapOperands(expression, (operand) => this.value(operand));
    }
  }

  /** A number of the caller becomes a float32 when it is read. */
  private read(expression: Expression, symbol: ProgramSymbol): Expression {
    const indices = expression.kind === 'element' ? expression.indices.length : 0;
    const isNumber = indices === symbol.type.extents.length;
    return isNumber && this.foreign.has(symbol) && !this.whole.symbols.has(symbol)
      ? rounded(expression)
      : expression;
  }
}

/** Operators whose float64 result need not be a float32; a remainder always is one. */
const ROUNDED: ReadonlySet<string> = new Set(['+', '-', '*', '/', '**']);

/** Functions of float32 numbers that are no float32 numbers themselves. */
const INEXACT: ReadonlySet<string> = new Set([
  'exp',
  'expm1',
  'log',
  'log1p',
  'sqrt',
  'cbrt',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
]);

function rounded(expression: Expression): Expression {
  if (expression.kind === 'number') return num(Math.fround(expression.value));
  if (expression.kind === 'math' && expression.function === 'fround') return expression;
  return math('fround', expression);
}
