/** The functions of `Math` that expressions may call, on numbers. */
import type { MathFunction } from '../../ir/program.js';

/** The value of `Math[name]`; `min` and `max` take both numbers, the others the first. */
export function applyMath(name: MathFunction, first: number, second: number): number {
  switch (name) {
    case 'min':
      return Math.min(first, second);
    case 'max':
      return Math.max(first, second);
    case 'abs':
      return Math.abs(first);
    case 'sign':
      return Math.sign(first);
    case 'exp':
      return Math.exp(first);
    case 'tanh':
      return Math.tanh(first);
  }
}
