/** What is known of the sign of sums: enough to split roots and logarithms where that is allowed. */
import type { Algebra, Factor, Sum } from './algebra.js';

/** Functions that are never negative. */
const NEVER_NEGATIVE: ReadonlySet<string> = new Set([
  'exp', 'abs', 'cosh', 'acos', '>', '>=', '==',
]); // prettier-ignore

/** Whether a sum is at least 0 wherever it is defined. False where that is not known. */
export function isNonNegative(algebra: Algebra, sum: Sum): boolean {
  return sum.every(
    ({ coefficient, factors }) =>
      coefficient > 0 && factors.every((factor) => isFactorNonNegative(algebra, factor)),
  );
}

/** Whether a power of an atom is at least 0 wherever it is defined. */
export function isFactorNonNegative(algebra: Algebra, { atom, exponent }: Factor): boolean {
  // A power that is no whole number is defined for no negative base.
  return exponent % 2 === 0 || exponent % 1 !== 0 || isAtomNonNegative(algebra, atom);
}

function isAtomNonNegative(algebra: Algebra, id: number): boolean {
  const { name, index, arguments: parts } = algebra.atoms[id];
  if (NEVER_NEGATIVE.has(name)) return true;
  const isPart = (part: Sum): boolean => isNonNegative(algebra, part);
  switch (name) {
    case 'variable':
      return index !== undefined && (algebra.options.ranges?.[index][0] ?? -1) >= 0;
    case 'sum':
    case 'pow':
    case 'cbrt':
    case 'floor':
    case 'sign':
      return isPart(parts[0]);
    case 'min':
      return parts.every(isPart);
    case 'max':
      return parts.some(isPart);
    case 'cond':
      return isPart(parts[1]) && isPart(parts[2]);
    default:
      return false;
  }
}
