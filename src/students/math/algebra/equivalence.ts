/**
 * Whether two formulas are the same function: by their normal forms with all denominators cleared, else
 * by their values at fresh random points of a wider region than the one they were fitted on.
 */
import { createRandom } from '../../../numeric/random.js';
import { evaluateFormula } from '../engine/evaluate-formula.js';
import type { Formula } from '../formula.js';
import { createAlgebra, factorTerm } from './algebra.js';
import type { Algebra, Sum } from './algebra.js';
import { normalFormOf } from './normal-form.js';
import { multiplySums } from './products.js';
import { addSums, scaleSum } from './sums.js';

export type Ranges = readonly (readonly [min: number, max: number])[];

export interface EquivalenceOptions {
  readonly seed?: number;
  /** Random points; 10,000 where absent. */
  readonly points?: number;
  /** Largest |a − b| / (1 + |b|); 1e-9 where absent. */
  readonly tolerance?: number;
}

export interface Equivalence {
  readonly isEquivalent: boolean;
  /** What decided. Normal forms only ever decide for equality, and values are looked at even then. */
  readonly decidedBy: 'normal form' | 'values';
  /** Points at which both were finite. */
  readonly compared: number;
  /** Largest |a − b| / (1 + |b|) among them; infinite where exactly one has a value within the ranges. */
  readonly largestError: number;
}

const POINTS = 10_000;
const TOLERANCE = 1e-9;

/** Share of each range by which it grows at either end: 50 % wider altogether. */
const MARGIN = 0.25;

/** Both formulas must have values at this share of the points, or nothing was compared. */
const SMALLEST_SHARE = 0.1;

/** Points that guard a verdict by normal forms: equal algebra may still part where one has no value. */
const GUARD_POINTS = 500;

/** Rounding may part by so much what is equal in algebra. */
const GUARD_ERROR = 1e-6;

/** Rounds of clearing denominators; more than formulas of any readable size have. */
const MOST_DENOMINATORS = 12;

/**
 * Compares two formulas over variables with these ranges. Points where neither has a finite value do not
 * count; where exactly one has, they differ if the point lies within the given ranges, and it does not
 * count outside of them.
 */
export function areEquivalent(
  a: Formula,
  b: Formula,
  ranges: Ranges,
  { seed = 0, points = POINTS, tolerance = TOLERANCE }: EquivalenceOptions = {},
): Equivalence {
  if (haveSameNormalForm(a, b, ranges, tolerance)) {
    const guard = compareValues(a, b, ranges, { seed, points: Math.min(points, GUARD_POINTS) });
    if (guard.largestError < GUARD_ERROR && guard.compared > 0) {
      return { isEquivalent: true, decidedBy: 'normal form', ...guard };
    }
  }
  const values = compareValues(a, b, ranges, { seed, points });
  const isEnough = values.compared >= SMALLEST_SHARE * points;
  const isEquivalent = isEnough && values.largestError < tolerance;
  return { isEquivalent, decidedBy: 'values', ...values };
}

/** Whether the difference of two formulas is 0 by algebra, for variables in these ranges. */
export function haveSameNormalForm(
  a: Formula,
  b: Formula,
  ranges: Ranges,
  tolerance = TOLERANCE,
): boolean {
  const algebra = createAlgebra({ tolerance, isCanonical: true, ranges });
  const [left, right] = [normalFormOf(algebra, a), normalFormOf(algebra, b)];
  if (left === undefined || right === undefined) return false;
  let difference: Sum = addSums(algebra, left, scaleSum(algebra, right, -1));
  for (let round = 0; round < MOST_DENOMINATORS && difference.length > 0; round++) {
    const denominator = findDenominator(algebra, difference);
    if (denominator === undefined) break;
    difference = multiplySums(algebra, difference, [denominator]);
  }
  return difference.length === 0 && !algebra.isUndefined;
}

/** A bracket in a denominator, to the power that clears it. */
function findDenominator(algebra: Algebra, sum: Sum): Sum[number] | undefined {
  const powers = new Map<number, number>();
  for (const { atom, exponent } of sum.flatMap(({ factors }) => factors)) {
    if (exponent >= 0 || algebra.atoms[atom].name !== 'sum') continue;
    powers.set(atom, Math.max(powers.get(atom) ?? 0, Math.ceil(-exponent)));
  }
  const [first] = powers;
  return powers.size === 0 ? undefined : factorTerm(first[0], first[1]);
}

interface Comparison {
  readonly compared: number;
  readonly largestError: number;
}

function compareValues(
  a: Formula,
  b: Formula,
  ranges: Ranges,
  { seed, points }: { readonly seed: number; readonly points: number },
): Comparison {
  const random = createRandom(seed);
  let compared = 0;
  let largestError = 0;
  for (let k = 0; k < points; k++) {
    const shares = ranges.map(() => (1 + 2 * MARGIN) * random.unit() - MARGIN);
    const point = ranges.map(([min, max], at) => min + shares[at] * (max - min));
    const [left, right] = [evaluateFormula(a, point), evaluateFormula(b, point)];
    const finite = Number(Number.isFinite(left)) + Number(Number.isFinite(right));
    if (finite === 2) {
      compared++;
      largestError = Math.max(largestError, Math.abs(left - right) / (1 + Math.abs(right)));
    } else if (finite === 1 && shares.every((share) => share >= 0 && share <= 1)) {
      return { compared, largestError: Infinity };
    }
  }
  return { compared, largestError };
}
