/**
 * Scans the bytes of a weights CSV straight into one Float64Array, row-major: no text of the whole
 * file, no split. Digits are gathered as two exact whole numbers and scaled in twofold precision; the
 * few cells whose rounding stays in doubt, and everything unusual, go through `Number(text)`.
 * The result equals `Number` of each cell, bit for bit.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { LARGEST_EXPONENT, powersOfTen, scaled } from './decimal.js';

export interface CsvTable {
  readonly rows: number;
  readonly columns: number;
  /** rows × columns cells, row-major. */
  readonly cells: Float64Array;
}

const NEWLINE = 10;
const RETURN = 13;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const SMALL_E = 101;

/** The decimal point, as a distance from the digit zero. */
const POINT_DIGIT = POINT - ZERO;

/** Digits of an exponent that the scanner reads itself. */
const LONGEST_EXPONENT = 4;

/** Up to here powers of ten are doubles, so that one product or quotient rounds once. */
const LARGEST_EXACT_POWER = 22;

const POWERS = powersOfTen();

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

/** Where the scanner stands; one object for a whole file. */
interface Cursor {
  readonly bytes: Uint8Array;
  /** Offset behind the last cell that was read. */
  position: number;
}

/**
 * Reads `bytes` (UTF-8, byte order mark allowed, LF or CRLF, ends of line at the end of the file or
 * none) as a table of decimal numbers.
 *
 * @throws Diagnostic FILE_EMPTY, CSV_RAGGED_ROW, CSV_EMPTY_CELL, CSV_NOT_A_NUMBER, CSV_NOT_FINITE,
 *   with `file`, row and column (both from 1) as its place.
 */
export function scanCsv(bytes: Uint8Array, file: string): CsvTable {
  const start = hasByteOrderMark(bytes) ? 3 : 0;
  const end = endOfText(bytes, start);
  if (end === start) throw diagnose('FILE_EMPTY', { file }, {});
  const columns = countColumns(bytes, start, end);
  let cells = new Float64Array(columns * expectedRows(bytes, start, end));
  const cursor: Cursor = { bytes, position: start };
  let rows = 0;
  let count = 0;
  while (cursor.position < end) {
    if (count + columns > cells.length) cells = grown(cells, columns);
    const problem = scanRow(cursor, end, cells, count, columns);
    if (problem !== undefined) throw explain(problem, { file, row: rows + 1 }, bytes, end, columns);
    rows++;
    count += columns;
  }
  return { rows, columns, cells: cells.subarray(0, count) };
}

/** Why a row could not be read: too few or too many cells, or one cell at [from, to). */
type Problem =
  | { readonly kind: 'ragged'; readonly rowStart: number }
  | { readonly kind: 'cell'; readonly column: number; readonly from: number; readonly to: number };

/** Reads one line into `cells[count ...]`, and leaves the cursor at the start of the next line. */
function scanRow(
  cursor: Cursor,
  end: number,
  cells: Float64Array,
  count: number,
  columns: number,
): Problem | undefined {
  const { bytes } = cursor;
  const rowStart = cursor.position;
  for (let column = 0; column < columns; column++) {
    const from = cursor.position;
    let value = scanNumber(cursor, end);
    let next = cursor.position < end ? bytes[cursor.position] : NEWLINE;
    if (
      next === RETURN &&
      (cursor.position + 1 === end || bytes[cursor.position + 1] === NEWLINE)
    ) {
      cursor.position++;
      next = NEWLINE;
    }
    if (Number.isNaN(value) || (next !== COMMA && next !== NEWLINE)) {
      const to = endOfCell(bytes, from, end);
      value = slowNumber(bytes, from, to);
      if (!Number.isFinite(value)) return { kind: 'cell', column, from, to };
      cursor.position = bytes[to] === RETURN ? to + 1 : to;
      next = cursor.position < end ? bytes[cursor.position] : NEWLINE;
    }
    if ((next === COMMA) !== column + 1 < columns) return { kind: 'ragged', rowStart };
    cells[count + column] = value;
    cursor.position++;
  }
  return undefined;
}

/**
 * Reads a decimal number at the cursor and leaves the cursor behind it; NaN where the bytes are no
 * plain decimal number, or one that needs `Number(text)`. The caller looks at what follows.
 */
function scanNumber(cursor: Cursor, end: number): number {
  const { bytes } = cursor;
  let at = cursor.position;
  const sign = bytes[at];
  if (sign === MINUS || sign === PLUS) at++;
  const start = at;
  let pointAt = -1;
  let digit = bytes[at] - ZERO;
  while (digit === 0 || (digit === POINT_DIGIT && pointAt < 0)) {
    if (digit !== 0) pointAt = at;
    digit = bytes[++at] - ZERO;
  }
  // Three blocks of significant digits: nine, nine, and one; the point may stand anywhere. Numbers
  // of nine digits are small integers, which `| 0` tells the optimiser.
  let first = 0;
  let room = 9;
  for (;;) {
    for (; room > 0 && digit >= 0 && digit <= 9; room--) {
      first = (first * 10 + digit) | 0;
      digit = bytes[++at] - ZERO;
    }
    if (digit !== POINT_DIGIT || pointAt >= 0) break;
    pointAt = at;
    digit = bytes[++at] - ZERO;
  }
  let significant = 9 - room;
  let second = 0;
  let last = 0;
  if (room === 0) {
    room = 9;
    for (;;) {
      for (; room > 0 && digit >= 0 && digit <= 9; room--) {
        second = (second * 10 + digit) | 0;
        digit = bytes[++at] - ZERO;
      }
      if (digit !== POINT_DIGIT || pointAt >= 0) break;
      pointAt = at;
      digit = bytes[++at] - ZERO;
    }
    significant += 9 - room;
    if (digit >= 0 && digit <= 9) {
      last = digit;
      significant++;
      at++;
      if (bytes[at] === POINT && pointAt < 0) pointAt = at++;
      // A twentieth digit is no end of a number: the caller takes the slow way.
    }
  }
  const digits = at - start - (pointAt < 0 ? 0 : 1);
  let exponent = pointAt < 0 ? 0 : pointAt + 1 - at;
  cursor.position = at;
  if (digits === 0) return NaN;
  if (at < end && (bytes[at] | 32) === SMALL_E) exponent += scanExponent(cursor, end);
  if (Number.isNaN(exponent)) return NaN;
  const size = assemble(first, second, last, significant, exponent);
  return sign === MINUS ? -size : size;
}

