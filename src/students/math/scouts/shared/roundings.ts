/** Exponents as data give them, and the fractions that they may stand for. */

/** Exponents are tried as the nearest fraction with each of these below. */
const DENOMINATORS = [1, 2, 3, 4];
/** A fraction farther than this from the exponent is not tried, unless the denominator is 1. */
const FAR = 0.12;

/** The exponents as they are, then at near fractions, of each denominator at most. */
export function roundings(exponents: readonly number[]): readonly (readonly number[])[] {
  const rounded = DENOMINATORS.map((denominator) =>
    exponents.map((exponent) => roundExponent(exponent, denominator)),
  );
  return [exponents, ...rounded];
}

function roundExponent(exponent: number, most: number): number {
  for (let denominator = 1; denominator <= most; denominator++) {
    const near = Math.round(exponent * denominator) / denominator;
    if (denominator === most && most === 1) return near;
    if (Math.abs(near - exponent) < FAR / denominator) return near;
  }
  return exponent;
}
