/**
 * Data files of `evaluate`: one flattened input per row, and one label per line. A first line that is
 * not all numbers is a header and is skipped; labels are class names or indices.
 */
import { Diagnostic, diagnose } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { scanCsv } from '../parse/csv/scan.js';
import type { CsvTable } from '../parse/csv/scan.js';
import { readBytes, readText } from './read-file.js';

const NEWLINE = 10;

/**
 * The inputs of a data file, each row `width` numbers, and how many lines stand before them.
 *
 * @throws Diagnostic of the scanner (`CSV_…`, `FILE_…`), `DATA_NO_ROWS`, `DATA_WIDTH`.
 */
export function readInputs(
  path: string,
  shape: { readonly width: number; readonly shown: string },
  cwd: string,
): CsvTable & { readonly header: 0 | 1 } {
  const bytes = readBytes(path, cwd);
  const headerEnd = endOfHeader(bytes);
  if (headerEnd === bytes.length && headerEnd > 0)
    throw diagnose('DATA_NO_ROWS', { file: path }, {});
  const table = scanRows(bytes.subarray(headerEnd), path, headerEnd > 0 ? 1 : 0);
  if (table.columns !== shape.width) {
    const values = { actual: table.columns, expected: shape.width, shape: shape.shown };
    throw diagnose('DATA_WIDTH', { file: path, row: headerEnd > 0 ? 2 : 1 }, values);
  }
  return { ...table, header: headerEnd > 0 ? 1 : 0 };
}

/** `scanCsv` of what follows `skipped` lines, which still count in places. */
function scanRows(bytes: Uint8Array, file: string, skipped: number): CsvTable {
  try {
    return scanCsv(bytes, file);
  } catch (error) {
    if (!(error instanceof Diagnostic) || error.place.row === undefined) throw error;
    const place = { ...error.place, row: error.place.row + skipped };
    throw new Diagnostic(error.code, error.message, place, error.hint);
  }
}

/** The offset behind the first line if a cell of it is a word; else 0. */
function endOfHeader(bytes: Uint8Array): number {
  const newline = bytes.indexOf(NEWLINE);
  const end = newline < 0 ? bytes.length : newline + 1;
  const line = new TextDecoder().decode(bytes.subarray(0, end));
  const isHeader = line
    .split(',')
    .some((cell) => /^["']?[\p{L}_]/u.test(cell.trim()) && !isNumber(cell));
  return isHeader ? end : 0;
}

/** NaN and Infinity are cells that are wrong, not names of columns. */
function isNumber(cell: string): boolean {
  return /^[+-]?(nan|inf|infinity)$/i.test(cell.trim()) || Number.isFinite(Number(cell));
}

/**
 * The labels of a data file: for each row what `predict` should give. Names stay text; an index
 * becomes the name that `known` has for it, or a number where there are no names.
 *
 * @throws Diagnostic `LABEL_COUNT`, `LABEL_UNKNOWN`, `FILE_…`.
 */
export function readLabels(
  path: string,
  data: { readonly path: string; readonly rows: number },
  known: readonly string[] | undefined,
  cwd: string,
): readonly (string | number)[] {
  const lines = readText(path, cwd).split(/\r?\n/);
  while (lines.length > 0 && lines[lines.length - 1].trim() === '') lines.pop();
  const skipped = lines.length === data.rows + 1 ? 1 : 0;
  const labels = lines.slice(skipped).map((line) => line.trim().replace(/^"(.*)"$/, '$1'));
  if (labels.length !== data.rows) {
    const values = { labels: labels.length, rows: data.rows, data: data.path };
    throw diagnose('LABEL_COUNT', { file: path }, values);
  }
  return labels.map((label, row) => {
    if (known?.includes(label) === true) return label;
    // 1.000000e+00 is what numpy writes for class 1.
    const index = label === '' ? NaN : Number(label);
    if (known === undefined) return Number.isNaN(index) ? label : index;
    if (Number.isInteger(index) && index >= 0 && index < known.length) return known[index];
    const place = { file: path, row: row + 1 + skipped };
    throw diagnose('LABEL_UNKNOWN', place, {
      word: label,
      nearest: nearestWord(label, known),
      known,
    });
  });
}
