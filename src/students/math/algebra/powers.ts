/** How a power is spelled, with the operators that may be used: x², x·x, √x, x^1.5. */
import { call, constant } from '../formula.js';
import type { Formula } from '../formula.js';

export interface Spelling {
  readonly isAllowed: (operator: string) => boolean;
  readonly complexityOf: (formula: Formula) => number;
}

/** Operators that are a power to a number. */
const POWERS: readonly (readonly [exponent: number, operator: string])[] = [
  [2, 'square'],
  [3, 'cube'],
  [0.5, 'sqrt'],
];

/** Whole powers up to this are also tried as products. */
const LONGEST_PRODUCT = 8;

/** The cheapest spelling of `base` to a positive exponent; the first of several. */
export function spellPower(spelling: Spelling, base: Formula, exponent: number): Formula {
  if (exponent === 1) return base;
  const found = spellings(spelling, base, exponent);
  const costs = found.map(spelling.complexityOf);
  return found[costs.indexOf(Math.min(...costs))];
}

function spellings(spelling: Spelling, base: Formula, exponent: number): readonly Formula[] {
  const { isAllowed } = spelling;
  const found: Formula[] = [];
  for (const [power, operator] of POWERS) {
    if (power === exponent && isAllowed(operator)) found.push(call(operator, base));
  }
  if (isAllowed('pow')) found.push(call('pow', base, constant(exponent)));
  if (exponent % 1 === 0 && exponent <= LONGEST_PRODUCT) {
    if (exponent % 2 === 0 && exponent > 2 && isAllowed('square')) {
      found.push(call('square', spellPower(spelling, base, exponent / 2)));
    }
    if (isAllowed('*')) found.push(call('*', spellPower(spelling, base, exponent - 1), base));
  }
  if (exponent % 1 === 0.5 && isAllowed('sqrt')) {
    found.push(call('sqrt', spellPower(spelling, base, 2 * exponent)));
  }
  // Whatever may be used: the caller refuses what it did not allow.
  return found.length > 0 ? found : [call('pow', base, constant(exponent))];
}
