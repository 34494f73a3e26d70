/**
 * Real constants as intervals: a printed constant is rounded to the digits that its own program needed,
 * so the same number may be printed with more digits at another size.
 */

/** [low, high], both included. */
export type Interval = readonly [low: number, high: number];

/**
 * What rounding may have moved a constant by, relative beyond 1: the compiler's default tolerance on
 * outputs, which a constant multiplies into.
 */
const LARGEST_ROUNDING = 1e-6;

/** Digits of a float64 in shortest form, at most. */
const MOST_DIGITS = 17;

/** The numbers that could have been printed as `value`: one unit of its last digit, within bounds. */
export function roundedFrom(value: number): Interval {
  const [mantissa, exponent = '0'] = String(value).split('e');
  const decimals = (mantissa.split('.').at(1) ?? '').length - Number(exponent);
  const unit = Math.min(10 ** -decimals, LARGEST_ROUNDING * Math.max(1, Math.abs(value)));
  return [value - unit, value + unit];
}

/** The interval times a positive number. */
export function scaled([low, high]: Interval, factor: number): Interval {
  return [low * factor, high * factor];
}

/** The numbers common to all intervals; `undefined` when there are none. */
export function intersection(intervals: readonly Interval[]): Interval | undefined {
  const low = Math.max(...intervals.map(([from]) => from));
  const high = Math.min(...intervals.map(([, to]) => to));
  return low <= high ? [low, high] : undefined;
}

/** The number with the fewest digits in an interval. */
export function shortestIn([low, high]: Interval): number {
  const middle = low + (high - low) / 2;
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const rounded = Number(middle.toPrecision(digits));
    if (rounded >= low && rounded <= high) return rounded;
  }
  return middle;
}
