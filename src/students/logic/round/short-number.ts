/**
 * Numbers with few digits. A threshold between 5.98 and 6.03 reads best as 6: of all numbers of an interval
 * the one with the fewest significant decimal digits is written.
 */

/** A float is told by so many significant digits. */
const MOST_DIGITS = 17;

/**
 * The number t with low ≤ t < high that has the fewest significant digits; of several the nearest to `near`.
 *
 * @param low, high finite, low < high.
 */
export function shortestBetween(low: number, high: number, near: number): number {
  if (low <= 0 && high > 0) return 0;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const first = exponentOf(largest);
  for (let exponent = first; exponent > first - MOST_DIGITS - 1; exponent--) {
    const found = multiplesIn(low, high, near, exponent);
    if (found !== undefined) return found;
  }
  return low;
}

/** The numbers of `digits` significant digits next to a value, the nearer one first. */
export function roundedTo(value: number, digits: number): readonly number[] {
  if (value === 0) return [0];
  const exponent = exponentOf(Math.abs(value)) - digits + 1;
  const scaled = value / 10 ** exponent;
  const around = [Math.floor(scaled), Math.ceil(scaled)].map((count) => timesTen(count, exponent));
  return around.sort((left, right) => Math.abs(left - value) - Math.abs(right - value));
}

/** Significant decimal digits of a float's shortest text; of 0 none. */
export function digitsOf(value: number): number {
  if (value === 0) return 0;
  return value.toExponential().replace('-', '').split('e')[0].replace('.', '').length;
}

/** Of the multiples of 10^exponent in low ≤ t < high the nearest to a number. */
function multiplesIn(
  low: number,
  high: number,
  near: number,
  exponent: number,
): number | undefined {
  const count = Math.round(near / 10 ** exponent);
  const first = Math.floor(low / 10 ** exponent);
  const last = Math.ceil(high / 10 ** exponent);
  const found = [count, count - 1, count + 1, first, first + 1, last - 1, last]
    .map((multiple) => timesTen(multiple, exponent))
    .filter((value) => value >= low && value < high);
  if (found.length === 0) return undefined;
  return found.reduce((a, b) => (Math.abs(b - near) < Math.abs(a - near) ? b : a));
}

/** count · 10^exponent, rounded once. */
function timesTen(count: number, exponent: number): number {
  return Number(`${count}e${exponent}`) + 0;
}

/** The exponent of a positive number in decimal notation. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}
