/**
 * Tables whose target may be classes: names, or whole numbers of few values. What a column holds is said
 * by an option, or else by its cells.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { CsvRecord } from '../parse/csv/records.js';
import { openTable, readNumbers } from './read-table.js';
import type { PlacedColumn, TableColumns, TableData } from './read-table.js';

/** Whole numbers of no more different values than this are classes where nothing else is said. */
const MOST_NUMBERED_CLASSES = 10;

export type TargetKind = 'classes' | 'numbers';

export interface LabelledTable {
  /** Of classes the target holds their positions in `classes`. */
  readonly data: TableData;
  /** The classes, numbers ascending, then names in the order of their letters; absent: numbers. */
  readonly classes?: readonly string[];
}

/**
 * The chosen columns of a table. Without `kind`, a target of words is classes, and so is one of whole numbers
 * with at most ten different values; any other target is numbers.
 *
 * @throws Diagnostic as `readTable`; `TABLE_MIXED_TARGET` where numbers and words stand in one target,
 *   `TABLE_TEXT_FEATURE` where a feature holds words, `TABLE_EMPTY_CLASS`.
 */
export function readLabelledTable(
  text: string,
  file: string,
  chosen: TableColumns,
  kind?: TargetKind,
): LabelledTable {
  const { rows, target, features } = openTable(text, file, chosen);
  for (const column of features) refuseWords(rows, column, file);
  const names = features.map(({ name }) => name);
  const columns = features.map((column) => readNumbers(rows, column, file));
  const lines = Uint32Array.from(rows, ({ line }) => line);
  if ((kind ?? kindOf(rows, target, file)) === 'numbers') {
    return { data: { names, columns, target: readNumbers(rows, target, file), lines } };
  }
  const labels = readClasses(rows, target, file);
  const classes = [...new Set(labels)].sort(inOrder);
  const positions = new Map(classes.map((label, position) => [label, position]));
  const classOf = (label: string): number => positions.get(label) ?? NaN;
  return { data: { names, columns, target: Float64Array.from(labels, classOf), lines }, classes };
}

/** A feature without a single number is not a mistake in a cell. */
function refuseWords(rows: readonly CsvRecord[], column: PlacedColumn, file: string): void {
  const { name, position } = column;
  const cells = rows.map(({ cells: all }) => all[position]).filter((cell) => cell !== '');
  if (cells.length === 0 || cells.some(isNumberWord)) return;
  const { line } = rows[rows.findIndex(({ cells: all }) => all[position] !== '')];
  const place = { file, row: line, column: position + 1 };
  throw diagnose('TABLE_TEXT_FEATURE', place, { name, text: cells[0] });
}

/** Also what is written where a number is missing. */
function isNumberWord(cell: string): boolean {
  return /^[+-]?(nan|inf|infinity)$/i.test(cell) || Number.isFinite(Number(cell));
}

function kindOf(rows: readonly CsvRecord[], target: PlacedColumn, file: string): TargetKind {
  const { name, position } = target;
  const filled = rows.filter(({ cells }) => cells[position] !== '');
  const words = filled.filter(({ cells }) => !isNumberWord(cells[position]));
  const numbers = filled.filter(({ cells }) => isNumberWord(cells[position]));
  if (words.length > 0 && numbers.length > 0) {
    // The rarer kind is the mistake.
    const [odd, other] = words.length <= numbers.length ? [words, numbers] : [numbers, words];
    const place = { file, row: odd[0].line, column: position + 1 };
    const values = { text: odd[0].cells[position], other: other[0].cells[position] };
    throw diagnose('TABLE_MIXED_TARGET', place, { name, ...values, row: other[0].line });
  }
  if (words.length > 0) return 'classes';
  const values = new Set(numbers.map(({ cells }) => Number(cells[position])));
  return values.size <= MOST_NUMBERED_CLASSES && [...values].every(Number.isInteger)
    ? 'classes'
    : 'numbers';
}

/** The class of every row; 1.0 and 1 are one class. @throws Diagnostic `TABLE_EMPTY_CLASS`. */
function readClasses(
  rows: readonly CsvRecord[],
  { name, position }: PlacedColumn,
  file: string,
): readonly string[] {
  return rows.map(({ cells, line }) => {
    const cell = cells[position];
    if (cell === '') {
      throw diagnose('TABLE_EMPTY_CLASS', { file, row: line, column: position + 1 }, { name });
    }
    return Number.isFinite(Number(cell)) ? String(Number(cell)) : cell;
  });
}

/** Numbers by their size, before words by their letters. */
function inOrder(a: string, b: string): number {
  const [first, second] = [Number(a), Number(b)];
  const isNumber = [first, second].map(Number.isFinite);
  if (isNumber[0] && isNumber[1]) return first - second;
  if (isNumber[0] !== isNumber[1]) return isNumber[0] ? -1 : 1;
  return a < b ? -1 : 1;
}
