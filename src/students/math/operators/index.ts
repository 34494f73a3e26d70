/**
 * The table of operators. A new one is an entry in one of the files, and its words in
 * `program/translate.ts` and `text/latex.ts`.
 */
import { ALGEBRAIC } from './algebraic.js';
import { ARITHMETIC } from './arithmetic.js';
import { COMPARISONS, CONDITIONAL, EXTREMES } from './comparisons.js';
import type { Operator } from './operator.js';
import { TRANSCENDENTAL } from './transcendental.js';

export const OPERATORS: readonly Operator[] = [
  ...ARITHMETIC,
  ...EXTREMES,
  ...COMPARISONS,
  ...ALGEBRAIC,
  ...TRANSCENDENTAL,
  CONDITIONAL,
];

const BY_NAME: ReadonlyMap<string, Operator> = new Map(OPERATORS.map((one) => [one.name, one]));

/** @throws RangeError when there is no such operator. */
export function operatorOf(name: string): Operator {
  const operator = BY_NAME.get(name);
  if (operator === undefined) throw new RangeError(`no operator is called ${name}`);
  return operator;
}
