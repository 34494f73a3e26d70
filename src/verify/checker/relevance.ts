/**
 * Terms of a small threshold that never matter: in [2a − b ≥ 1] over 0/1 values, b does not. Networks
 * contain such terms; a text does not, so they must go before the two can meet.
 */

/** Thresholds with more terms or a wider sum than this are left as they are. */
export const MAX_TERMS = 12;
const MAX_SPAN = 512;

/**
 * A term whose value cannot change [Σ integers · x ≥ bound], x ranging over lows .. highs in steps of
 * one, with the bound for the rest; undefined when there is none or the threshold is too large to
 * look. Only the term of the smallest span can be irrelevant without a wider one being so too.
 */
export function irrelevantTerm(
  integers: ArrayLike<number>,
  lows: readonly number[],
  highs: readonly number[],
  bound: number,
): { readonly term: number; readonly bound: number } | undefined {
  if (integers.length < 2 || integers.length > MAX_TERMS) return undefined;
  const spans: number[] = [];
  let total = 0;
  let term = 0;
  for (let k = 0; k < integers.length; k++) {
    const span = Math.abs(integers[k]) * (highs[k] - lows[k]);
    spans.push(span);
    total += span;
    if (span < spans[term]) term = k;
  }
  if (total > MAX_SPAN) return undefined;
  let base = 0;
  let reached = new Uint8Array([1]);
  for (let k = 0; k < integers.length; k++) {
    if (k === term) continue;
    base += integers[k] * (integers[k] > 0 ? lows[k] : highs[k]);
    const wider = new Uint8Array(reached.length + spans[k]);
    for (let offset = 0; offset <= spans[k]; offset += Math.abs(integers[k])) {
      for (let sum = 0; sum < reached.length; sum++) {
        if (reached[sum] === 1) wider[sum + offset] = 1;
      }
    }
    reached = wider;
  }
  const worst = integers[term] * (integers[term] > 0 ? lows[term] : highs[term]);
  // The term matters for a sum r of the others exactly when r + worst < bound ≤ r + worst + span.
  for (let sum = 0; sum < reached.length; sum++) {
    const value = base + sum + worst;
    if (reached[sum] === 1 && value < bound && value + spans[term] >= bound) return undefined;
  }
  return { term, bound: bound - worst };
}
