/**
 * Text out of files as diagnostics may print it: on one line, of bounded length, without the characters
 * that move a terminal's cursor, change its colours or turn the direction of what follows.
 */

/** Longer texts are cut. */
const LONGEST_TEXT = 300;

/** Controls, invisible formats, halves of characters, separators of lines. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text, with `\u{1b}` for an escape and `…` for what is left out beyond `longest` characters. */
export function printable(text: string, longest = LONGEST_TEXT): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

/** An object of values, with every text in it printable. */
export function printableValues<Values extends object>(values: Values): Values {
  const entries = Object.entries(values).map(([key, value]) => [key, printableValue(value)]);
  return Object.fromEntries(entries) as Values;
}

function printableValue(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  return Array.isArray(value) ? value.map(printableValue) : value;
}
