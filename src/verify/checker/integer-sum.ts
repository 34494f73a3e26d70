/**
 * Sums of integer multiples of atoms, in lowest terms: what the thresholds [L ≥ n] of one L have in
 * common, computed once for all of them. Steps are the grids of the atoms: x / step is an integer
 * wherever the atom has one.
 */
import type { Context } from './context.js';
import type { Linear } from './forms.js';
import { Undecided } from './undecided.js';

/** Doublings tried to make every coefficient an integer. */
const MAX_LIFT = 60;

/** L = Σ integers · x / steps; the sum that it was made of is L · divisor / multiplier. */
export class IntegerSum {
  private interned: Linear | undefined = undefined;
  private opposite: IntegerSum | undefined = undefined;

  constructor(
    readonly atoms: Int32Array,
    /** Coprime, never 0. */
    readonly integers: Float64Array,
    readonly steps: Float64Array,
    private readonly multiplier: number,
    private readonly divisor: number,
    /** Range of L. */
    readonly lo: number,
    readonly hi: number,
    /** The smallest |integer|. */
    readonly smallest: number,
  ) {}

  /** The n with [original sum ≥ threshold] = [L ≥ n]. */
  boundOf(threshold: number): number {
    return Math.ceil((threshold * this.multiplier) / this.divisor);
  }

  /** −L, in lowest terms too. */
  negated(): IntegerSum {
    if (this.opposite !== undefined) return this.opposite;
    const { atoms, integers, steps, lo, hi, smallest } = this;
    const turned = new Float64Array(integers.length);
    for (let k = 0; k < integers.length; k++) turned[k] = -integers[k];
    this.opposite = new IntegerSum(atoms, turned, steps, 1, 1, -hi, -lo, smallest);
    return this.opposite;
  }

  /** L as an interned linear part. */
  linear(context: Context): Linear {
    if (this.interned !== undefined) return this.interned;
    const { atoms, integers, steps } = this;
    const values = new Float64Array(integers.length);
    for (let k = 0; k < integers.length; k++) values[k] = integers[k] / steps[k];
    this.interned = context.linears.intern(atoms, values, context.atoms);
    return this.interned;
  }
}

/**
 * Σ coefficients · atoms in lowest terms; undefined for a sum without terms.
 *
 * @throws Undecided when no power of two makes every coefficient an integer on its atom's grid.
 */
export function integerSum(
  context: Context,
  atoms: Int32Array,
  coefficients: Float64Array,
): IntegerSum | undefined {
  const count = atoms.length;
  const integers = new Float64Array(count);
  const steps = new Float64Array(count);
  let whole = true;
  for (let k = 0; k < count; k++) {
    const { grid } = context.atoms[atoms[k]];
    const step = grid === 0 ? 1 : 2 ** grid;
    const integer = coefficients[k] * step;
    steps[k] = step;
    integers[k] = integer;
    if (!Number.isInteger(integer)) whole = false;
  }
  const multiplier = whole ? 1 : liftToIntegers(integers);
  let divisor = 0;
  for (let k = 0; k < count && divisor !== 1; k++) divisor = gcd(divisor, Math.abs(integers[k]));
  if (divisor === 0) return undefined;
  let [lo, hi, smallest] = [0, 0, Infinity];
  for (let k = 0; k < count; k++) {
    const atom = context.atoms[atoms[k]];
    const integer = integers[k] / divisor;
    integers[k] = integer;
    const low = (integer * atom.lo) / steps[k];
    const high = (integer * atom.hi) / steps[k];
    if (integer > 0) {
      lo += low;
      hi += high;
      if (integer < smallest) smallest = integer;
    } else {
      lo += high;
      hi += low;
      if (-integer < smallest) smallest = -integer;
    }
  }
  return new IntegerSum(atoms, integers, steps, multiplier, divisor, lo, hi, smallest);
}

/** Doubles all numbers until they are integers; the power of two that it took. */
function liftToIntegers(numbers: Float64Array): number {
  let multiplier = 1;
  for (let lift = 0; lift < MAX_LIFT; lift++) {
    let whole = true;
    multiplier *= 2;
    for (let k = 0; k < numbers.length; k++) {
      numbers[k] *= 2;
      whole = whole && Number.isInteger(numbers[k]);
    }
    if (whole) return multiplier;
  }
  throw new Undecided('a threshold whose weights are no integers');
}

function gcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}
