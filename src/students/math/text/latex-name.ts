/** Names of variables in LaTeX's math mode: a letter as it is, digits as an index, words upright. */

/** One letter, or a word, and what follows an underscore or is a number. */
const INDEXED = /^(\p{L}+?)_?(\p{N}+|(?<=_)[\p{L}\p{N}]+)$/u;

/** Characters that mean something in text mode. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** The LaTeX of a name. Greek letters stay as they are. */
export function latexName(name: string): string {
  if (/^\p{L}+$/u.test(name)) return latexWord(name);
  const indexed = INDEXED.exec(name);
  if (indexed !== null) return `${latexWord(indexed[1])}_{${latexWord(indexed[2])}}`;
  const text = name.replace(/[\\~^{}$&#_%]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`);
  return `\\text{${text}}`;
}

function latexWord(word: string): string {
  return /^\p{L}$|^\p{N}+$/u.test(word) ? word : `\\mathrm{${word}}`;
}
