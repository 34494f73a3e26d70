/**
 * Reads texts that hold tables of numbers and nothing else, as weights modules do, without a node for each
 * number. The grammar is a small part of TypeScript's, told by its characters; a text that leaves it in
 * any way is not read here but by TypeScript's parser (`read-text.ts`), so nothing is ever guessed.
 *
 *   module   comments and declarations
 *   comment  // to the end of the line
 *   table    export const NAME: TYPE = ARRAY;      TYPE   readonly number[], readonly (TYPE)[]
 *   ARRAY    [NUMBER, ..]  or  [ARRAY, ..]         NUMBER -?digits[.digits][e[+-]digits]
 */
import type { ModuleSyntax, StatementSyntax, Syntax } from './syntax.js';

/** Names that the language keeps for itself: a text that declares one is for the parser to refuse. */
const RESERVED = new Set(['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface', 'let', 'new', 'null', 'package', 'private', 'protected', 'public', 'return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield']); // prettier-ignore

const DECLARATION = /export const ([A-Za-z_$][\w$]*): ([^=\n]*) = /y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/y;
/** Whitespace and comments; other line ends than \n, which end a comment too, are not for this reader. */
const BLANK = /(?:[ \n]|\/\/[^\n\r\u2028\u2029]*\n)*/y;
/** What a number must be followed by. */
const SEPARATORS = new Set([',', ' ', '\n', ']']);

/** The module, if it holds tables of numbers only; else `undefined`. */
export function readTables(text: string): ModuleSyntax | undefined {
  return new TableReader(text).readModule();
}

class TableReader {
  private at = 0;
  // Sticky patterns keep their place: copies of this reader's own.
  private readonly blank = new RegExp(BLANK);
  private readonly number = new RegExp(NUMBER);
  private readonly declaration = new RegExp(DECLARATION);

  constructor(private readonly text: string) {}

  readModule(): ModuleSyntax | undefined {
    const body: StatementSyntax[] = [];
    const exports = new Map<string, string>();
    this.skip(this.blank);
    while (this.at < this.text.length) {
      const start = this.at;
      this.declaration.lastIndex = start;
      const match = this.declaration.exec(this.text);
      if (match === null) return undefined;
      const [whole, name, type] = match;
      if (RESERVED.has(name) || exports.has(name) || !isTableType(type)) return undefined;
      this.at += whole.length;
      const value = this.readArray();
      if (value === undefined || !this.take(';')) return undefined;
      const pattern = { kind: 'name', at: start + 'export const '.length, name } as const;
      body.push({ kind: 'declare', at: pattern.at, constant: true, pattern, value });
      exports.set(name, name);
      this.skip(this.blank);
    }
    return { imports: [], body, exports, text: this.text };
  }

  private readArray(): Syntax | undefined {
    const start = this.at;
    if (!this.take('[')) return undefined;
    this.skip(this.blank);
    if (this.text[this.at] !== '[') return this.readNumbers(start);
    const elements: Syntax[] = [];
    while (!this.take(']')) {
      const element = this.readArray();
      if (element === undefined) return undefined;
      elements.push(element);
      if (!this.isSeparated()) return undefined;
    }
    return { kind: 'array', at: start, elements };
  }

  private readNumbers(start: number): Syntax | undefined {
    const { text } = this;
    const values: number[] = [];
    while (!this.take(']')) {
      const from = this.at;
      this.skip(this.number);
      // Number('') is 0: an empty match is none.
      if (this.at === from || !SEPARATORS.has(text[this.at])) return undefined;
      values.push(Number(text.slice(from, this.at)));
      if (!this.isSeparated()) return undefined;
    }
    return { kind: 'numbers', at: start, values: Float64Array.from(values) };
  }

  /** Takes the comma behind an element and what is blank around it; false if one is missing. */
  private isSeparated(): boolean {
    this.skip(this.blank);
    const isLast = this.text[this.at] === ']';
    if (!isLast && !this.take(',')) return false;
    this.skip(this.blank);
    return true;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
  }
}

/** `readonly number[]`, or the same of such a type in parentheses. */
function isTableType(type: string): boolean {
  let inner = type;
  while (inner.startsWith('readonly (') && inner.endsWith(')[]')) {
    inner = inner.slice('readonly ('.length, -')[]'.length);
  }
  return inner === 'readonly number[]';
}
