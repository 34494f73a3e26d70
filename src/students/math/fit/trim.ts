/** Takes out what a constant of 0 or 1 makes pointless, after snapping: x + 0, 0 · x, x · 1, x ^ 1. */
import { call, constant } from '../formula.js';
import type { Formula } from '../formula.js';

/** The formula without such parts; the value is the same wherever the parts are finite. */
export function trimFormula(formula: Formula): Formula {
  if (formula.kind !== 'call') return formula;
  const parts = formula.arguments.map(trimFormula);
  const [left, right] = parts;
  switch (formula.operator) {
    case '+':
      if (isNumber(left, 0)) return right;
      return isNumber(right, 0) ? left : call('+', left, right);
    case '-':
      if (isNumber(right, 0)) return left;
      return isNumber(left, 0) ? call('neg', right) : call('-', left, right);
    case '*':
      if (isNumber(left, 0) || isNumber(right, 0)) return constant(0);
      if (isNumber(left, 1)) return right;
      return isNumber(right, 1) ? left : call('*', left, right);
    case '/':
      if (isNumber(left, 0)) return constant(0);
      return isNumber(right, 1) ? left : call('/', left, right);
    case 'pow':
      if (isNumber(right, 0)) return constant(1);
      return isNumber(right, 1) ? left : call('pow', left, right);
    default:
      return call(formula.operator, ...parts);
  }
}

function isNumber(formula: Formula, value: number): boolean {
  return formula.kind === 'constant' && formula.value === value;
}
