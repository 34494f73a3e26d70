/**
 * Linear forms over atoms, and their interning. A form is Σ coefficient · atom + constant; its `slop`
 * bounds what rounding of coefficients may have changed of its value, over all inputs. Interned
 * linear parts compare by identity, on the exact bits of their coefficients.
 */
import { sumError, productError } from './float.js';

/** What forms need to know of an atom. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
  /** The value is a multiple of 2^grid. */
  readonly grid: number;
}

export interface Form {
  /** Ascending atom numbers. */
  readonly atoms: Int32Array;
  /** One for each atom, never 0. */
  readonly coefficients: Float64Array;
  readonly constant: number;
  readonly slop: number;
}

/** A linear part without constant, one object for each set of atoms and coefficients. */
export interface Linear {
  readonly id: number;
  readonly atoms: Int32Array;
  readonly coefficients: Float64Array;
  readonly lo: number;
  readonly hi: number;
}

/** Sums scaled forms; reusable, holds no form after `finish`. */
export class Accumulator {
  private sums = new Float64Array(1024);
  private seen = new Uint8Array(1024);
  private touched: number[] = [];
  private constant = 0;
  private slop = 0;

  constructor(private readonly ranges: readonly Range[]) {}

  /** Adds factor · atom. */
  add(atom: number, factor: number): void {
    if (atom >= this.sums.length) this.grow();
    const old = this.sums[atom];
    const sum = old + factor;
    this.sums[atom] = sum;
    if (this.seen[atom] === 0) {
      this.seen[atom] = 1;
      this.touched.push(atom);
    } else {
      const error = sumError(old, factor, sum);
      if (error !== 0) this.slop += error * magnitude(this.ranges[atom]);
    }
  }

  addConstant(value: number): void {
    const sum = this.constant + value;
    this.slop += sumError(this.constant, value, sum);
    this.constant = sum;
  }

  /** Adds a bound on what the caller itself rounded. */
  addSlop(value: number): void {
    this.slop += value;
  }

  addForm(form: Form, factor: number): void {
    const { atoms, coefficients } = form;
    for (let k = 0; k < atoms.length; k++) {
      const product = coefficients[k] * factor;
      const error = productError(coefficients[k], factor, product);
      if (error !== 0) this.slop += error * magnitude(this.ranges[atoms[k]]);
      this.add(atoms[k], product);
    }
    const product = form.constant * factor;
    this.slop += productError(form.constant, factor, product);
    this.addConstant(product);
    if (form.slop !== 0) this.slop += form.slop * Math.abs(factor);
  }

  /** The sum; the accumulator is empty again. */
  finish(): Form {
    const order = ascending(this.touched);
    const { sums, seen } = this;
    let kept = 0;
    for (let k = 0; k < order.length; k++) if (sums[order[k]] !== 0) kept++;
    const atoms = new Int32Array(kept);
    const coefficients = new Float64Array(kept);
    let next = 0;
    for (let k = 0; k < order.length; k++) {
      const atom = order[k];
      const sum = sums[atom];
      if (sum !== 0) {
        atoms[next] = atom;
        coefficients[next++] = sum;
        sums[atom] = 0;
      }
      seen[atom] = 0;
    }
    // Slop itself is a sum of a few thousand small positive terms: a relative 1e-9 covers its rounding.
    const form = { atoms, coefficients, constant: this.constant, slop: this.slop * (1 + 1e-9) };
    this.touched = [];
    this.constant = 0;
    this.slop = 0;
    return form;
  }

  private grow(): void {
    const size = Math.max(2 * this.sums.length, this.ranges.length + 1);
    const sums = new Float64Array(size);
    sums.set(this.sums);
    this.sums = sums;
    const seen = new Uint8Array(size);
    seen.set(this.seen);
    this.seen = seen;
  }
}

/** The numbers in ascending order: most sums touch their atoms so, and need no sorting. */
function ascending(numbers: readonly number[]): ArrayLike<number> {
  for (let k = 1; k < numbers.length; k++) {
    if (numbers[k] < numbers[k - 1]) return Int32Array.from(numbers).sort();
  }
  return numbers;
}

/** The largest absolute value in a range. */
export function magnitude(range: Range): number {
  return Math.max(Math.abs(range.lo), Math.abs(range.hi));
}

/** Interval hull [lo, hi] of a linear part; not widened for rounding. */
export function hull(
  atoms: ArrayLike<number>,
  coefficients: ArrayLike<number>,
  ranges: readonly Range[],
): readonly [lo: number, hi: number] {
  let lo = 0;
  let hi = 0;
  for (let k = 0; k < atoms.length; k++) {
    const range = ranges[atoms[k]];
    const factor = coefficients[k];
    lo += factor * (factor > 0 ? range.lo : range.hi);
    hi += factor * (factor > 0 ? range.hi : range.lo);
  }
  return [lo, hi];
}

/** The table of linear parts. */
export class LinearTable {
  private readonly buckets = new Map<number, Linear[]>();
  private readonly scratch = new Float64Array(1);
  private readonly words = new Int32Array(this.scratch.buffer);
  private count = 0;

  /** The one object for this linear part; the arrays must not change afterwards. */
  intern(atoms: Int32Array, coefficients: Float64Array, ranges: readonly Range[]): Linear {
    const known = this.find(atoms, coefficients, 1);
    if (known !== undefined) return known;
    const [lo, hi] = hull(atoms, coefficients, ranges);
    const linear: Linear = { id: this.count++, atoms, coefficients, lo, hi };
    const hash = this.hash(atoms, coefficients, 1);
    const bucket = this.buckets.get(hash);
    if (bucket === undefined) this.buckets.set(hash, [linear]);
    else bucket.push(linear);
    return linear;
  }

  /** The object for factor · this linear part, where there is one. */
  find(atoms: Int32Array, coefficients: Float64Array, factor: 1 | -1): Linear | undefined {
    const bucket = this.buckets.get(this.hash(atoms, coefficients, factor));
    return bucket?.find(
      (candidate) =>
        sameNumbers(candidate.atoms, atoms, 1) &&
        sameNumbers(candidate.coefficients, coefficients, factor),
    );
  }

  private hash(atoms: Int32Array, coefficients: Float64Array, factor: 1 | -1): number {
    let hash = atoms.length;
    for (let k = 0; k < atoms.length; k++) {
      hash = Math.imul(hash ^ atoms[k], 0x01000193);
      this.scratch[0] = factor * coefficients[k];
      hash = Math.imul(hash ^ this.words[0], 0x01000193);
      hash = Math.imul(hash ^ this.words[1], 0x01000193);
      hash ^= hash >>> 15;
    }
    return hash;
  }
}

/** Whether `a` is factor · `b`, number by number. */
function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>, factor: 1 | -1): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== factor * b[k]) return false;
  return true;
}
