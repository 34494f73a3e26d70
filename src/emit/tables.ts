/**
 * Tables of numbers: small ones are constants of the module, larger ones go to a sibling module that no
 * formatter touches and that is written row by row, never as expressions.
 */
import { sizeOf } from '../ir/model-interface.js';
import type { Program, Table } from '../ir/program.js';
import { numberText } from './numbers.js';

/** Tables up to this many numbers read well within the module. */
const LARGEST_INLINE_TABLE = 64;

/** Numbers per line of a table with one axis. */
const NUMBERS_PER_LINE = 12;

export interface SortedTables {
  readonly inline: readonly Table[];
  readonly sibling: readonly Table[];
}

export function sortTables({ tables }: Program): SortedTables {
  const isInline = ({ values }: Table) => values.length <= LARGEST_INLINE_TABLE;
  return {
    inline: tables.filter(isInline),
    sibling: tables.filter((table) => !isInline(table)),
  };
}

/** A table as a (nested) array literal. */
export function tableText({ symbol, values }: Table): string {
  return nestedText(values, symbol.type.extents, 0);
}

/** The text of the sibling module; `header` is its leading comment, `nameOf` gives identifiers. */
export function weightsModule(
  tables: readonly Table[],
  header: string,
  nameOf: (table: Table) => string,
): string {
  const parts = tables.map((table) => {
    const type = table.symbol.type.extents.reduce(
      (inner) => (inner === 'number' ? 'readonly number[]' : `readonly (${inner})[]`),
      'number',
    );
    return `// prettier-ignore\nexport const ${nameOf(table)}: ${type} = ${tableText(table)};\n`;
  });
  return `${header}\n\n${parts.join('\n')}`;
}

function nestedText(values: Float64Array, extents: readonly number[], offset: number): string {
  const [extent, ...rest] = extents;
  if (rest.length === 0) return rowText(values.subarray(offset, offset + extent));
  const stride = sizeOf(rest);
  const rows = Array.from({ length: extent }, (_, row) =>
    rest.length === 1
      ? `[${joined(values.subarray(offset + row * stride, offset + (row + 1) * stride))}]`
      : nestedText(values, rest, offset + row * stride),
  );
  return `[\n${rows.join(',\n')},\n]`;
}

function rowText(row: Float64Array): string {
  if (row.length <= NUMBERS_PER_LINE) return `[${joined(row)}]`;
  const lines: string[] = [];
  for (let start = 0; start < row.length; start += NUMBERS_PER_LINE) {
    lines.push(`${joined(row.subarray(start, start + NUMBERS_PER_LINE))},`);
  }
  return `[\n${lines.join('\n')}\n]`;
}

function joined(values: Float64Array): string {
  return Array.from(values, numberText).join(', ');
}
