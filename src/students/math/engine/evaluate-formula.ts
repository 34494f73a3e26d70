/** The value of a formula at one point, by its tree: the meaning that tapes and emitted code must keep. */
import type { Formula } from '../formula.js';
import { operatorOf } from '../operators/index.js';

/** `point` holds one number for each variable; NaN or infinite where the formula is undefined. */
export function evaluateFormula(formula: Formula, point: ArrayLike<number>): number {
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'variable':
      return point[formula.index];
    case 'call': {
      const operator = operatorOf(formula.operator);
      const [a, b, c] = formula.arguments.map((part) => evaluateFormula(part, point));
      if (operator.arity === 1) return operator.value(a);
      return operator.arity === 2 ? operator.value(a, b) : operator.value(a, b, c);
    }
  }
}