/** Reads `e+12` at the cursor; NaN where no digits follow. Longer exponents are left for the slow way. */
function scanExponent(cursor: Cursor, end: number): number {
  const { bytes } = cursor;
  let at = cursor.position + 1;
  const sign = bytes[at];
  if (sign === MINUS || sign === PLUS) at++;
  const start = at;
  let exponent = 0;
  for (; at < end && at < start + LONGEST_EXPONENT; at++) {
    const digit = bytes[at] - ZERO;
    if (digit < 0 || digit > 9) break;
    exponent = exponent * 10 + digit;
  }
  cursor.position = at;
  if (at === start) return NaN;
  return sign === MINUS ? -exponent : exponent;
}

/** The number of up to nineteen digits and a decimal exponent; NaN when in doubt. */
function assemble(
  first: number,
  second: number,
  last: number,
  significant: number,
  exponent: number,
): number {
  if (significant === 0) return 0;
  const behind = significant <= 9 ? 0 : significant - 9;
  if (second === 0 && last === 0) {
    const power = exponent + behind;
    if (power >= 0 && power <= LARGEST_EXACT_POWER) {
      return first * POWERS.head[power + LARGEST_EXPONENT];
    }
    if (power < 0 && power >= -LARGEST_EXACT_POWER) {
      return first / POWERS.head[-power + LARGEST_EXPONENT];
    }
  }
  if (exponent < -LARGEST_EXPONENT || exponent > LARGEST_EXPONENT) return NaN;
  // first·10^k is exact for k ≤ 9: 30 bits times the 21 bits of 5^9. The tenth power is taken as
  // 8x + 2x, whose rounding error is a double, found by the fast sum (8x > 2x).
  let head = first * POWERS.head[Math.min(behind, 9) + LARGEST_EXPONENT];
  let tail = second;
  if (behind === 10) {
    const eight = 8 * head;
    const two = 2 * head;
    head = eight + two;
    tail = two - (head - eight) + (second * 10 + last);
  }
  const sum = head + tail;
  tail -= sum - head;
  return scaled(sum, tail, exponent, POWERS);
}

/** The diagnostic of a row that could not be read; `place` names file and row. */
function explain(
  problem: Problem,
  place: { readonly file: string; readonly row: number },
  bytes: Uint8Array,
  end: number,
  columns: number,
): Diagnostic {
  if (problem.kind === 'ragged') {
    const actual = countColumns(bytes, problem.rowStart, end);
    return diagnose('CSV_RAGGED_ROW', place, { actual, expected: columns });
  }
  const text = cellText(bytes, problem.from, problem.to);
  const cell = { ...place, column: problem.column + 1 };
  if (text === '') return diagnose('CSV_EMPTY_CELL', cell, {});
  if (NOT_FINITE.test(text) || DECIMAL.test(text)) {
    return diagnose('CSV_NOT_FINITE', cell, { text });
  }
  return diagnose('CSV_NOT_A_NUMBER', cell, { text, row: place.row });
}

function slowNumber(bytes: Uint8Array, from: number, to: number): number {
  const text = cellText(bytes, from, to);
  return DECIMAL.test(text) ? Number(text) : NaN;
}

/** The cell's text without the blanks around it. */
function cellText(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, to)).replace(/^[ \t]+|[ \t]+$/g, '');
}

/** The offset of the comma or the end of line behind `from`; a CR counts only with its LF. */
function endOfCell(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== COMMA && bytes[at] !== NEWLINE) at++;
  return at > from && bytes[at - 1] === RETURN && (at === end || bytes[at] === NEWLINE)
    ? at - 1
    : at;
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** The offset behind the last byte that is no end of line. */
function endOfText(bytes: Uint8Array, start: number): number {
  let end = bytes.length;
  while (end > start && (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN)) end--;
  return end;
}

function countColumns(bytes: Uint8Array, start: number, end: number): number {
  let columns = 1;
  for (let at = start; at < end && bytes[at] !== NEWLINE; at++) if (bytes[at] === COMMA) columns++;
  return columns;
}

/** A guess from the length of the first line, so that the table seldom has to grow. */
function expectedRows(bytes: Uint8Array, start: number, end: number): number {
  const newline = bytes.indexOf(NEWLINE, start);
  const length = (newline < 0 ? end : newline + 1) - start;
  return Math.ceil(((end - start) / length) * 1.02) + 1;
}

function grown(cells: Float64Array, columns: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.ceil((cells.length * 1.5) / columns + 1) * columns);
  larger.set(cells);
  return larger;
}
