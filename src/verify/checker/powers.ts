/**
 * Powers in real arithmetic: whole exponents are products, so that `x ** 2` and `x * x` are one atom, a
 * half is a root, and other exponents ask for a base that cannot be negative.
 */
import type { Context } from './context.js';
import type { Num } from './num.js';
import { applied, ofDomain, quotient } from './operations.js';
import { times } from './products.js';
import { Undecided } from './undecided.js';

/** Exponents up to here are written as products. */
const MAX_FACTORS = 8;

/** base ** exponent; of the two at least one depends on the input. */
export function powerOf(context: Context, base: Num, exponent: Num | number): Num {
  if (typeof exponent === 'number') {
    if (exponent === 0) return context.constant(1);
    if (exponent === 0.5) return ofDomain(context, 'sqrt', base);
    if (Number.isInteger(exponent) && Math.abs(exponent) <= MAX_FACTORS) {
      const product = repeated(context, base, Math.abs(exponent));
      return exponent > 0 ? product : quotient(context, context.constant(1), product);
    }
  }
  const by = typeof exponent === 'number' ? context.constant(exponent) : exponent;
  const least = base.lo - base.err - context.flatten(base).slop;
  const isBounded = Number.isFinite(by.lo) && Number.isFinite(by.hi) && Number.isFinite(base.hi);
  if (!(least > 0) || !isBounded) throw new Undecided('a power of a number that may be 0 or less');
  return applied(context, 'power', [base, by]);
}

function repeated(context: Context, base: Num, count: number): Num {
  let product = base;
  for (let k = 1; k < count; k++) product = times(context, product, base);
  return product;
}
