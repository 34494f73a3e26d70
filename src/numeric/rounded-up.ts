/** Bounds told to readers: a bound stays a bound. */

/** Two significant digits, never less than the value, which is positive and finite or 0. */
export function roundedUp(value: number): number {
  const short = Number(value.toPrecision(2));
  if (short >= value) return short;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((short + unit).toPrecision(2));
}
