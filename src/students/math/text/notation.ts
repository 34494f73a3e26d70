/**
 * How formulas are written: which operators stand between their arguments and how tightly they bind,
 * which names stand for numbers, and what a name may look like. Printer and parser share this table, so
 * that either reads what the other writes.
 */
import { OPERATORS } from '../operators/index.js';

/** How tightly a piece of text binds; a piece that binds less than its place asks for gets parentheses. */
export const LEVELS = {
  conditional: 0,
  equality: 1,
  comparison: 2,
  sum: 3,
  product: 4,
  unary: 5,
  power: 6,
  atom: 7,
} as const;

/** Operators between two arguments that associate to the left, and their level. */
export const INFIX: ReadonlyMap<string, number> = new Map([
  ['==', LEVELS.equality],
  ['<', LEVELS.comparison],
  ['<=', LEVELS.comparison],
  ['>', LEVELS.comparison],
  ['>=', LEVELS.comparison],
  ['+', LEVELS.sum],
  ['-', LEVELS.sum],
  ['*', LEVELS.product],
  ['/', LEVELS.product],
]);

/** Operators that can be written as functions: all whose name is a word; the number of their arguments. */
export const FUNCTIONS: ReadonlyMap<string, number> = new Map(
  OPERATORS.filter(({ name }) => /^[a-z]+$/.test(name)).map(({ name, arity }) => [name, arity]),
);

/** Other names of functions. */
export const FUNCTION_ALIASES: ReadonlyMap<string, string> = new Map([['ln', 'log']]);

/** Names of numbers, unless a variable has that name. */
export const NUMBER_NAMES: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
  ['Infinity', Infinity],
  ['NaN', NaN],
]);

/** A name that needs no quotes. */
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;

export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name);
}

/** The name of a variable as formulas write it: in backticks where it is no word. */
export function nameText(name: string): string {
  return PLAIN_NAME.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}
