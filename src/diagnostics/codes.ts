/**
 * The table of diagnostics: for each code, the sentence and the hint, as functions of the values that
 * the place of failure knows. Codes are stable (scripts match them); texts may improve.
 */

interface Entry<Values> {
  readonly message: (values: Values) => string;
  readonly hint: (values: Values) => string;
}

function entry<Values = object>(
  message: (values: Values) => string,
  hint: (values: Values) => string,
): Entry<Values> {
  return { message, hint };
}

export const DIAGNOSTICS = {
  FILE_NOT_FOUND: entry(
    () => 'the file does not exist',
    () => 'check the path; paths in a manifest are relative to the manifest',
  ),
  FILE_EMPTY: entry(
    () => 'the file is empty',
    () => 'was the export interrupted? write the file again',
  ),
  CSV_RAGGED_ROW: entry<{ actual: number; expected: number }>(
    ({ actual, expected }) => `this row has ${actual} cells, the first row has ${expected}`,
    () => 'a weights CSV has one column per neuron in every row',
  ),
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

export type DiagnosticValues<Code extends DiagnosticCode> =
  (typeof DIAGNOSTICS)[Code] extends Entry<infer Values> ? Values : never;
