/**
 * The small functions that a module gets when its program calls them. Each one is safe for every finite
 * input: no overflow, no NaN.
 */
import type { Helper, Program } from '../ir/program.js';
import type { PrintedFunction } from './shape-check.js';

/** The function that a call of a helper means in a program. */
export function helperFunction({ precision }: Program, helper: Helper): PrintedFunction {
  const rounding = precision === 'float32' ? FLOAT32_HELPERS[helper] : undefined;
  return { ...HELPERS[helper], ...rounding };
}

export const HELPERS: Readonly<Record<Helper, PrintedFunction>> = {
  softmax: {
    name: 'softmax',
    doc: 'Positive shares of 1, in the ratio of the exponentials; the maximum is taken out first.',
    parameters: [{ name: 'values', type: 'readonly number[]' }],
    returnType: 'number[]',
    body: `
      const largest = Math.max(...values);
      const shares = values.map((value) => Math.exp(value - largest));
      const total = shares.reduce((sum, share) => sum + share, 0);
      for (let i = 0; i < shares.length; i++) shares[i] /= total;
      return shares;`,
  },
  sigmoid: {
    name: 'sigmoid',
    doc: 'The logistic function, between 0 and 1.',
    parameters: [{ name: 'value', type: 'number' }],
    returnType: 'number',
    body: 'return 1 / (1 + Math.exp(-value));',
  },
  erf: {
    name: 'erf',
    doc: 'The error function, by its series of positive terms (Abramowitz and Stegun 7.1.6).',
    parameters: [{ name: 'value', type: 'number' }],
    returnType: 'number',
    body: `
      const square = value * value;
      if (square > 36) return Math.sign(value);
      let [term, total] = [value, value];
      for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
        term *= (2 * square) / (2 * n + 1);
        total += term;
      }
      return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * total;`,
  },
  roundHalfEven: {
    name: 'roundHalfEven',
    doc: 'The nearest integer, the even one where two are equally near.',
    parameters: [{ name: 'value', type: 'number' }],
    returnType: 'number',
    body: `
      const below = Math.floor(value);
      const rest = value - below;
      if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
      return below % 2 === 0 ? below : below + 1;`,
  },
  dense: {
    name: 'dense',
    doc: 'For each row of weights: its bias, then each weight times its input, added in order.',
    parameters: [
      { name: 'input', type: 'ArrayLike<number>' },
      { name: 'weights', type: 'readonly (readonly number[])[]' },
      { name: 'biases', type: 'readonly number[]' },
    ],
    returnType: 'number[]',
    body: `
      const cells = new Array<number>(input.length).fill(0);
      for (let j = 0; j < cells.length; j++) cells[j] = input[j];
      const sums = [...biases];
      const rows = sums.length - (sums.length % 4);
      const columns = cells.length - (cells.length % 4);
      // Four rows by four cells at a time: four sums never wait for each other, and each cell is read
      // once for four rows. Several times faster than row by row, and the same to the last bit.
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
      // The rows and columns that are left over.
      for (let i = 0; i < sums.length; i++) {
        for (let j = i < rows ? columns : 0; j < cells.length; j++) sums[i] += weights[i][j] * cells[j];
      }
      return sums;`,
  },
};

/** What differs where every result is rounded to float32. Functions left out are rounded by who calls them. */
const FLOAT32_HELPERS: Readonly<Partial<Record<Helper, Partial<PrintedFunction>>>> = {
  softmax: {
    doc: 'Positive shares of 1, in the ratio of the exponentials; the maximum is taken out first. In float32.',
    body: `
      const largest = Math.max(...values);
      const shares = values.map((value) => Math.fround(Math.exp(Math.fround(value - largest))));
      const total = shares.reduce((sum, share) => Math.fround(sum + share), 0);
      for (let i = 0; i < shares.length; i++) shares[i] = Math.fround(shares[i] / total);
      return shares;`,
  },
  sigmoid: {
    doc: 'The logistic function, between 0 and 1, in float32.',
    body: 'return Math.fround(1 / Math.fround(1 + Math.fround(Math.exp(-value))));',
  },
  dense: {
    doc: 'For each row of weights: its bias, then each weight times its input, added in order, in float32.',
    body: `
      const cells = Array.from(input).map((cell) => Math.fround(cell));
      return biases.map((bias, i) => {
        const row = weights[i];
        let sum = bias;
        for (let j = 0; j < row.length; j++) sum = Math.fround(sum + Math.fround(row[j] * cells[j]));
        return sum;
      });`,
  },
};
