/**
 * Plain text of a fixed width: wrapped paragraphs and aligned columns. Widths count UTF-16 units, which
 * is what a terminal shows for the signs that reports use.
 */

/** No line of an account is longer. */
export const LINE_WIDTH = 100;

/**
 * Breaks a text at blanks so that no line is longer than `width`; a word that is longer by itself is
 * cut. Lines after the first begin with `hanging` blanks, which count.
 */
export function wrapText(text: string, width: number, hanging = 0): readonly string[] {
  return wrapUnits(text.split(' '), width, hanging);
}

/**
 * Sets units beside each other, a blank between them, and begins a new line where one does not fit. A
 * unit that fits no line is broken at its blanks, and a word where it must be.
 */
export function wrapUnits(units: readonly string[], width: number, hanging = 0): readonly string[] {
  const lines: string[] = [];
  let line: string | undefined;
  const room = (): number => (lines.length === 0 ? width : width - hanging);
  const end = (): void => {
    lines.push(lines.length === 0 ? (line ?? '') : `${' '.repeat(hanging)}${line ?? ''}`);
    line = undefined;
  };
  const place = (unit: string): void => {
    if (line !== undefined && line.length + 1 + unit.length > room()) end();
    if (line !== undefined) line = `${line} ${unit}`;
    else if (unit.length <= room()) line = unit;
    else if (unit.includes(' ')) unit.split(' ').forEach(place);
    else {
      const most = room();
      line = unit.slice(0, most);
      end();
      place(unit.slice(most));
    }
  };
  units.forEach(place);
  if (line !== undefined || lines.length === 0) end();
  return lines;
}

/** A column of a table: how wide it may grow, and on which side its cells stand. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Longer cells are wrapped. */
  readonly most: number;
}

const GAP = 2;

/** Rows of cells under the columns' titles; a cell that is too long continues below itself. */
export function alignColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const all = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map(({ most }, at) => wrapText(row.at(at) ?? '', most)),
  );
  const widths = columns.map((_, at) =>
    Math.max(...all.map((row) => Math.max(...row[at].map((line) => line.length)))),
  );
  return all.flatMap((row) => {
    const height = Math.max(...row.map((lines) => lines.length));
    return Array.from({ length: height }, (_, level) =>
      columns
        .map(({ align }, at) => {
          const text = row[at].at(level) ?? '';
          return align === 'right' ? text.padStart(widths[at]) : text.padEnd(widths[at]);
        })
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  });
}
