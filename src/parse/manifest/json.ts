/**
 * A strict JSON reader (RFC 8259) that keeps the row and column of every value, so that a mistake in a
 * manifest can be pointed at. Stricter than the standard in one point: a repeated key is an error.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';

/** A value and where it begins, row and column from 1 (columns count UTF-16 units). */
export type JsonNode = { readonly row: number; readonly column: number } & (
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
);

/** Deeper nesting than this is no manifest; the limit keeps hostile files off the call stack. */
const DEEPEST_NESTING = 64;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$+.-]+/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The text under the reader and how far it has come. */
interface Reader {
  readonly text: string;
  readonly file: string;
  at: number;
  /** The line last asked about and where it begins: places are asked for in the order of the text. */
  row: number;
  lineStart: number;
  /** End of that line; beyond the text for the last line. */
  lineEnd: number;
}

/**
 * Parses a whole text as one JSON value; a leading byte order mark is skipped.
 *
 * @throws Diagnostic JSON_SYNTAX or JSON_DUPLICATE_KEY, with file, row and column.
 */
export function parseJson(text: string, file: string): JsonNode {
  const at = text.startsWith('\ufeff') ? 1 : 0;
  const reader: Reader = { text, file, at, row: 1, lineStart: 0, lineEnd: endOfLine(text, 0) };
  const node = readValue(reader, 0);
  skipBlanks(reader);
  if (reader.at < text.length) throw unexpected(reader, 'the end of the file');
  return node;
}

function readValue(reader: Reader, depth: number): JsonNode {
  skipBlanks(reader);
  const { row, column } = placeAt(reader, reader.at);
  if (depth > DEEPEST_NESTING) throw unexpected(reader, `at most ${DEEPEST_NESTING} levels`);
  switch (reader.text[reader.at]) {
    case '{':
      return { row, column, kind: 'object', entries: readObject(reader, depth) };
    case '[':
      return { row, column, kind: 'array', items: readArray(reader, depth) };
    case '"':
      return { row, column, kind: 'string', value: readString(reader, 'a string') };
    default:
      return readScalar(reader, row, column);
  }
}

function readObject(reader: Reader, depth: number): Map<string, JsonNode> {
  const entries = new Map<string, JsonNode>();
  reader.at++;
  skipBlanks(reader);
  if (take(reader, '}')) return entries;
  do {
    skipBlanks(reader);
    const keyAt = reader.at;
    const key = readString(reader, 'a key in double quotes');
    if (entries.has(key)) {
      const place = { file: reader.file, ...placeAt(reader, keyAt) };
      throw diagnose('JSON_DUPLICATE_KEY', place, { key });
    }
    skipBlanks(reader);
    if (!take(reader, ':')) throw unexpected(reader, '":"');
    entries.set(key, readValue(reader, depth + 1));
    skipBlanks(reader);
  } while (take(reader, ','));
  if (!take(reader, '}')) throw unexpected(reader, '"," or "}"');
  return entries;
}

function readArray(reader: Reader, depth: number): JsonNode[] {
  const items: JsonNode[] = [];
  reader.at++;
  skipBlanks(reader);
  if (take(reader, ']')) return items;
  do {
    items.push(readValue(reader, depth + 1));
    skipBlanks(reader);
  } while (take(reader, ','));
  if (!take(reader, ']')) throw unexpected(reader, '"," or "]"');
  return items;
}

function readString(reader: Reader, expected: string): string {
  const start = reader.at;
  if (!take(reader, '"')) throw unexpected(reader, expected);
  do {
    skipPlain(reader);
  } while (match(reader, ESCAPE) !== '');
  if (!take(reader, '"')) throw unexpected(reader, 'the end of the string');
  // The slice has been checked against the grammar, so this neither throws nor yields an object.
  return String(JSON.parse(reader.text.slice(start, reader.at)));
}

function readScalar(reader: Reader, row: number, column: number): JsonNode {
  const start = reader.at;
  const number = match(reader, NUMBER);
  if (number !== '' && !/[\w.]/.test(reader.text[reader.at] ?? '')) {
    return { row, column, kind: 'number', value: Number(number) };
  }
  reader.at = start;
  const word = match(reader, WORD);
  if (word === 'true' || word === 'false') {
    return { row, column, kind: 'boolean', value: word === 'true' };
  }
  if (word === 'null') return { row, column, kind: 'null' };
  reader.at = start;
  throw unexpected(reader, 'a value');
}

function skipBlanks(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const character = text[reader.at];
    const isBlank =
      character === ' ' || character === '\n' || character === '\r' || character === '\t';
    if (!isBlank) return;
    reader.at++;
  }
}

/** Moves behind the characters of a string that stand for themselves. */
function skipPlain(reader: Reader): void {
  const { text } = reader;
  while (reader.at < text.length) {
    const character = text[reader.at];
    if (character < ' ' || character === '"' || character === '\\') return;
    reader.at++;
  }
}

function take(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

/** Consumes what the sticky pattern matches here; '' where it does not match. */
function match(reader: Reader, pattern: RegExp): string {
  // Set before every use, so that nothing is carried from one match to the next.
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? '';
  reader.at += found.length;
  return found;
}

function unexpected(reader: Reader, expected: string): Diagnostic {
  const place = { file: reader.file, ...placeAt(reader, reader.at) };
  return diagnose('JSON_SYNTAX', place, { expected, found: describeNext(reader) });
}

function describeNext(reader: Reader): string {
  if (reader.at >= reader.text.length) return 'the end of the file';
  const word = match(reader, WORD);
  const shown = word === '' ? String.fromCodePoint(reader.text.codePointAt(reader.at) ?? 0) : word;
  return shown === '\n' || shown === '\r' ? 'the end of the line' : JSON.stringify(shown);
}

/** Expects `at` not to be before the line last asked about, so that a text is walked once. */
/** Expects `at` not to be before the line last asked about, so that a text is walked once. */
function placeAt(reader: Reader, at: number): { row: number; column: number } {
  while (reader.lineEnd < at) {
    reader.row++;
    reader.lineStart = reader.lineEnd + 1;
    reader.lineEnd = endOfLine(reader.text, reader.lineStart);
  }
  return { row: reader.row, column: at - reader.lineStart + 1 };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? Infinity : end;
}
