/**
 * Text → formula, by recursive descent. Binding, from loose to tight: `a ? b : c`, `==`, comparisons,
 * sums, products, the minus sign, powers (to the right, `**` too), calls. A name is a variable if one has
 * it, else a number (`pi`, `e`); `x^2` and `x^3` are `square` and `cube`, `-2` is a number.
 */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import type { Place } from '../../../diagnostics/diagnostic.js';
import { nearestWord } from '../../../diagnostics/nearest.js';
import { call, constant, variable } from '../formula.js';
import type { Formula } from '../formula.js';
import { FUNCTIONS, FUNCTION_ALIASES, INFIX, LEVELS, NUMBER_NAMES } from './notation.js';
import { tokensOf } from './tokens.js';
import type { Token } from './tokens.js';

const NO_FUNCTIONS: ReadonlyMap<string, OwnFunction> = new Map();

/** Deeper texts are refused before they exhaust the stack. */
const DEEPEST = 200;

/** A function besides the built-in ones: what trees call it, and how many arguments it takes. */
export interface OwnFunction {
  readonly operator: string;
  /** Absent: any number. */
  readonly arity?: number;
}

interface Reader {
  readonly functions: ReadonlyMap<string, OwnFunction>;
  readonly tokens: readonly Token[];
  readonly names: readonly string[];
  readonly place: Place;
  next: number;
  depth: number;
}

/**
 * The formula that a text means over variables of these names. `place` says where the text stands (an
 * option, a file); diagnostics add the column. `functions` are those of the user, by name.
 *
 * @throws Diagnostic FORMULA_SYNTAX, FORMULA_UNKNOWN_NAME, FORMULA_UNKNOWN_FUNCTION, FORMULA_ARGUMENTS
 *   or FORMULA_TOO_DEEP.
 */
export function parseFormula(
  text: string,
  names: readonly string[],
  place: Place = {},
  functions: ReadonlyMap<string, OwnFunction> = NO_FUNCTIONS,
): Formula {
  const tokens = tokensOf(text, place);
  const reader: Reader = { tokens, names, place, functions, next: 0, depth: 0 };
  const formula = readConditional(reader);
  if (peek(reader).kind !== 'end') throw unexpected(reader, 'an operator or the end');
  return formula;
}

function peek({ tokens, next }: Reader): Token {
  return tokens[next];
}

function isSign(reader: Reader, text: string): boolean {
  const { kind, text: found } = peek(reader);
  return kind === 'sign' && found === text;
}

/** Takes the sign if it stands next. */
function takeSign(reader: Reader, text: string): boolean {
  const isThere = isSign(reader, text);
  if (isThere) reader.next++;
  return isThere;
}

function expectSign(reader: Reader, text: string): void {
  if (!takeSign(reader, text)) throw unexpected(reader, `"${text}"`);
}

function readConditional(reader: Reader): Formula {
  reader.depth++;
  if (reader.depth > DEEPEST) throw tooDeep(reader);
  const test = readInfix(reader, LEVELS.equality);
  const formula = takeSign(reader, '?') ? readBranches(reader, test) : test;
  reader.depth--;
  return formula;
}

function readBranches(reader: Reader, test: Formula): Formula {
  const yes = readConditional(reader);
  expectSign(reader, ':');
  return call('cond', test, yes, readConditional(reader));
}

/** Operators of this level and tighter ones, to the left. */
function readInfix(reader: Reader, level: number): Formula {
  if (level >= LEVELS.unary) return readUnary(reader);
  let left = readInfix(reader, level + 1);
  while (peek(reader).kind === 'sign' && INFIX.get(peek(reader).text) === level) {
    const operator = peek(reader).text;
    reader.next++;
    left = call(operator, left, readInfix(reader, level + 1));
  }
  return left;
}

