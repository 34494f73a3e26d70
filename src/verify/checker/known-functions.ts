/**
 * Functions of the text whose bodies the interpreter cannot follow for unknown arguments, since their
 * loops end when the numbers say so, or runs many times slower for known ones. A function whose
 * parsed text is exactly one of these, whatever it is called, has the meaning that stands beside it; where
 * that has nothing to say, its body is run like any other.
 */
import type { Context } from './context.js';
import { roundHalfEvenOf } from './integer-parts.js';
import type { Num } from './num.js';
import { applied, roundedAs } from './operations.js';
import type { FunctionSyntax } from './syntax.js';
import { ArrayValue } from './interpreter/values.js';
import type { Value } from './interpreter/values.js';

export interface KnownFunction {
  readonly text: string;
  /** What the function gives for an unknown number, as JavaScript computes it. */
  readonly meaning?: (context: Context, value: Num) => Num;
  /** The array that it gives where all its arguments hold numbers; `undefined` for any others. */
  readonly numeric?: (values: readonly Value[]) => Numbers | undefined;
}

interface Numbers {
  readonly numbers: number[];
  /** About as many as the body would take: other limits are set by them. */
  readonly steps: number;
}

/** Products that one step of the interpreter computes in `dense`. */
const PRODUCTS_PER_STEP = 8;

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
  {
    // Each sum takes its products in the order of the cells, whatever is computed beside it.
    text: `function dense(input, weights, biases) {
      const cells = new Array(input.length).fill(0);
      for (let j = 0; j < cells.length; j++) cells[j] = input[j];
      const sums = [...biases];
      const rows = sums.length - (sums.length % 4);
      const columns = cells.length - (cells.length % 4);
      for (let i = 0; i < rows; i += 4) {
        const p = weights[i];
        const q = weights[i + 1];
        const r = weights[i + 2];
        const s = weights[i + 3];
        let a = sums[i];
        let b = sums[i + 1];
        let c = sums[i + 2];
        let d = sums[i + 3];
        for (let j = 0; j < columns; j += 4) {
          const w = cells[j];
          const x = cells[j + 1];
          const y = cells[j + 2];
          const z = cells[j + 3];
          a = a + p[j] * w + p[j + 1] * x + p[j + 2] * y + p[j + 3] * z;
          b = b + q[j] * w + q[j + 1] * x + q[j + 2] * y + q[j + 3] * z;
          c = c + r[j] * w + r[j + 1] * x + r[j + 2] * y + r[j + 3] * z;
          d = d + s[j] * w + s[j + 1] * x + s[j + 2] * y + s[j + 3] * z;
        }
        sums[i] = a;
        sums[i + 1] = b;
        sums[i + 2] = c;
        sums[i + 3] = d;
      }
      for (let i = 0; i < sums.length; i++) {
        for (let j = i < rows ? columns : 0; j < cells.length; j++) sums[i] += weights[i][j] * cells[j];
      }
      return sums;
    }`,
    numeric: ([input, weights, biases]) => {
      const cells = numbersIn(input);
      const sums = numbersIn(biases)?.slice();
      if (cells === undefined || sums === undefined) return undefined;
      if (!(weights instanceof ArrayValue) || weights.items.length < sums.length) return undefined;
      for (let i = 0; i < sums.length; i++) {
        const row = numbersIn(weights.items[i]);
        if (row === undefined || row.length < cells.length) return undefined;
        let sum = sums[i];
        for (let j = 0; j < cells.length; j++) sum += row[j] * cells[j];
        sums[i] = sum;
      }
      const steps = Math.ceil((sums.length * cells.length) / PRODUCTS_PER_STEP);
      return { numbers: sums, steps };
    },
  },
];

/** The items of an array of numbers. */
function numbersIn(value: Value): readonly number[] | undefined {
  if (!(value instanceof ArrayValue)) return undefined;
  const { items } = value;
  for (let k = 0; k < items.length; k++) if (typeof items[k] !== 'number') return undefined;
  return items as number[];
}

/** What two functions have in common that do the same but for their own names and places. */
export function shapeOfFunction({ parameters, body }: FunctionSyntax): string {
  return JSON.stringify([parameters, body], (key, value: unknown) => (key === 'at' ? undefined : value)); // prettier-ignore
}
