/**
 * Splits the text of a CSV file into records of cells (RFC 4180): cells may be quoted, and then hold commas,
 * quotes written twice, and line breaks. For tables of any content; weights go through the faster `scan.ts`.
 */

export interface CsvRecord {
  /** Line of the file at which the record begins, from 1. */
  readonly line: number;
  /** The cells without their quotes, white space around them taken off. */
  readonly cells: readonly string[];
}

/** The records of a file in order; lines without any content are left out. */
export function splitRecords(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let line = 1;
  let position = 0;
  while (position < source.length) {
    const record = readRecord(source, position);
    if (record.cells.length > 1 || record.cells[0] !== '')
      records.push({ line, cells: record.cells });
    line += record.lines;
    position = record.end;
  }
  return records;
}

/** One cell: a quoted part, if there is one, then all up to the next comma or end of line. */
const CELL = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*)?([^,\r\n]*)(,|\r\n|\r|\n|$)/y;

function readRecord(
  source: string,
  start: number,
): { readonly cells: readonly string[]; readonly lines: number; readonly end: number } {
  const cells: string[] = [];
  const cell = new RegExp(CELL);
  cell.lastIndex = start;
  let lines = 1;
  for (;;) {
    const match = cell.exec(source);
    if (match === null) throw new TypeError('every text begins with a cell');
    const [, quoted = '', rest, separator] = match;
    lines += quoted.split(/\r\n|\r|\n/).length - 1;
    cells.push(quoted === '' ? rest.trim() : (quoted + rest).replaceAll('""', '"'));
    if (separator !== ',') return { cells, lines, end: cell.lastIndex };
  }
}
