/** Diagnostics of tables with a header: columns that are missing, and cells that are no numbers. */
import { entry, suggest } from '../entry.js';
import { listNames } from '../show-names.js';

/** Longer lists are cut. */
const MOST_NAMES = 12;

export const TABLE_DIAGNOSTICS = {
  TABLE_NO_HEADER: entry(
    () => 'the file is empty',
    () => 'give a CSV file whose first line names the columns',
  ),
  TABLE_HEADER_IS_NUMBER: entry<{ text: string }>(
    ({ text }) => `the first line names no columns: "${text}" is a number`,
    () => 'write a header line, such as x,y,target',
  ),
  TABLE_REPEATED_COLUMN: entry<{ name: string }>(
    ({ name }) => `two columns are called "${name}"`,
    () => 'give every column a name of its own',
  ),
  TABLE_UNNAMED_COLUMN: entry(
    () => 'the column has no name',
    () => 'name it in the first line, or choose columns with --features',
  ),
  TABLE_UNKNOWN_COLUMN: entry<{
    word: string;
    nearest: string | undefined;
    known: readonly string[];
  }>(
    ({ word }) => `there is no column "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  TABLE_TARGET_AS_FEATURE: entry<{ name: string; role: string }>(
    ({ name, role }) => `"${name}" is the ${role} and cannot be a feature as well`,
    () => 'leave it out of --features',
  ),
  TABLE_NO_FEATURES: entry(
    () => 'there is no column besides the target',
    () => 'add a column that says something about the target',
  ),
  TABLE_RAGGED_ROW: entry<{ actual: number; expected: number }>(
    ({ actual, expected }) =>
      `the row has ${actual} cell${actual === 1 ? '' : 's'}, the header has ${expected}`,
    () => 'every row needs one cell for each column',
  ),
  TABLE_EMPTY_CELL: entry<{ name: string }>(
    ({ name }) => `"${name}" is empty here`,
    () => 'fill in the number, or remove the row',
  ),
  TABLE_EMPTY_CLASS: entry<{ name: string }>(
    ({ name }) => `"${name}" is empty here`,
    () => 'fill in the class, or remove the row',
  ),
  TABLE_TEXT_FEATURE: entry<{ name: string; text: string }>(
    ({ name, text }) => `"${name}" holds words, such as "${text}" here`,
    ({ name, text }) =>
      `rules ask numbers: write a column of zeros and ones for each word, such as "${name} ${text}", or choose other columns with --features`,
  ),
  TABLE_OTHER_INPUTS: entry<{ label: string; columns: number; names: readonly string[] }>(
    ({ label, columns, names }) =>
      `besides "${label}" there ${columns === 1 ? 'is 1 column' : `are ${columns} columns`}, the model has ${names.length} input${names.length === 1 ? '' : 's'}`,
    ({ names }) =>
      `give a column for each input, in their order or by their names: ${listNames(names, MOST_NAMES)}`,
  ),
  TABLE_MIXED_TARGET: entry<{ name: string; text: string; other: string; row: number }>(
    ({ name, text, other, row }) =>
      `"${name}" holds numbers and words: "${text}" here, "${other}" in row ${row}`,
    () => 'correct the cell, or remove the row; --classes takes every cell as the name of a class',
  ),
  TABLE_NOT_A_NUMBER: entry<{ name: string; text: string }>(
    ({ name, text }) => `"${name}" is "${text}" here, which is not a finite number`,
    () => 'write a finite number, remove the row, or leave the column out with --features',
  ),
} as const;
