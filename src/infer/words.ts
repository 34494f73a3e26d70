/** Words and their forms: camelCase, plurals, and the names that axes have. */
import { axisNamesOf } from '../ir/model-interface.js';
import type { Model, Reference } from './values.js';

/** Words in capitals alone, such as the names of operators. */
const ABBREVIATION = /^\p{Lu}{2,}$/u;

/** The words in camelCase. */
export function camelCase(...words: readonly string[]): string {
  const parts = words
    .flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
    .filter((part) => part !== '')
    .map((part) => (ABBREVIATION.test(part) ? part.toLowerCase() : part));
  return parts
    .map((part, index) =>
      index === 0
        ? part.charAt(0).toLowerCase() + part.slice(1)
        : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join('');
}

/** The name of an array of such things. */
export function plural(hint: string): string {
  if (/(s|x|ch|sh)$/.test(hint)) return `${hint}es`;
  return /[^aeiou]y$/.test(hint) ? `${hint.slice(0, -1)}ies` : `${hint}s`;
}

/** The name of one element of an array that `plural` named. */
export function singular(hint: string): string {
  if (/ies$/.test(hint)) return `${hint.slice(0, -3)}y`;
  if (/(s|x|ch|sh)es$/.test(hint)) return hint.slice(0, -2);
  return hint.endsWith('s') ? hint.slice(0, -1) : hint;
}

/** The axis names of a reference's source. */
export function axisNames(
  model: Model,
  source: Reference['source'],
): readonly (string | undefined)[] {
  if (source.kind === 'value') return model.values[source.id].axes.map((axis) => axis.name);
  return axisNamesOf(model.interface.inputs[source.index]);
}

/** Coefficients whose relative difference is at most this are called alike: words are no proofs. */
const WORD_TOLERANCE = 1e-6;

/** Whether two coefficients are one as far as words go, so that noise does not change any name. */
export function isNearly(first: number, second: number): boolean {
  return Math.abs(first - second) <= WORD_TOLERANCE * Math.max(Math.abs(first), Math.abs(second));
}

/** Whether all values are 0 or 1, and both occur, as far as words go. */
export function isNearlyFlag(values: Iterable<number>): boolean {
  const near = (value: number, whole: number): boolean => Math.abs(value - whole) <= WORD_TOLERANCE;
  const all = [...values];
  return (
    all.every((value) => near(value, 0) || near(value, 1)) &&
    all.some((value) => near(value, 0)) &&
    all.some((value) => near(value, 1))
  );
}
