/**
 * The small functions that a module gets when its program calls them. Each one is safe for every finite
 * input: no overflow, no NaN.
 */
import type { Helper } from '../ir/program.js';
import type { PrintedFunction } from './shape-check.js';

export const HELPERS: Readonly<Record<Helper, PrintedFunction>> = {
  softmax: {
    name: 'softmax',
    doc: 'Positive shares of 1, in the ratio of the exponentials; the maximum is taken out first.',
    parameters: [{ name: 'values', type: 'readonly number[]' }],
    returnType: 'number[]',
    body: `
      const largest = Math.max(...values);
      const powers = values.map((value) => Math.exp(value - largest));
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => power / total);`,
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
};
