/** The functions of `Math` that expressions may call, on numbers. */
import type { MathFunction } from '../../ir/program.js';

/** The value of `Math[name]`; `min` and `max` take both numbers, the others the first. */
export function applyMath(name: MathFunction, first: number, second: number): number {
  return name === 'min' || name === 'max' ? Math[name](first, second) : Math[name](first);
}
