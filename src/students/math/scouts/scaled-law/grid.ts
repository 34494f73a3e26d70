/** Which u, and which c for each, are looked at. */
import type { Response } from './responses.js';

/** Exponents in u, the sum of their sizes, and how many u there are at most. */
const INNER_EXPONENTS = [1, -1, 2, -2, 0.5, -0.5, 3, -3];
const MOST_INNER_SIZE = 4;
const MOST_INNER = 160;
/** The grid of c · u: from here at the largest u to there at the smallest, in steps of this ratio. */
const SMALLEST_AT_MOST = 0.1;
const LARGEST_AT_LEAST = 10;
const GRID_RATIO = 10 ** (1 / 8);
const MOST_GRID = 96;

/** Exponents of u, small ones first. */
export function innerExponents(variables: number): readonly (readonly number[])[] {
  let found: (readonly number[])[] = [[]];
  for (let index = 0; index < variables; index++) {
    found = found.flatMap((start) =>
      [0, ...INNER_EXPONENTS]
        .map((exponent) => [...start, exponent])
        .filter((exponents) => sizeOf(exponents) <= MOST_INNER_SIZE),
    );
  }
  return found
    .filter((exponents) => exponents.some((exponent) => exponent !== 0))
    .sort((a, b) => sizeOf(a) - sizeOf(b))
    .slice(0, MOST_INNER);
}

/** Sizes added up; a root counts as a square does. */
function sizeOf(exponents: readonly number[]): number {
  return exponents.reduce((sum, e) => sum + (Number.isInteger(e) ? Math.abs(e) : 2), 0);
}

export interface GridPoint {
  readonly scale: number;
  readonly bracket: readonly [number, number];
}

export function gridOf(values: Float64Array, { takesBothSigns, isClosed }: Response): GridPoint[] {
  let [least, most] = [Infinity, 0];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(least > 0 && most > least && Number.isFinite(most))) return [];
  // Any c does where powers of φ are φ again: k finds the right one.
  if (isClosed) return [{ scale: 1 / most, bracket: [1 / most, 1 / most] }];
  const [low, high] = [SMALLEST_AT_MOST / most, LARGEST_AT_LEAST / least];
  const steps = Math.min(MOST_GRID, Math.ceil(Math.log(high / low) / Math.log(GRID_RATIO)));
  const ratio = (high / low) ** (1 / steps);
  const positive = Array.from({ length: steps + 1 }, (_, k): GridPoint => {
    const scale = low * ratio ** k;
    return { scale, bracket: [scale / ratio, scale * ratio] };
  });
  const negative = positive.toReversed().map(({ scale, bracket }): GridPoint => {
    return { scale: -scale, bracket: [-bracket[1], -bracket[0]] };
  });
  return takesBothSigns ? [...negative, ...positive] : positive;
}
