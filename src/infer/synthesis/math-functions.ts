/** The functions of `Math` that expressions may call, by number of arguments. */
import type { MathFunction } from '../../ir/program.js';

/** The value of `Math[name](...values)`; `min` and `max` take any number of values, others one. */
export function applyMath(name: MathFunction, values: readonly number[]): number {
  switch (name) {
    case 'min':
    case 'max':
      return Math[name](...values);
    case 'abs':
    case 'sign':
    case 'exp':
    case 'tanh':
      return Math[name](values[0]);
  }
}
