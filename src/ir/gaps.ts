/**
 * Positions that lack a few: what is missing, and when saying that is shorter than a list of the rest.
 *
 *   0 1 3 4 8   →   0..8 without 2 and 5..7          0 7 9   →   a list
 */

/** Positions between two that are taken, both ends included. */
export interface Gap {
  readonly first: number;
  readonly last: number;
}

/** More gaps than this are harder to read than the list. */
const MAX_GAPS = 4;
/** So few gaps are told wherever that spares some numbers; more only where it spares half of them. */
const FEW_GAPS = 2;
/** A list is kept where what to leave out takes nearly as many comparisons as there are values. */
const MIN_SPARED = 2;

/** The gaps of ascending whole positions; `undefined` for any other list. */
export function gapsOf(values: readonly number[]): readonly Gap[] | undefined {
  const gaps: Gap[] = [];
  for (let k = 1; k < values.length; k++) {
    const [before, value] = [values[k - 1], values[k]];
    if (!Number.isInteger(before) || !Number.isInteger(value) || value <= before) return undefined;
    if (value > before + 1) gaps.push({ first: before + 1, last: value - 1 });
  }
  return gaps;
}

/** The gaps of ascending positions where naming them is shorter than the list; else `undefined`. */
export function gapsToSkip(values: readonly number[]): readonly Gap[] | undefined {
  const gaps = gapsOf(values);
  if (gaps === undefined || gaps.length > MAX_GAPS) return undefined;
  const comparisons = gaps.reduce((sum, { first, last }) => sum + (first === last ? 1 : 2), 0);
  if (comparisons + MIN_SPARED > values.length) return undefined;
  return gaps.length > FEW_GAPS && 2 * comparisons > values.length ? undefined : gaps;
}

/**
 * The ascending values with their gaps filled, or as they are where a list is the shorter way. Equal
 * steps are a progression, which has no gaps. What is near 0 is filled down to 0, so that the rank of a
 * value is the value itself.
 */
export function spanGaps(values: readonly number[]): readonly number[] {
  const step = values.length < 2 ? 1 : values[1] - values[0];
  if (values.every((value, k) => value === values[0] + k * step)) return values;
  if (gapsToSkip(values) === undefined) return values;
  const last = values[values.length - 1];
  const first = values[0] > 0 && values[0] <= values.length ? 0 : values[0];
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}
