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
  const foreign = new Set([...RESERVED_WORDS, ...moduleNames]);
  const outer = new Set(foreign);
  const give = (symbol: ProgramSymbol, taken: Set<string>, role: Role): void => {
    const others = OTHER_NAMES[role](symbol.hint, foreign);
    const name = freeName(symbol.hint, taken, others);
    names.set(symbol, name);
    taken.add(name);
  };
  for (const table of program.tables) give(table.symbol, outer, 'value');
  for (const parameter of program.parameters) give(parameter, outer, 'parameter');
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

/** What a symbol is to its readers: a loop's counter, an argument, or anything else. */
type Role = 'iterator' | 'parameter' | 'value';

/** What iterators are called inside a loop over the same axis: `r`, `s`, `t` below `row`. */
function shortForms(hint: string): readonly string[] {
  const [first] = toIdentifier(hint);
  const start = ALPHABET.indexOf(first);
  const letters = start < 0 ? [first] : ALPHABET.slice(start, start + SHORT_FORMS).split('');
  return letters.filter((letter) => !COUNTERS.includes(letter));
}

/** The names to fall back on, by role. */
const OTHER_NAMES: Readonly<
  Record<Role, (hint: string, foreign: ReadonlySet<string>) => readonly string[]>
> = { iterator: shortForms, parameter: () => [], value: otherForms };

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** Nested loops over one axis that get a letter. */
const SHORT_FORMS = 3;

/** What the second of two values of one kind is called, unless it only gives way to the module. */
function otherForms(hint: string, foreign: ReadonlySet<string>): readonly string[] {
  const base = toIdentifier(hint);
  if (SYNONYMS.has(base)) return [SYNONYMS.get(base) ?? base];
  if (foreign.has(base) || base.length < 3 || base.startsWith('other')) return [];
  return [`other${capitalize(base)}`];
}

/** Words for a second thing; `scores` is the name of the function, and often of its output too. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['scores', 'result'],
  ['flag', 'mark'],
  ['flags', 'marks'],
]);

/** Names a block's own symbols before those of inner blocks, so that inner ones never hide them. */
function nameBlock(
  statements: readonly Statement[],
  outer: ReadonlySet<string>,
  give: (symbol: ProgramSymbol, taken: Set<string>, role: Role) => void,
): void {
  const taken = new Set(outer);
  for (const statement of statements) {
    if (isDeclaration(statement)) give(statement.symbol, taken, 'value');
  }
  for (const statement of statements) {
    if (statement.kind === 'for' || statement.kind === 'for-of') {
      const inner = new Set(taken);
      give(statement.iterator, inner, 'iterator');
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
 * name to the first of `others` that is free, else it gets the smallest number that makes it free,
 * counting on from the others.
 */
export function freeName(
  hint: string,
  taken: ReadonlySet<string>,
  others: readonly string[] = [],
): string {
  const base = toIdentifier(hint);
  if (!taken.has(base)) return base;
  const other = others.find((name) => !taken.has(name));
  if (other !== undefined) return other;
  if (COUNTERS.includes(base)) {
    const letter = COUNTERS.slice(COUNTERS.indexOf(base)).find((next) => !taken.has(next));
    if (letter !== undefined) return letter;
  }
  const separator = /\d$/.test(base) ? '_' : '';
  for (let number = 2 + others.length; ; number++) {
    const name = `${base}${separator}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Characters of an identifier: a line has a hundred. */
const LONGEST_IDENTIFIER = 80;

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
  const whole = /^\p{ID_Start}/u.test(legal) ? legal : `x${legal}`;
  return Array.from(whole).slice(0, LONGEST_IDENTIFIER).join('');
}

export function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function decapitalize(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}
