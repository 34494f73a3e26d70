/**
 * How a student asks a network: many points at once, given as columns. Who builds it knows the forward
 * pass; students only know this type.
 */

/** The target's values at points, one column for each flattened input cell; may answer NaN or ±∞. */
export type Ask = (columns: readonly Float64Array[]) => Float64Array;

/**
 * The same over some of the cells, the others held at rest.
 *
 * @param features positions of the cells that vary, in the order of the new columns.
 */
export function askOver(ask: Ask, features: readonly number[], rest: Float64Array): Ask {
  if (features.length === rest.length && features.every((cell, k) => cell === k)) return ask;
  return (columns) => {
    const count = columns[0].length;
    const all = Array.from(rest, (value, cell) => {
      const position = features.indexOf(cell);
      return position < 0 ? new Float64Array(count).fill(value) : columns[position];
    });
    return ask(all);
  };
}