function readUnary(reader: Reader): Formula {
  if (takeSign(reader, '+')) return readNested(reader, readUnary);
  if (!takeSign(reader, '-')) return readPower(reader);
  const start = reader.next;
  const argument = readNested(reader, readUnary);
  const isNumber = reader.next === start + 1 && reader.tokens[start].kind === 'number';
  return isNumber && argument.kind === 'constant'
    ? constant(-argument.value)
    : call('neg', argument);
}

function readPower(reader: Reader): Formula {
  const base = readAtom(reader);
  if (!takeSign(reader, '^')) return base;
  const exponent = readNested(reader, readUnary);
  if (exponent.kind === 'constant' && exponent.value === 2) return call('square', base);
  if (exponent.kind === 'constant' && exponent.value === 3) return call('cube', base);
  return call('pow', base, exponent);
}

/** One level deeper: chains such as `---x` and `x^x^x` nest without parentheses. */
function readNested(reader: Reader, read: (reader: Reader) => Formula): Formula {
  reader.depth++;
  if (reader.depth > DEEPEST) throw tooDeep(reader);
  const formula = read(reader);
  reader.depth--;
  return formula;
}

function readAtom(reader: Reader): Formula {
  const token = peek(reader);
  if (takeSign(reader, '(')) {
    const inner = readConditional(reader);
    expectSign(reader, ')');
    return inner;
  }
  if (token.kind === 'sign' || token.kind === 'end') {
    throw unexpected(reader, 'a number, a name or "("');
  }
  reader.next++;
  if (token.kind === 'number') return constant(Number(token.text));
  if (token.kind === 'name' && isSign(reader, '(')) return readCall(reader, token);
  const value = namedValue(reader, token);
  if (value === undefined) throw unexpected(reader, `"(" after ${token.text}`);
  return value;
}

function readCall(reader: Reader, { text, column }: Token): Formula {
  const own = reader.functions.get(text);
  const name = own?.operator ?? FUNCTION_ALIASES.get(text) ?? text;
  const arity = own === undefined ? FUNCTIONS.get(name) : own.arity;
  const place = { ...reader.place, column };
  if (arity === undefined && own === undefined) {
    const known = [...reader.functions.keys(), ...FUNCTIONS.keys()];
    const nearest = nearestWord(text, known);
    throw diagnose('FORMULA_UNKNOWN_FUNCTION', place, { word: text, nearest, known });
  }
  expectSign(reader, '(');
  const parts: Formula[] = [];
  if (!isSign(reader, ')')) {
    do parts.push(readConditional(reader));
    while (takeSign(reader, ','));
  }
  expectSign(reader, ')');
  if (arity !== undefined && parts.length !== arity) {
    const actual = parts.length;
    throw diagnose('FORMULA_ARGUMENTS', place, { name: text, expected: arity, actual });
  }
  return call(name, ...parts);
}

/** The variable or number of a name; `undefined` where it is a function's. */
function namedValue({ names, place }: Reader, { kind, text, column }: Token): Formula | undefined {
  const index = names.indexOf(text);
  if (index >= 0) return variable(index);
  const value = kind === 'name' ? NUMBER_NAMES.get(text) : undefined;
  if (value !== undefined) return constant(value);
  if (kind === 'name' && FUNCTIONS.has(FUNCTION_ALIASES.get(text) ?? text)) return undefined;
  const nearest = nearestWord(text, names);
  throw diagnose(
    'FORMULA_UNKNOWN_NAME',
    { ...place, column },
    { word: text, nearest, known: names },
  );
}

function unexpected(reader: Reader, expected: string): Error {
  const { kind, text, column } = peek(reader);
  const found = kind === 'end' ? 'the end' : `"${text}"`;
  return diagnose('FORMULA_SYNTAX', { ...reader.place, column }, { expected, found });
}

function tooDeep(reader: Reader): Error {
  const place = { ...reader.place, column: peek(reader).column };
  return diagnose('FORMULA_TOO_DEEP', place, { limit: DEEPEST });
}
