/**
 * What rounding to float32 has to know of a program: which symbols can only hold integers, and which are
 * the caller's.
 */
import type { InputTensor } from '../ir/model-interface.js';
import type { Expression, Program, ProgramSymbol } from '../ir/program.js';
import { visitStatements } from './rewrite.js';

export interface Whole {
  readonly symbols: ReadonlySet<ProgramSymbol>;
  /** Whether a number can only be an integer. */
  readonly isWhole: (expression: Expression) => boolean;
}

/**
 * The symbols that hold nothing but integers: at first all that are written, then without those that take
 * what is no integer, until none is left to take out. Without `all`, only loops' counters and what is
 * computed from them once.
 */
export function wholeSymbols(
  { interface: model, parameters, tables, body }: Program,
  all: boolean,
): Whole {
  const symbols = new Set<ProgramSymbol>();
  const writes: { readonly symbol: ProgramSymbol; readonly value: Expression }[] = [];
  model.inputs.forEach((input, index) => {
    if (all && isWholeInput(input)) symbols.add(parameters[index]);
  });
  for (const { symbol, values } of tables) {
    if (all && values.every(Number.isInteger)) symbols.add(symbol);
  }
  visitStatements(body, (statement) => {
    switch (statement.kind) {
      case 'for':
      case 'for-of':
        symbols.add(statement.iterator);
        break;
      case 'allocate':
        if (all && Number.isInteger(statement.fill)) symbols.add(statement.symbol);
        break;
      case 'const':
      case 'let':
      case 'assign':
      case 'append':
        if (statement.kind === 'const' || (all && statement.kind !== 'assign'))
          symbols.add(statement.symbol);
        writes.push({ symbol: statement.symbol, value: statement.value });
        break;
      case 'if':
      case 'return':
        break;
    }
  });
  const isWhole = (expression: Expression): boolean => isInteger(expression, symbols);
  for (let changed = true; changed;) {
    changed = false;
    for (const { symbol, value } of writes) {
      if (symbols.has(symbol) && !isWhole(value)) changed = symbols.delete(symbol);
    }
  }
  return { symbols, isWhole };
}

function isWholeInput({ domain }: InputTensor): boolean {
  return domain.kind === 'values' && domain.values.every(Number.isInteger);
}

function isInteger(expression: Expression, known: ReadonlySet<ProgramSymbol>): boolean {
  const inner = (operand: Expression): boolean => isInteger(operand, known);
  switch (expression.kind) {
    case 'number':
      return Number.isInteger(expression.value);
    case 'symbol':
      return known.has(expression.symbol);
    case 'element':
      return known.has(expression.array);
    case 'unary':
      return expression.operator === '!' || inner(expression.operand);
    case 'binary':
      switch (expression.operator) {
        case '+':
        case '-':
        case '*':
        case '%':
          return inner(expression.left) && inner(expression.right);
        default:
          return false;
      }
    case 'conditional':
      return inner(expression.then) && inner(expression.otherwise);
    case 'math':
      if (['sign', 'floor', 'ceil', 'trunc'].includes(expression.function)) return true;
      return (
        ['abs', 'min', 'max'].includes(expression.function) && expression.arguments.every(inner)
      );
    case 'helper':
      return expression.helper === 'roundHalfEven';
    case 'array':
      return expression.elements.every(inner);
    case 'boolean':
    case 'reduction':
      return false;
  }
}

/** The parameters, and the constants that are parts of them. */
export function foreignSymbols({ parameters, body }: Program): ReadonlySet<ProgramSymbol> {
  const foreign = new Set(parameters);
  visitStatements(body, (statement) => {
    if (statement.kind !== 'const') return;
    const { symbol, value } = statement;
    const isPart = symbol.type.extents.length > 0;
    if (isPart && value.kind === 'element' && foreign.has(value.array)) foreign.add(symbol);
    if (isPart && value.kind === 'symbol' && foreign.has(value.symbol)) foreign.add(symbol);
  });
  return foreign;
}
