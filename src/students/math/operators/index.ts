/**
 * The table of operators. A new one is an entry in one of the files, and its words in
 * `program/translate.ts` and `text/latex.ts`.
 */
import { ALGEBRAIC } from './algebraic.js';
import { ARITHMETIC } from './arithmetic.js';
import { COMPARISONS, CONDITIONAL, EXTREMES } from './comparisons.js';
import type { Operator } from './operator.js';
import { SLOTS } from './slots.js';
import { TRANSCENDENTAL } from './transcendental.js';

export const OPERATORS: readonly Operator[] = [
  ...ARITHMETIC,
  ...EXTREMES,
  ...COMPARISONS,
  ...ALGEBRAIC,
  ...TRANSCENDENTAL,
  CONDITIONAL,
];

/** The table that tapes and genomes count in: the operators, then the slots for those of the user's. */
export const ALL_OPERATORS: readonly Operator[] = [...OPERATORS, ...SLOTS];

const BY_NAME: ReadonlyMap<string, Operator> = new Map(ALL_OPERATORS.map((one) => [one.name, one]));

/** The operator of that name in a table. @throws RangeError when there is none. */
export function operatorIn(table: readonly Operator[], name: string): Operator {
  const operator = table.find((one) => one.name === name);
  if (operator === undefined) throw new RangeError(`no operator is called ${name}`);
  return operator;
}

/** @throws RangeError when there is no such operator. */
export function operatorOf(name: string): Operator {
  const operator = BY_NAME.get(name);
  if (operator === undefined) throw new RangeError(`no operator is called ${name}`);
  return operator;
}
