/** Chooses conditions for a case split of a numeric table: those that leave the least to tell apart. */
import type { NumberGoal } from './solve-number.js';
import { Shortlist } from './shortlist.js';
import type { BooleanTerm } from './term.js';
import type { Work } from './work.js';

/** Conditions of a case split may cost this many half points. */
const MAX_SPLIT_HALVES = 8;
/** Only the cheapest conditions are asked whether a side is affine, which costs more. */
const MAX_AFFINE_CONDITIONS = 40;
/** Score of a side that one affine formula explains, in bits of label entropy per state. */
const AFFINE_BONUS = 0.5;

/** Σ of -count · log2(share) over the labels of one side. */
function entropyOf(counts: Float64Array): number {
  let total = 0;
  let sum = 0;
  for (const count of counts) {
    if (count === 0) continue;
    total += count;
    sum -= count * Math.log2(count);
  }
  return total === 0 ? 0 : sum + total * Math.log2(total);
}

/** Target values as ranks 0, 1, … on the states that matter. */
function labelsOf({ target, care }: NumberGoal): { labels: Uint32Array; count: number } {
  const ranks = new Map<number, number>();
  const labels = Uint32Array.from(care, (state) => {
    const known = ranks.get(target[state]);
    if (known !== undefined) return known;
    ranks.set(target[state], ranks.size);
    return ranks.size - 1;
  });
  return { labels, count: ranks.size };
}

/**
 * The `width` best conditions among the cheap entries, by information gain for their cost; a side
 * that `isAffine` says one formula explains counts as a gain.
 */
export function bestSplits(
  goal: NumberGoal,
  values: number,
  conditions: readonly BooleanTerm[],
  width: number,
  isAffine: (care: Uint32Array) => boolean,
  work: Work,
): BooleanTerm[] {
  const { care } = goal;
  const { labels, count } = labelsOf(goal);
  const inside = new Float64Array(count);
  const outside = new Float64Array(count);
  const list = new Shortlist<BooleanTerm>(width);
  let asked = 0;
  for (const condition of conditions) {
    if (condition.halves > MAX_SPLIT_HALVES || work.exhausted) break;
    inside.fill(0);
    outside.fill(0);
    let size = 0;
    for (let k = 0; k < care.length; k++) {
      const state = care[k];
      if (((condition.bits[state >>> 5] >>> (state & 31)) & 1) === 1) {
        inside[labels[k]]++;
        size++;
      } else outside[labels[k]]++;
    }
    work.spend(1 + (care.length >>> 4));
    if (size === 0 || size === care.length) continue;
    const total = inside.map((value, label) => value + outside[label]);
    let gain = entropyOf(total) - entropyOf(inside) - entropyOf(outside);
    if (values > 2 && asked < MAX_AFFINE_CONDITIONS) {
      asked++;
      const holds = (state: number): boolean =>
        ((condition.bits[state >>> 5] >>> (state & 31)) & 1) === 1;
      if (isAffine(care.filter(holds))) gain += AFFINE_BONUS * size;
      if (isAffine(care.filter((state) => !holds(state))))
        gain += AFFINE_BONUS * (care.length - size);
    }
    list.offer(condition, gain / (condition.halves + 4));
  }
  return list.items();
}
