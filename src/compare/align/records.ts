/**
 * A statement as it is compared: what kind it is, which symbol it is about, its expressions as forms with
 * their roles, and its blocks. Statements that only name a cell of an input are left out.
 */
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { formOf } from './forms.js';
import type { Aliases, Form } from './forms.js';

/** What an expression is to its statement. */
export type Role = 'value' | 'target' | 'start' | 'end' | 'condition';

export interface StatementRecord {
  readonly statement: Statement;
  /** Statements of different words are never the same one. */
  readonly word: string;
  /** The symbol that it declares, fills or iterates. */
  readonly symbol?: ProgramSymbol;
  /** Whether it declares the symbol. */
  readonly declares: boolean;
  readonly forms: readonly (readonly [role: Role, form: Form])[];
  /** Numbers of a loop or an array by what they are. */
  readonly numbers: readonly (readonly [what: string, value: number])[];
  readonly blocks: readonly (readonly StatementRecord[])[];
  /** Parts, those of its blocks included. */
  readonly size: number;
}

/** The constants of a program that only name one cell of an input. */
export function aliasesOf(program: Program): Aliases {
  const aliases = new Map<ProgramSymbol, Extract<Expression, { kind: 'element' }>>();
  for (const statement of program.body) {
    if (statement.kind !== 'const' || statement.value.kind !== 'element') continue;
    const { array, indices } = statement.value;
    const isCell =
      program.parameters.includes(array) &&
      indices.length === array.type.extents.length &&
      indices.every(({ kind }) => kind === 'number');
    if (isCell) aliases.set(statement.symbol, statement.value);
  }
  return aliases;
}

/** The statements of a block, in order. */
export function recordsOf(
  block: readonly Statement[],
  aliases: Aliases,
): readonly StatementRecord[] {
  return block
    .filter((statement) => statement.kind !== 'const' || !aliases.has(statement.symbol))
    .map((statement) => recordOf(statement, aliases));
}

function recordOf(statement: Statement, aliases: Aliases): StatementRecord {
  const form = (expression: Expression): Form => formOf(expression, aliases);
  switch (statement.kind) {
    case 'const':
    case 'let':
      return record(statement, statement.kind === 'const' ? 'gives' : 'starts', {
        symbol: statement.symbol,
        declares: true,
        forms: [['value', form(statement.value)]],
      });
    case 'allocate': {
      const fill = typeof statement.fill === 'number' ? statement.fill : Number(statement.fill);
      const extents = statement.symbol.type.extents.map((extent) => ['extent', extent] as const);
      return record(statement, 'allocates', {
        symbol: statement.symbol,
        declares: true,
        numbers: [['fill', fill], ...extents],
      });
    }
    case 'for':
      return record(statement, 'loops', {
        symbol: statement.iterator,
        declares: true,
        forms: [
          ['start', form(statement.from)],
          ['end', form(statement.to)],
        ],
        numbers: [['step', statement.step]],
        blocks: [recordsOf(statement.body, aliases)],
      });
    case 'for-of':
      return record(statement, 'lists', {
        symbol: statement.iterator,
        declares: true,
        numbers: statement.values.map((value) => ['position', value] as const),
        blocks: [recordsOf(statement.body, aliases)],
      });
    case 'assign': {
      const { symbol, indices, operator, value } = statement;
      const target: Expression =
        indices.length === 0
          ? { kind: 'symbol', symbol }
          : { kind: 'element', array: symbol, indices };
      // Taking away is adding the opposite.
      const added: Expression =
        operator === '-=' ? { kind: 'unary', operator: '-', operand: value } : value;
      return record(statement, operator === '=' ? 'sets' : 'adds', {
        symbol,
        forms: [
          ['target', form(target)],
          ['value', form(added)],
        ],
      });
    }
    case 'append':
      return record(statement, 'appends', {
        symbol: statement.symbol,
        forms: [['value', form(statement.value)]],
      });
    case 'if':
      return record(statement, 'asks', {
        forms: [['condition', form(statement.condition)]],
        blocks: [recordsOf(statement.then, aliases), recordsOf(statement.otherwise, aliases)],
      });
    case 'return':
      return record(statement, 'returns', { forms: [['value', form(statement.value)]] });
  }
}

function record(
  statement: Statement,
  word: string,
  parts: Partial<Omit<StatementRecord, 'statement' | 'word' | 'size'>>,
): StatementRecord {
  const { symbol, declares = false, forms = [], numbers = [], blocks = [] } = parts;
  const size =
    1 +
    forms.reduce((sum, [, form]) => sum + form.size, 0) +
    blocks.flat().reduce((sum, inner) => sum + inner.size, 0);
  return {
    statement,
    word,
    ...(symbol === undefined ? {} : { symbol }),
    declares,
    forms,
    numbers,
    blocks,
    size,
  };
}
