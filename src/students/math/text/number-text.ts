/**
 * Numbers as formulas write them. A number that is to the last bit a small fraction, a small multiple of
 * π, e or √2 is told as that, so that `1/3` need not be recognised in 0.3333333333333333; any other with
 * its shortest digits, or with as many as are asked for.
 */
import { LEVELS } from './notation.js';

/** A piece of text and how tightly it binds. */
export interface Piece {
  readonly text: string;
  readonly level: number;
}

/** Decimals up to this length are read more easily than a fraction. */
const SHORT_DECIMAL = 6;

/** Largest numerator and denominator of a fraction and of a multiple of π that is told as such. */
const LARGEST_NUMERATOR = 99;
const LARGEST_DENOMINATOR = 12;
const LARGEST_MULTIPLE = 12;

/**
 * The text of a number that is not negative. With `digits`, what has no short name is rounded to so many
 * significant digits. `isTaken` tells the names that mean a variable.
 */
export function numberPiece(
  value: number,
  digits: number | undefined,
  isTaken: (name: string) => boolean,
): Piece {
  const decimal = String(value);
  const isLong = decimal.length > SHORT_DECIMAL && Number.isFinite(value);
  const named = isLong ? (fractionOf(value) ?? namedNumber(value, isTaken)) : undefined;
  if (named !== undefined) return named;
  if (digits === undefined || !isLong) return { text: decimal, level: LEVELS.atom };
  return { text: String(Number(value.toPrecision(digits))), level: LEVELS.atom };
}

function fractionOf(value: number): Piece | undefined {
  for (let denominator = 2; denominator <= LARGEST_DENOMINATOR; denominator++) {
    const numerator = Math.round(value * denominator);
    if (numerator > LARGEST_NUMERATOR) return undefined;
    if (numerator > 0 && numerator / denominator === value) {
      return { text: `${numerator}/${denominator}`, level: LEVELS.product };
    }
  }
  return undefined;
}

function namedNumber(value: number, isTaken: (name: string) => boolean): Piece | undefined {
  if (value === Math.SQRT2) return { text: 'sqrt(2)', level: LEVELS.atom };
  if (value === Math.E && !isTaken('e')) return { text: 'e', level: LEVELS.atom };
  return isTaken('pi') ? undefined : multipleOfPi(value);
}

/** `pi`, `2 * pi`, `pi / 4`, `2 * pi / 3`, `1 / (4 * pi)`, each computed in just this order. */
function multipleOfPi(value: number): Piece | undefined {
  for (let below = 1; below <= LARGEST_MULTIPLE; below++) {
    for (let above = 1; above <= LARGEST_MULTIPLE; above++) {
      const multiple = above === 1 ? 'pi' : `${above} * pi`;
      if ((above * Math.PI) / below === value) {
        if (below > 1) return { text: `${multiple} / ${below}`, level: LEVELS.product };
        return { text: multiple, level: above === 1 ? LEVELS.atom : LEVELS.product };
      }
      const divisor = below === 1 ? 'pi' : `(${below} * pi)`;
      if (above / (below * Math.PI) === value) {
        return { text: `${above} / ${divisor}`, level: LEVELS.product };
      }
    }
  }
  return undefined;
}
