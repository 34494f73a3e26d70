/**
 * One line of the diagnostics table: the sentence and the hint of a code, both functions of the values
 * that the place of failure knows. The lines stand in `codes/`, one file per area.
 */

export interface Entry<Values> {
  readonly message: (values: Values) => string;
  readonly hint: (values: Values) => string;
}

/** An entry of the table; texts without a final full stop, hints in the imperative. */
export function entry<Values = object>(
  message: (values: Values) => string,
  hint: (values: Values) => string,
): Entry<Values> {
  return { message, hint };
}

/** `did you mean "sign"?`, or the list of what is known where nothing is near. */
export function suggest(nearest: string | undefined, known: readonly string[]): string {
  return nearest === undefined ? `known are: ${known.join(', ')}` : `did you mean "${nearest}"?`;
}
