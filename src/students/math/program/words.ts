/** What a part of a formula is called where it gets a name: `sine of angle`, `speed squared`, `ratio`. */
import type { Call, Formula } from '../formula.js';

/** Words for the value of an operator, by its name. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['+', 'sum'],
  ['-', 'difference'],
  ['*', 'product'],
  ['/', 'ratio'],
  ['pow', 'power'],
  ['min', 'least'],
  ['max', 'most'],
  ['neg', 'opposite'],
  ['sqrt', 'root'],
  ['cbrt', 'cubeRoot'],
  ['abs', 'size'],
  ['exp', 'exponential'],
  ['log', 'logarithm'],
  ['sin', 'sine'],
  ['cos', 'cosine'],
  ['tan', 'tangent'],
  ['asin', 'arcsine'],
  ['acos', 'arccosine'],
  ['atan', 'arctangent'],
  ['cond', 'choice'],
  ['floor', 'whole'],
  ['square', 'square'],
  ['cube', 'cube'],
]);

/** Powers of a variable are called after it. */
const AFTER: ReadonlyMap<string, string> = new Map([
  ['square', 'squared'],
  ['cube', 'cubed'],
]);

/** A name for a part, to be made an identifier; `nameOf` gives those of variables. */
export function wordsOf(formula: Call, nameOf: (variable: number) => string): string {
  const { operator, arguments: parts } = formula;
  const word = WORDS.get(operator) ?? (/^[a-z]+$/.test(operator) ? operator : 'test');
  const only: Formula | undefined = parts.length === 1 ? parts[0] : undefined;
  if (only?.kind !== 'variable') return word;
  const name = nameOf(only.index);
  const after = AFTER.get(operator);
  return after === undefined ? `${word} of ${name}` : `${name} ${after}`;
}
