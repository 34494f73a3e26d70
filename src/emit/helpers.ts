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
};
