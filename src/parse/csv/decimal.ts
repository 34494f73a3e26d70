/**
 * Powers of ten as unevaluated sums of two doubles, and the exact value of a decimal significand times
 * such a power: what the digit scanner needs to be correct to the last bit without `Number(text)`.
 */

/** Decimal exponents from −LARGEST_EXPONENT to LARGEST_EXPONENT are in the table. */
export const LARGEST_EXPONENT = 64;

/** 2^27 + 1, Veltkamp's constant: splits a double into two halves whose products are exact. */
const SPLITTER = 134217729;

/**
 * Bound on the relative error of `scaled` before its last rounding. The neglected product of the two
 * tails, the roundings of the mixed products and of their sums, and the error of the table are each
 * below 2^-104 of the result; eight of them stay below 2^-101.
 */
const RELATIVE_ERROR = 2 ** -100;

export interface PowersOfTen {
  /** The double nearest to 10^e, at index e + LARGEST_EXPONENT. */
  readonly head: Float64Array;
  /** The double nearest to 10^e − head. */
  readonly tail: Float64Array;
  /** The upper half of `head` after Veltkamp's splitting. */
  readonly upper: Float64Array;
}

/** Makes the table with whole numbers of any size, so that every entry is exact or nearest. */
export function powersOfTen(): PowersOfTen {
  const size = 2 * LARGEST_EXPONENT + 1;
  const head = new Float64Array(size);
  const tail = new Float64Array(size);
  const upper = new Float64Array(size);
  for (let exponent = -LARGEST_EXPONENT; exponent <= LARGEST_EXPONENT; exponent++) {
    const index = exponent + LARGEST_EXPONENT;
    head[index] = Number(`1e${exponent}`);
    tail[index] = remainder(head[index], exponent);
    const spread = SPLITTER * head[index];
    upper[index] = spread - (spread - head[index]);
  }
  return { head, tail, upper };
}

/** 10^exponent − head, to the precision of a double. */
function remainder(head: number, exponent: number): number {
  if (exponent >= 0) return Number(10n ** BigInt(exponent) - BigInt(head));
  // head = m / 2^shift with a whole m, so 10^e − head = (2^shift − m·10^−e) / (10^−e · 2^shift).
  const shift = 52 - Math.floor(Math.log2(head));
  const significand = BigInt(head * 2 ** shift);
  const power = 10n ** BigInt(-exponent);
  const difference = 2n ** BigInt(shift) - significand * power;
  return Number(difference) / Number(power) / 2 ** shift;
}

/**
 * The double nearest to (head + tail) × 10^exponent, or NaN where the nearest is in doubt (the exact
 * value lies too close to the middle between two doubles).
 *
 * `head` and `tail` sum exactly to a positive whole number below 10^19, |tail| ≤ ulp(head)/2; the
 * exponent is in the table, so nothing over- or underflows. Products after Dekker (1971); the test of
 * the rounding after Ziv (1991).
 */
export function scaled(head: number, tail: number, exponent: number, powers: PowersOfTen): number {
  const index = exponent + LARGEST_EXPONENT;
  const power = powers.head[index];
  const powerUpper = powers.upper[index];
  const powerLower = power - powerUpper;
  const spread = SPLITTER * head;
  const upper = spread - (spread - head);
  const lower = head - upper;
  const product = head * power;
  const error =
    lower * powerLower - (product - upper * powerUpper - lower * powerUpper - upper * powerLower);
  const rest = error + (head * powers.tail[index] + tail * power);
  const result = product + rest;
  const left = product - result + rest;
  const doubt = result * RELATIVE_ERROR;
  return result === result + (left + doubt) && result === result + (left - doubt) ? result : NaN;
}
