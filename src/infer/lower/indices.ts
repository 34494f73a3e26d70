/**
 * Positions as linear forms: an index expression over a value's iterators becomes arithmetic on the
 * expressions that stand for them, kept within non-negative numbers where a remainder is taken.
 */
import type { IndexExpression } from '../../ir/cluster.js';
import { num, remainder } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import type { IteratorFacts, Linear } from './linear.js';
import { constantForm, formExpression, plus, rangeOfForm, shifted, termForm } from './linear.js';

/** An iterator of the value being lowered: the expression for it, and how far it runs. */
export interface Walk {
  readonly value: Expression;
  readonly extent: number;
}

export interface IndexLowering {
  readonly facts: IteratorFacts;
  /** array[index] of a constant list of positions. */
  readonly lookup: (values: readonly number[], index: Expression) => Expression;
}

/** The position as a form. */
export function indexForm(
  index: IndexExpression,
  walks: readonly Walk[],
  lowering: IndexLowering,
): Linear {
  if (index.kind === 'lookup') {
    const range = { low: Math.min(...index.values), high: Math.max(...index.values) };
    return termForm(lowering.lookup(index.values, walks[index.axis].value), range);
  }
  let form = constantForm(index.constant);
  index.coefficients.forEach((coefficient, axis) => {
    if (coefficient === 0) return;
    const { value, extent } = walks[axis];
    form = plus(form, lowering.facts.linear(value, { low: 0, high: extent - 1 }), coefficient);
  });
  return index.modulus === undefined ? form : moduloForm(form, index.modulus);
}

/** The form modulo a number: itself where it stays below, else a remainder of non-negative numbers. */
export function moduloForm(form: Linear, modulus: number): Linear {
  const moved = shifted(form, liftOf(form, modulus));
  const { high } = rangeOfForm(moved);
  if (high < modulus) return moved;
  return termForm(remainder(formExpression(moved), num(modulus)), { low: 0, high: modulus - 1 });
}

/** The multiple of the modulus that moves the form's smallest value into 0 .. modulus − 1. */
export function liftOf(form: Linear, modulus: number): number {
  const { low } = rangeOfForm(form);
  return -modulus * Math.floor(low / modulus) + 0;
}

/** The position as an expression. */
export function indexExpression(
  index: IndexExpression,
  walks: readonly Walk[],
  lowering: IndexLowering,
): Expression {
  return formExpression(indexForm(index, walks, lowering));
}
