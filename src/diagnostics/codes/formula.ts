/** Diagnostics of formulas that a user writes. The place says which option, and which character (column). */
import { entry, suggest } from '../entry.js';
import type { Unknown } from './manifest.js';

export const FORMULA_DIAGNOSTICS = {
  FORMULA_SYNTAX: entry<{ expected: string; found: string }>(
    ({ expected, found }) => `expected ${expected}, found ${found}`,
    ({ found }) =>
      found === '"="'
        ? 'a comparison for equality is written =='
        : 'a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks',
  ),
  FORMULA_UNKNOWN_NAME: entry<Unknown>(
    ({ word }) => `unknown name "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  FORMULA_UNKNOWN_FUNCTION: entry<Unknown>(
    ({ word }) => `unknown function "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  FORMULA_ARGUMENTS: entry<{ name: string; expected: number; actual: number }>(
    ({ name, expected, actual }) =>
      `${name} takes ${expected} argument${expected === 1 ? '' : 's'}, found ${actual}`,
    ({ name, expected }) => `write ${name}(${['a', 'b', 'c'].slice(0, expected).join(', ')})`,
  ),
  FORMULA_TOO_DEEP: entry<{ limit: number }>(
    ({ limit }) => `the formula is nested deeper than ${limit} levels`,
    () => 'is this the right text?',
  ),
} as const;
