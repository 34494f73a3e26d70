/** Diagnostics of weights in CSV files: cells, rows, and layers that do not fit. */
import { entry } from '../entry.js';

const LAYOUT = 'a weights CSV is (inputs + 1) x outputs, the last row holds the biases';

/** Cells, however long, are quoted up to this many characters. */
const LONGEST_QUOTE = 40;

function quote(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}...` : text;
  return JSON.stringify(shown);
}

function hintForText(text: string, row: number): string {
  if (text.includes(';')) return 'separate the cells by commas';
  if (text.startsWith('#')) return 'remove the comment line';
  if (text.startsWith('"') || text.startsWith("'")) return 'write numbers without quotes';
  if (row === 1) return 'a weights CSV has no header line';
  return 'a cell is a decimal number such as -1.5 or 2.500000000000000000e-01';
}

export const CSV_DIAGNOSTICS = {
  CSV_RAGGED_ROW: entry<{ actual: number; expected: number }>(
    ({ actual, expected }) =>
      `this row has ${count(actual, 'cell')}, the first row has ${expected}`,
    () => 'a weights CSV has one column per neuron in every row',
  ),
  CSV_NOT_A_NUMBER: entry<{ text: string; row: number }>(
    ({ text }) => `${quote(text)} is not a number`,
    ({ text, row }) => hintForText(text, row),
  ),
  CSV_EMPTY_CELL: entry(
    () => 'the cell is empty',
    () => 'write 0 for a weight that is absent, and no blank line between rows',
  ),
  CSV_NOT_FINITE: entry<{ text: string }>(
    ({ text }) => `${quote(text)} is not a finite number`,
    () => 'weights are finite; did the training diverge?',
  ),
  CSV_ONLY_BIAS: entry(
    () => 'the file has a single row, which is the biases, and no weights',
    () => LAYOUT,
  ),
  CSV_ROW_COUNT: entry<{
    actual: number;
    shapes: readonly (readonly number[])[];
    inputs: number;
  }>(
    ({ actual, shapes, inputs }) =>
      `the file has ${count(actual, 'row')}, but an input of shape ` +
      `${shapes.map((shape) => shape.join('x')).join(' and ')} ` +
      `needs ${inputs + 1}: ${count(inputs, 'weight')} and 1 bias for each neuron`,
    () => `correct the shape, or the file: ${LAYOUT}`,
  ),
  CSV_LAYERS_DO_NOT_CHAIN: entry<{
    previous: string;
    outputs: number;
    inputs: number;
  }>(
    ({ previous, outputs, inputs }) =>
      `the layer takes ${count(inputs, 'input')}, but the layer before it (${previous}) ` +
      `has ${count(outputs, 'output')}`,
    () => `check the order of the files; ${LAYOUT}`,
  ),
} as const;

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
