/**
 * Dimensions: exponents over the base units, so that N = kg·m/s² is [1, 1, −2, 0, …]. Angles are pure
 * numbers, as in the SI. Exponents are real, since roots and fitted powers make them so.
 */

/** One exponent for each of `BASE_UNITS`. */
export type Dimension = readonly number[];

export const BASE_UNITS = ['kg', 'm', 's', 'A', 'K', 'cd', 'mol', 'bit'] as const;

/** That of pure numbers. */
export const NUMBER: Dimension = BASE_UNITS.map(() => 0);

/** Exponents nearer than this are the same: fractions such as 1/3 have been through float arithmetic. */
const SAME_EXPONENT = 1e-9;

export function areAlike(a: Dimension, b: Dimension): boolean {
  return a.every((exponent, k) => Math.abs(exponent - b[k]) <= SAME_EXPONENT);
}

/** The dimension of a product, or with `power` −1 of a quotient. */
export function combine(a: Dimension, b: Dimension, power: number): Dimension {
  return a.map((exponent, k) => exponent + power * b[k]);
}

export function raise(a: Dimension, power: number): Dimension {
  return a.map((exponent) => exponent * power);
}

/** `kg m^2 / s^2`; `1` for a pure number. */
export function dimensionText(dimension: Dimension): string {
  const side = (sign: number): string =>
    BASE_UNITS.flatMap((unit, k) => {
      const exponent = Number((sign * dimension[k]).toPrecision(6));
      if (!(exponent > SAME_EXPONENT)) return [];
      return [exponent === 1 ? unit : `${unit}^${exponent}`];
    }).join(' ');
  const [above, below] = [side(1), side(-1)];
  if (below === '') return above === '' ? '1' : above;
  return `${above === '' ? '1' : above} / ${below.includes(' ') ? `(${below})` : below}`;
}
