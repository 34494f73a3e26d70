/** Orders that do not depend on the order of neurons. */

/** Lexicographic order of number lists of equal length. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const part = a.findIndex((value, k) => value !== b[k]);
  return part < 0 ? 0 : a[part] - b[part];
}
