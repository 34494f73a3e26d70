/**
 * Tables to learn from: a CSV file whose first line names the columns, one of which is the target. Only
 * the chosen columns have to be numbers.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { splitRecords } from '../parse/csv/records.js';
import type { CsvRecord } from '../parse/csv/records.js';
import type { Dataset } from '../students/math/problem.js';

export interface TableColumns {
  readonly target: string;
  /** In this order; default all columns but target and weights, in the order of the file. */
  readonly features?: readonly string[];
  /** The column of the rows' weights. */
  readonly weights?: string;
}

export interface TableData extends Dataset {
  /** The line of the file that each row stands in, from 1. */
  readonly lines: Uint32Array;
}

/** A column by its name, and where it stands in a record. */
export interface PlacedColumn {
  readonly name: string;
  readonly position: number;
}

/** The records of a table, with the columns that were chosen. */
export interface OpenTable {
  readonly rows: readonly CsvRecord[];
  readonly target: PlacedColumn;
  readonly weights?: PlacedColumn;
  readonly features: readonly PlacedColumn[];
}

/**
 * The chosen columns of a table.
 *
 * @param file the name for places.
 * @throws Diagnostic `TABLE_…`, with row and column (both from 1) as its place.
 */
export function readTable(text: string, file: string, chosen: TableColumns): TableData {
  const { rows, target, weights, features } = openTable(text, file, chosen);
  return {
    names: features.map(({ name }) => name),
    columns: features.map((column) => readNumbers(rows, column, file)),
    target: readNumbers(rows, target, file),
    ...(weights === undefined ? {} : { weights: readNumbers(rows, weights, file) }),
    lines: Uint32Array.from(rows, ({ line }) => line),
  };
}

/** The table before its cells are read. @throws Diagnostic as `readTable`, but of cells. */
export function openTable(text: string, file: string, chosen: TableColumns): OpenTable {
  const [header, ...rows] = splitRecords(text);
  const names = readHeader(header, file);
  const placed = (name: string): PlacedColumn => ({
    name,
    position: positionOf(name, names, file),
  });
  const target = placed(chosen.target);
  const weights = chosen.weights === undefined ? undefined : placed(chosen.weights);
  const features = featuresOf(names, chosen, file).map(placed);
  for (const { cells, line } of rows) {
    if (cells.length === names.length) continue;
    const values = { actual: cells.length, expected: names.length };
    throw diagnose('TABLE_RAGGED_ROW', { file, row: line }, values);
  }
  return { rows, target, features, ...(weights === undefined ? {} : { weights }) };
}

/** The cells of a column as numbers. @throws Diagnostic `TABLE_EMPTY_CELL`, `TABLE_NOT_A_NUMBER`. */
export function readNumbers(
  rows: readonly CsvRecord[],
  { name, position }: PlacedColumn,
  file: string,
): Float64Array {
  return Float64Array.from(rows, ({ cells, line }) =>
    readCell(cells[position], name, { file, row: line, column: position + 1 }),
  );
}

function readHeader(header: CsvRecord | undefined, file: string): readonly string[] {
  if (header === undefined) throw diagnose('TABLE_NO_HEADER', { file }, {});
  const { cells, line } = header;
  const number = cells.find((cell) => cell !== '' && Number.isFinite(Number(cell)));
  if (number !== undefined) {
    throw diagnose('TABLE_HEADER_IS_NUMBER', { file, row: line }, { text: number });
  }
  const repeated = cells.findIndex((cell, k) => cell !== '' && cells.indexOf(cell) < k);
  if (repeated >= 0) {
    const place = { file, row: line, column: repeated + 1 };
    throw diagnose('TABLE_REPEATED_COLUMN', place, { name: cells[repeated] });
  }
  return cells;
}

function positionOf(word: string, names: readonly string[], file: string): number {
  const position = names.indexOf(word);
  if (position >= 0 && word !== '') return position;
  const known = names.filter((name) => name !== '');
  const nearest = nearestWord(word, known);
  throw diagnose('TABLE_UNKNOWN_COLUMN', { file }, { word, nearest, known });
}

function featuresOf(
  names: readonly string[],
  { target, features, weights }: TableColumns,
  file: string,
): readonly string[] {
  const roles = new Map([[target, 'target']]);
  if (weights !== undefined) roles.set(weights, 'weight');
  for (const name of features ?? []) {
    const role = roles.get(name);
    if (role !== undefined) throw diagnose('TABLE_TARGET_AS_FEATURE', { file }, { name, role });
  }
  const chosen = (features && [...new Set(features)]) ?? names.filter((name) => !roles.has(name));
  if (chosen.length === 0) throw diagnose('TABLE_NO_FEATURES', { file }, {});
  const unnamed = chosen.indexOf('');
  if (unnamed >= 0 && features === undefined) {
    const place = { file, row: 1, column: names.indexOf('') + 1 };
    throw diagnose('TABLE_UNNAMED_COLUMN', place, {});
  }
  return chosen;
}

function readCell(cell: string, name: string, place: Place): number {
  if (cell === '') throw diagnose('TABLE_EMPTY_CELL', place, { name });
  const value = Number(cell);
  if (Number.isFinite(value)) return value;
  throw diagnose('TABLE_NOT_A_NUMBER', place, { name, text: cell });
}
