/**
 * Names, resolved last: every symbol of a program gets a legal identifier as close to its hint as its
 * scope allows. Two symbols may share a name where neither sees the other (two loops over `row`), and
 * no name ever hides another one. Symbols are named in program order, so the result is stable.
 * Assumes a lowered program (no reductions).
 */
import type { Program, ProgramSymbol, Statement } from '../ir/program.js';
import { RESERVED_WORDS } from './reserved-words.js';

export interface Names {
  /** The identifier of a symbol of the program. */
  readonly of: (symbol: ProgramSymbol) => string;
  /**
   * A further identifier for a function whose parameters are those of `scores`, distinct from the
   * module's names and from everything in `taken`.
   */
  readonly local: (hint: string, taken?: readonly string[]) => string;
}

/**
 * Names all symbols of a program. `moduleNames` are identifiers that the module declares besides
 * (helpers, checks).
 */
export function resolveNames(program: Program, moduleNames: readonly string[]): Names {
  const names = new Map<ProgramSymbol, string>();
  const outer = new Set([...RESERVED_WORDS, ...moduleNames]);
  const give = (symbol: ProgramSymbol, taken: Set<string>): void => {
    const name = freeName(symbol.hint, taken);
    names.set(symbol, name);
    taken.add(name);
  };
  for (const table of program.tables) give(table.symbol, outer);
  for (const parameter of program.parameters) give(parameter, outer);
  nameBlock(program.body, outer, give);
  return {
    of: (symbol) => {
      const name = names.get(symbol);
      if (name === undefined) throw new Error(`the symbol '${symbol.hint}' is never declared`);
      return name;
    },
    local: (hint, taken = []) => freeName(hint, new Set([...outer, ...taken])),
  };
}

/** Names a block's own symbols before those of inner blocks, so that inner ones never hide them. */
function nameBlock(
  statements: readonly Statement[],
  outer: ReadonlySet<string>,
  give: (symbol: ProgramSymbol, taken: Set<string>) => void,
): void {
  const taken = new Set(outer);
  for (const statement of statements) {
    if (isDeclaration(statement)) give(statement.symbol, taken);
  }
  for (const statement of statements) {
    if (statement.kind === 'for' || statement.kind === 'for-of') {
      const inner = new Set(taken);
      give(statement.iterator, inner);
      nameBlock(statement.body, inner, give);
    } else if (statement.kind === 'if') {
      nameBlock(statement.then, taken, give);
      nameBlock(statement.otherwise, taken, give);
    }
  }
}

function isDeclaration(
  statement: Statement,
): statement is Extract<Statement, { kind: 'const' | 'let' | 'allocate' }> {
  return statement.kind === 'const' || statement.kind === 'let' || statement.kind === 'allocate';
}

/** Letters that count as one family: a second `i` is a `j`. */
const COUNTERS: readonly string[] = ['i', 'j', 'k', 'l', 'm', 'n'];

/**
 * The hint as an identifier that is not taken: a counter's letter gives way to the next one, any other
 * name gets the smallest number that makes it free.
 */
export function freeName(hint: string, taken: ReadonlySet<string>): string {
  const base = toIdentifier(hint);
  if (!taken.has(base)) return base;
  if (COUNTERS.includes(base)) {
    const letter = COUNTERS.slice(COUNTERS.indexOf(base)).find((next) => !taken.has(next));
    if (letter !== undefined) return letter;
  }
  const separator = /\d$/.test(base) ? '_' : '';
  for (let number = 2; ; number++) {
    const name = `${base}${separator}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Any text as a camelCase identifier: `assign true` becomes `assignTrue`; it may be reserved. */
export function toIdentifier(text: string): string {
  const words = text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const joined = words
    .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word))
    .map((word, index) => (index === 0 ? decapitalize(word) : capitalize(word)))
    .join('');
  const legal = joined.replace(/\P{ID_Continue}/gu, '');
  if (legal === '') return 'value';
  return /^\p{ID_Start}/u.test(legal) ? legal : `x${legal}`;
}

export function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function decapitalize(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}
