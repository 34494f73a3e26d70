/**
 * Which parts of formulas deserve a name: those that occur more than once, unless they are as quickly read
 * as a name is (`x ** 2`, `a * b`).
 */
import type { Call, Formula } from '../formula.js';
import { keyOfFormula, sizeOfFormula } from '../formula.js';

/** Operators whose calls on a leaf read like a word. */
const SHORT: ReadonlySet<string> = new Set(['neg', 'square', 'cube', 'abs', 'sign', 'floor']);

/** A part of three nodes, such as `a - b`, is named from so many occurrences on. */
const OFTEN = 3;

/** The keys (`keyOfFormula`) of the parts that get names, each part before those that it is part of. */
export function sharedFormulas(formulas: readonly Formula[]): readonly string[] {
  const readers = new Map<string, number>();
  const calls = new Map<string, Call>();
  const visit = (formula: Formula): void => {
    if (formula.kind !== 'call') return;
    const key = keyOfFormula(formula);
    readers.set(key, (readers.get(key) ?? 0) + 1);
    // What occurs within a part that occurs again occurs once: where the part is said.
    if (calls.has(key)) return;
    formula.arguments.forEach(visit);
    calls.set(key, formula);
  };
  formulas.forEach(visit);
  return [...calls].flatMap(([key, formula]) =>
    deservesName(formula, readers.get(key) ?? 0) ? [key] : [],
  );
}

function deservesName(formula: Call, readers: number): boolean {
  if (readers < 2) return false;
  const size = sizeOfFormula(formula);
  if (size === 2) return !SHORT.has(formula.operator);
  return size > 3 || readers >= OFTEN;
}
