/**
 * Tables of numbers: small ones are constants of the module, larger ones go to a sibling module that no
 * formatter touches and that is written row by row, never as expressions.
 */
import { sizeOf } from '../ir/model-interface.js';
import type { Program, Table } from '../ir/program.js';
import { LARGEST_INLINE_TABLE } from '../ir/program.js';
import { float32Text, numberText } from './numbers.js';
import type { PrintedFunction } from './shape-check.js';
import { tablesOfLayers } from './walk.js';

/** Numbers per line of a table with one axis. */
const NUMBERS_PER_LINE = 12;

export interface SortedTables {
  readonly inline: readonly Table[];
  readonly sibling: readonly Table[];
}

/** The tables of layers that are called go to the sibling whatever their size: they are no reading matter. */
export function sortTables(program: Program): SortedTables {
  const ofLayers = new Set(tablesOfLayers(program));
  const isInline = ({ symbol, values }: Table) =>
    values.length <= LARGEST_INLINE_TABLE && !ofLayers.has(symbol);
  return {
    inline: program.tables.filter(isInline),
    sibling: program.tables.filter((table) => !isInline(table)),
  };
}

/**
 * A table as a (nested) array literal: where all its numbers are float32 and shorter told as such, with
 * the digits that these need, through the function `FLOAT32`.
 */
export function tableText(table: Table): string {
  const { extents } = table.symbol.type;
  if (!isFloat32(table)) return nestedText(table.values, extents, 0);
  const text = nestedText(table.values, extents, 0, float32Text);
  if (extents.length === 1) return `float32(${text})`;
  const inner = extents.slice(2).reduce((apply) => `(part) => part.map(${apply})`, 'float32');
  return `${text}.map(${inner})`;
}

/** Whether the text of some tables calls `float32`. */
export function callsFloat32(tables: readonly Table[]): boolean {
  return tables.some(isFloat32);
}

/**
 * The function that tables of float32 numbers are told with. Rows stay plain arrays, since engines read
 * those faster than typed ones.
 */
export const FLOAT32: PrintedFunction = {
  name: 'float32',
  doc: 'The float32 numbers that these digits tell apart, exactly as the model stores them.',
  parameters: [{ name: 'row', type: 'readonly number[]' }],
  returnType: 'number[]',
  body: 'return Array.from(row, (value) => Math.fround(value));',
};

const FLOAT32_TEXT = `/** ${FLOAT32.doc} */
function float32(row: readonly number[]): number[] {
  ${FLOAT32.body}
}
`;

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
  const float32 = callsFloat32(tables) ? [FLOAT32_TEXT] : [];
  return `${header}\n\n${[...float32, ...parts].join('\n')}`;
}

/** Whether a table gets shorter by being told as float32. */
function isFloat32({ values }: Table): boolean {
  return (
    values.every((value) => Math.fround(value) === value) &&
    values.some((value) => float32Text(value) !== numberText(value))
  );
}

function nestedText(
  values: Float64Array,
  extents: readonly number[],
  offset: number,
  text: (value: number) => string = numberText,
): string {
  const [extent, ...rest] = extents;
  if (rest.length === 0) return rowText(values.subarray(offset, offset + extent), text);
  const stride = sizeOf(rest);
  const rows = Array.from({ length: extent }, (_, row) =>
    rest.length === 1
      ? `[${joined(values.subarray(offset + row * stride, offset + (row + 1) * stride), text)}]`
      : nestedText(values, rest, offset + row * stride, text),
  );
  return `[\n${rows.join(',\n')},\n]`;
}

function rowText(row: Float64Array, text: (value: number) => string): string {
  if (row.length <= NUMBERS_PER_LINE) return `[${joined(row, text)}]`;
  const lines: string[] = [];
  for (let start = 0; start < row.length; start += NUMBERS_PER_LINE) {
    lines.push(`${joined(row.subarray(start, start + NUMBERS_PER_LINE), text)},`);
  }
  return `[\n${lines.join('\n')}\n]`;
}

function joined(values: Float64Array, text: (value: number) => string): string {
  return Array.from(values, text).join(', ');
}
