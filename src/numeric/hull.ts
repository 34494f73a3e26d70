/** The smallest interval that holds all numbers of a column. */

/** From the least to the greatest; from ∞ to −∞ where there are none. */
export function hullOf(column: ArrayLike<number>): readonly [min: number, max: number] {
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < column.length; k++) {
    if (column[k] < least) least = column[k];
    if (column[k] > most) most = column[k];
  }
  return [least, most];
}
