/** Plurals of names of axes and of counted words, for texts and for names of sizes. */

/** The plural of an English noun by its ending: `rows`, `boxes`, `cities`. */
export function plural(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/i.test(word) ? `${word}es` : `${word}s`;
}
