/** Numbers, signs and counts as the texts of a report write them: a minus sign, not a hyphen. */
import { plural } from '../ir/words.js';

/** Digits of a coefficient that a formula shows; the JSON has all of them. */
const SHOWN_DIGITS = 8;

/** The size of a number with at most eight significant digits. */
export function sizeText(value: number): string {
  return String(Number(Math.abs(value).toPrecision(SHOWN_DIGITS)));
}

/** `1.5`, `−2`. */
export function numberText(value: number): string {
  return `${value < 0 ? '−' : ''}${sizeText(value)}`;
}

/** `+ 1.5`, `− 2`: a number as a later term of a sum. */
export function signedText(value: number): string {
  return `${value < 0 ? '−' : '+'} ${sizeText(value)}`;
}

/** `+ x`, `− 3·x`: a product as a later term of a sum; a factor of 1 is left out. */
export function withFactor(factor: number, times: string, text: string): string {
  const shown = sizeText(factor);
  const size = shown === '1' ? '' : `${shown}${times}`;
  return `${factor < 0 ? '−' : '+'} ${size}${text}`;
}

/** `1,234`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 neuron`, `1,234 neurons`. */
export function counted(count: number, word: string): string {
  return `${grouped(count)} ${count === 1 ? word : plural(word)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
