/**
 * What a question can make of a feature's values: the parts that questions lead to, and how each of them
 * can be split further. Features of few values may be asked for any set of them, others for thresholds.
 */
import type { Condition } from '../tree.js';
import type { FiniteFeature } from './finite-table.js';

export interface PartFamily {
  /** Positions of values, ascending; parts stand before those that contain them, the last is the whole. */
  readonly parts: readonly (readonly number[])[];
  /** For each part its splits as pairs of parts (yes, no), one behind the other; thresholds come first. */
  readonly splits: readonly Int32Array[];
}

/** Features of more values are asked for thresholds alone: sets of values are 2 to that power. */
export const MOST_SET_VALUES = 5;

/** How many parts a feature has. */
export function countParts(extent: number): number {
  return extent <= MOST_SET_VALUES ? 2 ** extent - 1 : (extent * (extent + 1)) / 2;
}

/** The parts of a feature with so many values. */
export function partsOf(extent: number): PartFamily {
  return extent <= MOST_SET_VALUES ? subsets(extent) : intervals(extent);
}

/** Part `mask` − 1 is the set of the mask's bits. */
function subsets(extent: number): PartFamily {
  const masks = Array.from({ length: 2 ** extent - 1 }, (_, index) => index + 1);
  const parts = masks.map((mask) =>
    Array.from({ length: extent }, (_, value) => value).filter((value) => (mask >> value) & 1),
  );
  const splits = masks.map((mask, index) => {
    const lowest = 1 << parts[index][0];
    const isThreshold = (yes: number): boolean => (yes & -yes) > (mask ^ yes);
    // Each pair once: the lowest value is on the side of no.
    const sides = masks.filter((yes) => (yes & mask) === yes && (yes & lowest) === 0);
    const ordered = [...sides.filter(isThreshold), ...sides.filter((yes) => !isThreshold(yes))];
    return Int32Array.from(ordered.flatMap((yes) => [yes - 1, (mask ^ yes) - 1]));
  });
  return { parts, splits };
}

function intervals(extent: number): PartFamily {
  const parts: number[][] = [];
  const splits: Int32Array[] = [];
  /** Position of the first interval of a length. */
  const starts = [0, 0];
  for (let length = 1; length <= extent; length++) {
    for (let from = 0; from + length <= extent; from++) {
      parts.push(Array.from({ length }, (_, k) => from + k));
      const pairs: number[] = [];
      for (let cut = 1; cut < length; cut++) {
        pairs.push(starts[length - cut] + from + cut, starts[cut] + from);
      }
      splits.push(Int32Array.from(pairs));
    }
    starts[length + 1] = parts.length;
  }
  return { parts, splits };
}

/** The question whose answer is yes for the first of two parts and no for the second, and which of them is `yes`. */
export function questionOf(
  { feature, values }: FiniteFeature,
  yes: readonly number[],
  no: readonly number[],
): { readonly condition: Condition; readonly isSwapped: boolean } {
  const last = no[no.length - 1];
  if (yes[0] > last) {
    const threshold = between(values[last], values[last + 1]);
    return { condition: { kind: 'above', feature, threshold }, isSwapped: false };
  }
  const isSwapped = no.length < yes.length;
  const named = (isSwapped ? no : yes).map((value) => values[value]);
  return { condition: { kind: 'among', feature, values: named }, isSwapped };
}

/** The middle of two numbers, below the upper one even where there is no number between them. */
export function between(lower: number, upper: number): number {
  const middle = lower + (upper - lower) / 2;
  return middle < upper ? middle : lower;
}
