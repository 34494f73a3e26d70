/**
 * Takes long arrays of numbers out of a text before it is parsed, so that millions of weights need no
 * node each. An array that is lifted leaves an empty one of the same length behind: every place of the
 * text stays where it was. Whether an array stood there at all (and no comment, string or type) is
 * for the parser to say, which must find the empty one: see `read-text.ts`.
 *
 *   ARRAY   [NUMBER, ..]  or  [ARRAY, ..]         NUMBER   -?digits[.digits][e[+-]digits]
 */
import type { Syntax } from './syntax.js';

/** Shorter arrays are left to the parser. */
const LEAST_NUMBERS = 256;

/** Where an array may begin: behind a `=` or a `(`. */
const CANDIDATE = /[=(]\s*(?=\[)/g;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/y;
const BLANK = /[ \n]*/y;
/** What a number must be followed by. */
const ENDS = new Set([',', ' ', '\n', ']']);

interface Lifted {
  readonly text: string;
  /** The arrays by the place of their bracket. */
  readonly tables: ReadonlyMap<number, Syntax>;
  /** How many numbers they hold together. */
  readonly numbers: number;
}

/** The text without its long arrays of numbers, and these. */
export function liftTables(text: string): Lifted {
  const tables = new Map<number, Syntax>();
  const kept: string[] = [];
  let numbers = 0;
  let end = 0;
  const candidate = new RegExp(CANDIDATE);
  while (candidate.exec(text) !== null) {
    const start = candidate.lastIndex;
    const reader = new ArrayReader(text, start);
    const table = reader.read();
    if (table === undefined || reader.count < LEAST_NUMBERS) continue;
    tables.set(start, table);
    numbers += reader.count;
    kept.push(text.slice(end, start), emptied(text.slice(start, reader.at)));
    end = candidate.lastIndex = reader.at;
  }
  return { text: tables.size === 0 ? text : kept.join('') + text.slice(end), tables, numbers };
}

/** An empty array with as many characters, and the same line ends. */
function emptied(array: string): string {
  const lines = array.slice(1, -1).split('\n');
  return `[${lines.map(({ length }) => ' '.repeat(length)).join('\n')}]`;
}

/** Reads one array; `undefined` where it holds anything but numbers and arrays of them. */
class ArrayReader {
  /** Numbers so far. */
  count = 0;
  // Sticky patterns keep their place: copies of this reader's own.
  private readonly blank = new RegExp(BLANK);
  private readonly number = new RegExp(NUMBER);

  constructor(
    private readonly text: string,
    /** Behind what has been read. */
    public at: number,
  ) {}

  read(): Syntax | undefined {
    const start = this.at;
    if (!this.take('[')) return undefined;
    this.skip(this.blank);
    if (this.text[this.at] !== '[') return this.readNumbers(start);
    const elements: Syntax[] = [];
    while (!this.take(']')) {
      const element = this.read();
      if (element === undefined || !this.separates()) return undefined;
      elements.push(element);
    }
    return { kind: 'array', at: start, elements };
  }

  private readNumbers(start: number): Syntax | undefined {
    const { text } = this;
    const values: number[] = [];
    while (!this.take(']')) {
      const from = this.at;
      this.skip(this.number);
      if (this.at === from || !ENDS.has(text[this.at])) return undefined;
      values.push(Number(text.slice(from, this.at)));
      if (!this.separates()) return undefined;
    }
    this.count += values.length;
    return { kind: 'numbers', at: start, values: Float64Array.from(values) };
  }

  /** Takes the comma behind an element; false where neither it nor the end comes. */
  private separates(): boolean {
    this.skip(this.blank);
    if (this.text[this.at] === ']') return true;
    if (!this.take(',')) return false;
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
