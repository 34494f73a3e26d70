/** The middle of some numbers: what a benchmark prints, since it forgives a disturbed run. */

/** The middle value, the upper of two; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted.at(Math.floor(sorted.length / 2)) ?? NaN;
}
