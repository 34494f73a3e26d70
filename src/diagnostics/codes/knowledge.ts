/** Diagnostics of what the user knows of a formula beforehand: units, variables, guesses, operators, templates. */
import { entry, suggest } from '../entry.js';
import type { Unknown } from './manifest.js';

export const KNOWLEDGE_DIAGNOSTICS = {
  UNIT_UNKNOWN: entry<Unknown>(
    ({ word }) => `unknown unit "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  UNIT_SYNTAX: entry<{ text: string }>(
    ({ text }) => (text.trim() === '' ? 'the unit is empty' : `"${text}" is no unit`),
    () => 'a unit looks like kg*m/s^2, J/(mol K) or 1, without a number before it',
  ),
  UNIT_OFFSET: entry<{ word: string }>(
    ({ word }) => `${word} counts from a zero of its own`,
    () => 'sums and products of such numbers mean nothing: convert the column to K',
  ),
  UNITS_COUNT: entry<{ actual: number; expected: number }>(
    ({ actual, expected }) => `${actual} units for ${expected} cells`,
    () => 'give one unit for all cells, or one for each',
  ),
  DIMENSIONS_WITHOUT_UNITS: entry<{ option: string }>(
    ({ option }) => `${option} is given, but no units are`,
    () => "give them with --units 'NAME=UNIT, NAME=UNIT', or in the manifest",
  ),
  KNOWLEDGE_UNKNOWN_VARIABLE: entry<Unknown & { option: string }>(
    ({ word, option }) => `--${option} names "${word}", which no formula can read`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  KNOWLEDGE_CONTRADICTION: entry<{ reason: string; hint: string }>(
    ({ reason }) => reason,
    ({ hint }) => hint,
  ),
  KNOWLEDGE_NAME_TAKEN: entry<{ name: string; by: string }>(
    ({ name, by }) => `the name "${name}" is taken by ${by}`,
    () => 'choose another name',
  ),
  GUESS_NOT_ALLOWED: entry<{ guess: string; reason: string; hint: string }>(
    ({ guess, reason }) => `the guess ${guess} ${reason}`,
    ({ hint }) => hint,
  ),
  TEMPLATE_WITHOUT_HOLES: entry<{ text: string }>(
    ({ text }) => `the template "${text}" leaves nothing to be found`,
    () => 'write a hole as a function of a name of its own, such as f(x, y) + g(z)',
  ),
  TRANSFORM_UNDEFINED: entry<{ name: string; value: string; row: number }>(
    ({ name, value, row }) =>
      `the transform "${name}" is ${value} at row ${row} of what is searched`,
    () => 'choose one that is a number wherever the model is asked, or give a domain',
  ),
} as const;
