/** Scales of plots for values of any size: round ticks, which may be fractions, and places in whole pixels. */
import type { Scale } from './scale.js';

const STEPS: readonly number[] = [1, 2, 5, 10];

/** Digits of a tick: what is left behind them is rounding. */
const DIGITS = 6;

/**
 * A scale from pixel `start` to pixel `end` that holds all values between its outer ticks, of which there
 * are at most `mostTicks`. Equal values get some room around them.
 */
export function createRealScale(
  values: readonly number[],
  start: number,
  end: number,
  mostTicks: number,
): Scale {
  const [least, most] = hull(values);
  const step = stepFor(most - least, mostTicks);
  const low = Math.floor(least / step + SLACK) * step;
  const high = Math.max(Math.ceil(most / step - SLACK) * step, low + step);
  const place = (value: number): number =>
    Math.round(start + ((value - low) / (high - low)) * (end - start));
  return { low, high, step, place };
}

/** An end that lies on a tick stays there whatever rounding makes of it. */
const SLACK = 1e-9;

function hull(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least > most) return [0, 1];
  if (least < most) return [least, most];
  const room = Math.abs(least) / 10 || 1;
  return [least - room, most + room];
}

function stepFor(extent: number, mostTicks: number): number {
  for (let exponent = Math.floor(Math.log10(extent / mostTicks)); ; exponent++) {
    // One more at either end, for what lies between two ticks.
    const found = STEPS.find((step) => extent / scaled(step, exponent) + 2 <= mostTicks);
    if (found !== undefined) return scaled(found, exponent);
  }
}

/** A product with a negative power of ten would not be the number that is meant. */
function scaled(step: number, exponent: number): number {
  return Number(`${step}e${exponent}`);
}

/** A tick's value as text, without the digits that rounding leaves; a minus sign, not a hyphen. */
export function tickText(value: number): string {
  const short = Number(value.toPrecision(DIGITS));
  const size = Math.abs(short);
  const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? size.toExponential() : String(size);
  return `${short < 0 ? '−' : ''}${text.replace('e+', 'e').replace('e-', 'e−')}`;
}
