/** Linear scales of plots: round ticks around what is shown, and places in whole pixels. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Between two ticks; a whole number. */
  readonly step: number;
  /** The pixel of a value. */
  readonly place: (value: number) => number;
}

/** Steps within a power of ten. */
const STEPS: readonly number[] = [1, 2, 5, 10];

/** A scale from pixel `start` to pixel `end` that holds all values between its outer, whole ticks. */
export function createScale(
  values: readonly number[],
  start: number,
  end: number,
  mostTicks: number,
): Scale {
  const [least, most] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const step = stepFor(most - least, mostTicks);
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const place = (value: number): number =>
    Math.round(start + ((value - low) / (high - low)) * (end - start));
  return { low, high, step, place };
}

function stepFor(extent: number, mostTicks: number): number {
  for (let power = 1; ; power *= 10) {
    // One more at either end, for what lies between two ticks.
    const found = STEPS.find((step) => extent / (step * power) + 2 <= mostTicks);
    if (found !== undefined) return found * power;
  }
}

/** The ticks with their pixels, ascending. */
export function ticksOf({
  low,
  high,
  step,
  place,
}: Scale): readonly { value: number; at: number }[] {
  const count = Math.round((high - low) / step);
  return Array.from({ length: count + 1 }, (_, k) => {
    const value = low + k * step;
    return { value, at: place(value) };
  });
}
