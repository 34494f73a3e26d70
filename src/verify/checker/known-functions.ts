/**
 * Functions of the text whose bodies the interpreter cannot follow for unknown arguments, since their
 * loops end when the numbers say so. A function whose parsed text is exactly one of these, whatever it is
 * called, has the meaning that stands beside it; of known arguments its body is run like any other.
 */
import type { Context } from './context.js';
import { roundHalfEvenOf } from './integer-parts.js';
import type { Num } from './num.js';
import { applied, roundedAs } from './operations.js';
import type { FunctionSyntax } from './syntax.js';

export interface KnownFunction {
  readonly text: string;
  /** What the function gives for a number, as JavaScript computes it. */
  readonly meaning: (context: Context, value: Num) => Num;
}

export const KNOWN_FUNCTIONS: readonly KnownFunction[] = [
  {
    // The error function, within `SERIES_ERROR` of its value (`functions.ts`).
    text: `function erf(value) {
      const square = value * value;
      if (square > 36) return Math.sign(value);
      let [term, total] = [value, value];
      for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
        term *= (2 * square) / (2 * n + 1);
        total += term;
      }
      return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * total;
    }`,
    meaning: (context, value) => roundedAs('erf', applied(context, 'erf', [value])),
  },
  {
    // Exact for every float: where the difference is rounded, it is nowhere near a half.
    text: `function roundHalfEven(value) {
      const below = Math.floor(value);
      const rest = value - below;
      if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
      return below % 2 === 0 ? below : below + 1;
    }`,
    meaning: roundHalfEvenOf,
  },
];

/** What two functions have in common that do the same but for their own names and places. */
export function shapeOfFunction({ parameters, body }: FunctionSyntax): string {
  return JSON.stringify([parameters, body], (key, value: unknown) => (key === 'at' ? undefined : value)); // prettier-ignore
}
