/** The nearest known word to a misspelt one, for hints. */

/** Words further away than this share of their length are not worth suggesting. */
const LARGEST_SHARE = 0.5;

/** Longer words are cut before they are compared, so that hostile input costs nothing. */
const LONGEST_WORD = 64;

/**
 * The number of insertions, deletions, replacements and swaps of neighbours between two words, where no
 * letter is changed twice (Damerau 1964).
 */
export function editDistance(left: string, right: string): number {
  let [before, previous]: number[][] = [
    [],
    Array.from({ length: right.length + 1 }, (_, index) => index),
  ];
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = previous[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1);
      const isSwap = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const swapped = isSwap && i > 1 && j > 1 ? before[j - 2] + 1 : Infinity;
      current.push(Math.min(replaced, swapped, previous[j] + 1, current[j - 1] + 1));
    }
    [before, previous] = [previous, current];
  }
  return previous[right.length];
}

/**
 * The known word nearest to `word` without regard to case, the first of several; `undefined` when
 * none differs in less than half of its letters.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const wanted = word.slice(0, LONGEST_WORD).toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of known) {
    // Half of its letters more or less is more than the limit: nothing to compare.
    if (candidate.length > 2 * wanted.length || wanted.length > 2 * candidate.length) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    const limit = LARGEST_SHARE * Math.max(wanted.length, candidate.length);
    if (distance < bestDistance && distance <= limit) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
