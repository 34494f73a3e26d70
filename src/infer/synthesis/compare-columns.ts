/** Comparisons of numbers in every state, as sets of states. */
import type { Bits } from './bits.js';

export type Comparison = '===' | '>=' | '<=' | '>' | '<' | '!==';

/** Writes the states in which `left operator right` holds to `out`; `full` holds all states. */
export function compareInto(
  out: Bits,
  operator: Comparison,
  left: Float64Array,
  right: Float64Array,
  full: Bits,
): void {
  switch (operator) {
    case '===':
      equalInto(out, left, right);
      return;
    case '>':
      lessInto(out, right, left);
      return;
    case '<':
      lessInto(out, left, right);
      return;
    case '!==':
      equalInto(out, left, right);
      break;
    case '>=':
      lessInto(out, left, right);
      break;
    case '<=':
      lessInto(out, right, left);
      break;
  }
  // No column holds NaN, so what is not less is equal or greater.
  for (let word = 0; word < out.length; word++) out[word] = full[word] & ~out[word];
}

function equalInto(out: Bits, left: Float64Array, right: Float64Array): void {
  out.fill(0);
  for (let state = 0; state < left.length; state++) {
    if (left[state] === right[state]) out[state >>> 5] |= 1 << (state & 31);
  }
}

function lessInto(out: Bits, left: Float64Array, right: Float64Array): void {
  out.fill(0);
  for (let state = 0; state < left.length; state++) {
    if (left[state] < right[state]) out[state >>> 5] |= 1 << (state & 31);
  }
}
