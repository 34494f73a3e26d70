/**
 * Puts one weight row into its normal form: residue of cancelled noise dropped, near-equal weights
 * made one, and, for neurons that only the direction of a row matters to (sign, step), primitive
 * integers where the ratios allow.
 *
 *   0.0508028, −1.3716720, −1.3716756  →  1, −27, −27   (scale 0.0508028)
 */
import { linkLevels } from './levels.js';

/** A weight this small beside the row's largest may be what cancelled noise leaves. */
const RESIDUE_SIZE = 1e-7;
/** … but only if nothing stands within this factor above it; protects rows of powers of two. */
const RESIDUE_GAP = 1e4;
/** Ratios of levels count as integers within this, relative: ten times the noise of published files. */
const RATIO_TOLERANCE = 1e-7;
/** Integers beyond this are not determined by a ratio known to RATIO_TOLERANCE. */
const MAX_RATIO = 1e6;
const MAX_DENOMINATOR = 1024;
/** Accept integer ratios only if random levels would show them with less than this probability. */
const MAX_ACCIDENT = 1e-2;

/** Weights at or below the returned magnitude are residue; 0 when there is none. */
export function residueBound(weights: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < weights.length; k++) largest = Math.max(largest, Math.abs(weights[k]));
  const small: number[] = [];
  let above = largest;
  for (let k = 0; k < weights.length; k++) {
    const size = Math.abs(weights[k]);
    if (size <= largest * RESIDUE_SIZE) small.push(size);
    else if (size < above) above = size;
  }
  small.sort((a, b) => b - a);
  for (const size of small) {
    if (size * RESIDUE_GAP <= above) return size;
    above = size;
  }
  return 0;
}

/**
 * Primitive integers proportional to `weights` (zeros stay), exactly if the weights are integers, else
 * within RATIO_TOLERANCE; `undefined` where the ratios are no integers, or may be so by accident, and
 * for a row of zeros.
 */
export function integerRow(weights: Float64Array): Float64Array | undefined {
  const divisor = commonDivisor(weights);
  if (divisor === 0) return undefined;
  if (divisor !== undefined) return divisor === 1 ? weights : weights.map((w) => w / divisor);
  const { representative, assign } = linkLevels(weights.map(Math.abs));
  const first = representative[0] === 0 ? 1 : 0;
  const ratios = integerRatios(representative.subarray(first));
  if (ratios === undefined) return undefined;
  const of = assign();
  const integers = new Float64Array(weights.length);
  for (let k = 0; k < integers.length; k++) {
    if (weights[k] !== 0) integers[k] = Math.sign(weights[k]) * ratios[of[k] - first];
  }
  return integers;
}

/** The greatest common divisor of integer weights; `undefined` if a weight is no integer. */
function commonDivisor(weights: Float64Array): number | undefined {
  let divisor = 0;
  for (let k = 0; k < weights.length; k++) {
    if (!Number.isSafeInteger(weights[k])) return undefined;
    if (divisor !== 1) divisor = greatestCommonDivisor(divisor, weights[k]);
  }
  return divisor;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function integerRatios(levels: Float64Array): Float64Array | undefined {
  if (levels[levels.length - 1] > levels[0] * MAX_RATIO) return undefined;
  for (let denominator = 1; denominator <= MAX_DENOMINATOR; denominator++) {
    let accident = denominator;
    let fits = true;
    for (let k = 0; fits && k < levels.length; k++) {
      const ratio = (denominator * levels[k]) / levels[0];
      fits = Math.abs(ratio - Math.round(ratio)) <= RATIO_TOLERANCE * ratio;
      if (k > 0) accident *= Math.min(1, 2 * RATIO_TOLERANCE * ratio);
    }
    if (!fits) continue;
    if (levels.length > 1 && accident > MAX_ACCIDENT) return undefined;
    return levels.map((level) => Math.round((denominator * level) / levels[0]));
  }
  return undefined;
}
