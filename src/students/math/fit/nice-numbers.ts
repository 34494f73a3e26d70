/**
 * Numbers that a person would write, near a fitted one: integers, small rationals, short decimals, simple
 * multiples of π, and e and √2, each with the bits that it takes to say it.
 */

export interface NiceNumber {
  readonly value: number;
  /** Bits of a plain code for it; a free constant takes half a bit for each doubling of the rows. */
  readonly bits: number;
}

const LARGEST_DENOMINATOR = 12;
const LARGEST_NUMERATOR = 200;
/** Decimal digits of a short decimal, at most. */
const MOST_DIGITS = 3;
const BITS_OF_DIGIT = Math.log2(10);
/** Says which kind of number follows. */
const BITS_OF_KIND = 2;

const IRRATIONALS: readonly number[] = [Math.PI, Math.E, Math.SQRT2, Math.sqrt(3)];

/** The bits of an integer, sign included: a code whose length grows with the logarithm. */
function bitsOfInteger(value: number): number {
  return 1 + 2 * Math.log2(Math.abs(value) + 1);
}

/**
 * Nice numbers no further than `window` from `value`, the shortest first; each at most once.
 */
export function niceNumbersNear(value: number, window: number): readonly NiceNumber[] {
  const found = new Map<number, number>();
  const offer = (nice: number, bits: number): void => {
    if (!(Math.abs(nice - value) <= window)) return;
    const known = found.get(nice);
    if (known === undefined || bits < known) found.set(nice, bits);
  };
  if (Math.abs(value) <= window) offer(0, 1);
  offer(Math.round(value), BITS_OF_KIND + bitsOfInteger(Math.round(value)));
  for (const [numerator, denominator] of fractionsNear(value)) {
    const bits = BITS_OF_KIND + bitsOfInteger(numerator) + bitsOfInteger(denominator);
    offer(numerator / denominator, bits);
  }
  for (const irrational of IRRATIONALS) {
    for (const [numerator, denominator] of [
      [Math.round(value / irrational), 1] as const,
      ...fractionsNear(value / irrational),
    ]) {
      if (numerator === 0) continue;
      const bits = 2 * BITS_OF_KIND + bitsOfInteger(numerator) + bitsOfInteger(denominator);
      offer((numerator * irrational) / denominator, bits);
    }
  }
  for (let digits = 1; digits <= MOST_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits));
    const exponent = Math.floor(Math.log10(Math.abs(short)));
    if (!Number.isFinite(exponent)) continue;
    const bits = BITS_OF_KIND + digits * BITS_OF_DIGIT + bitsOfInteger(exponent - digits + 1);
    offer(short, bits);
  }
  return [...found]
    .map(([nice, bits]) => ({ value: nice, bits }))
    .sort((a, b) => a.bits - b.bits || a.value - b.value);
}

/** For each denominator the nearest fraction in lowest terms. */
function fractionsNear(value: number): readonly (readonly [number, number])[] {
  const fractions: [number, number][] = [];
  for (let denominator = 2; denominator <= LARGEST_DENOMINATOR; denominator++) {
    const numerator = Math.round(value * denominator);
    if (Math.abs(numerator) > LARGEST_NUMERATOR || commonDivisor(numerator, denominator) > 1) {
      continue;
    }
    fractions.push([numerator, denominator]);
  }
  return fractions;
}

function commonDivisor(a: number, b: number): number {
  let [larger, smaller] = [Math.abs(a), Math.abs(b)];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** The bits of a constant as it stands: those of the nice number it is, if it is one. */
export function bitsOfNiceNumber(value: number): number | undefined {
  const near = niceNumbersNear(value, 0);
  return near.length === 0 ? undefined : near[0].bits;
}
