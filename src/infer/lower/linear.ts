/**
 * Positions as linear forms (Σ coefficient · term + constant), and what is known about iterators: the
 * ranges and bounds of the loops that declare them. Loop bounds and guards are decided here by proving
 * that a form cannot be negative.
 */
import { add, compare, multiply, num, subtract } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import { sameExpression } from '../passes/effects.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A part that is not looked into: an iterator, a remainder, an element of a list. */
export interface LinearTerm {
  readonly expression: Expression;
  readonly coefficient: number;
  readonly range: Interval;
}

export interface Linear {
  readonly terms: readonly LinearTerm[];
  readonly constant: number;
}

/** A form without terms. */
export function constantForm(constant: number): Linear {
  return { terms: [], constant };
}

/** A form of one term. */
export function termForm(expression: Expression, range: Interval): Linear {
  if (expression.kind === 'number') return constantForm(expression.value);
  return { terms: [{ expression, coefficient: 1, range }], constant: 0 };
}

/** left + factor · right, equal terms collected. */
export function plus(left: Linear, right: Linear, factor = 1): Linear {
  const terms = [...left.terms];
  for (const term of right.terms) {
    const scaled = { ...term, coefficient: factor * term.coefficient };
    const known = terms.findIndex((own) => sameExpression(own.expression, term.expression));
    if (known < 0) terms.push(scaled);
    else {
      const coefficient = terms[known].coefficient + scaled.coefficient;
      terms[known] = { ...terms[known], coefficient };
    }
  }
  return {
    terms: terms.filter((term) => term.coefficient !== 0),
    constant: left.constant + factor * right.constant,
  };
}

/** The form plus a constant. */
export function shifted(form: Linear, by: number): Linear {
  return { ...form, constant: form.constant + by };
}

/** All values lie between these. */
export function rangeOfForm({ terms, constant }: Linear): Interval {
  let [low, high] = [constant, constant];
  for (const { coefficient, range } of terms) {
    low += Math.min(coefficient * range.low, coefficient * range.high);
    high += Math.max(coefficient * range.low, coefficient * range.high);
  }
  return { low, high };
}

/** The form as text: rising terms, falling ones, then the constant; `7 - i` where nothing rises. */
export function formExpression({ terms, constant }: Linear): Expression {
  const rising = terms.filter((term) => term.coefficient > 0);
  const falling = terms.filter((term) => term.coefficient < 0);
  const leading = rising.length === 0 && falling.length > 0;
  let sum = leading ? num(constant) : num(0);
  for (const { coefficient, expression } of rising) {
    sum = add(sum, multiply(num(coefficient), expression));
  }
  for (const { coefficient, expression } of falling) {
    sum = subtract(sum, multiply(num(-coefficient), expression));
  }
  return leading ? sum : add(sum, num(constant));
}

/** `form >= 0` as a person writes it: `i > 0`, `j > i`, `i + d < n`. */
export function atLeastZero(form: Linear): Expression {
  const { constant } = form;
  const rising = form.terms.filter((term) => term.coefficient > 0);
  const falling = form.terms
    .filter((term) => term.coefficient < 0)
    .map((term) => ({ ...term, coefficient: -term.coefficient }));
  const left = formExpression({ terms: rising, constant: 0 });
  const right = formExpression({ terms: falling, constant: 0 });
  if (rising.length === 0) return compare('<', right, num(constant + 1));
  if (constant === -1) return compare('>', left, right);
  if (constant > 0) return compare('>=', add(left, num(constant)), right);
  return compare('>=', left, add(right, num(-constant)));
}

/** `form !== 0`: `j !== i`, `i !== 5`. */
export function notZero(form: Linear): Expression {
  const rising = form.terms.filter((term) => term.coefficient > 0);
  const falling = form.terms
    .filter((term) => term.coefficient < 0)
    .map((term) => ({ ...term, coefficient: -term.coefficient }));
  const { constant } = form;
  const left = { terms: rising, constant: Math.max(0, constant) };
  const right = { terms: falling, constant: Math.max(0, -constant) };
  const turned = rising.length === 0;
  return compare(
    '!==',
    formExpression(turned ? right : left),
    formExpression(turned ? left : right),
  );
}

/** Loops passed through when a form is compared with known bounds. */
const MAX_FACTS = 2;

/** What the loops around a statement say about their iterators. */
export class IteratorFacts {
  private readonly ranges = new Map<ProgramSymbol, Interval>();
  private readonly facts = new Map<ProgramSymbol, readonly Linear[]>();

  /** Says that every lower ≤ iterator < every upper, inside of the iterator's loop. */
  assume(iterator: ProgramSymbol, lower: readonly Linear[], upper: readonly Linear[]): void {
    const range = {
      low: Math.max(...lower.map((form) => rangeOfForm(form).low)),
      high: Math.min(...upper.map((form) => rangeOfForm(form).high)) - 1,
    };
    this.ranges.set(iterator, range);
    const own = termForm({ kind: 'symbol', symbol: iterator }, range);
    this.facts.set(iterator, [
      ...lower.map((form) => plus(own, form, -1)),
      ...upper.map((form) => shifted(plus(form, own, -1), -1)),
    ]);
  }

  /** The range of a scalar iterator; `undefined` for any other symbol. */
  rangeOf(symbol: ProgramSymbol): Interval | undefined {
    return this.ranges.get(symbol);
  }

  /** An expression as a form; what cannot be followed lies within `fallback`. */
  linear(expression: Expression, fallback: Interval): Linear {
    return this.follow(expression) ?? termForm(expression, fallback);
  }

  private follow(expression: Expression): Linear | undefined {
    if (expression.kind === 'number') return constantForm(expression.value);
    if (expression.kind === 'symbol') {
      const range = this.ranges.get(expression.symbol);
      return range === undefined ? undefined : termForm(expression, range);
    }
    if (expression.kind !== 'binary') return undefined;
    const left = this.follow(expression.left);
    const right = this.follow(expression.right);
    if (left === undefined || right === undefined) return undefined;
    switch (expression.operator) {
      case '+':
        return plus(left, right);
      case '-':
        return plus(left, right, -1);
      case '*':
        if (left.terms.length === 0) return plus(constantForm(0), right, left.constant);
        if (right.terms.length === 0) return plus(constantForm(0), left, right.constant);
        return undefined;
      case '%':
        return right.terms.length === 0 && rangeOfForm(left).low >= 0
          ? termForm(expression, { low: 0, high: right.constant - 1 })
          : undefined;
      default:
        return undefined;
    }
  }

  /** Whether the form is at least 0 wherever its iterators' loops run. */
  isNonNegative(form: Linear, depth = MAX_FACTS): boolean {
    if (rangeOfForm(form).low >= 0) return true;
    if (depth === 0) return false;
    return form.terms.some(({ expression }) => {
      if (expression.kind !== 'symbol') return false;
      const facts = this.facts.get(expression.symbol) ?? [];
      return facts.some(
        (fact) => fact.terms.length > 1 && this.isNonNegative(plus(form, fact, -1), depth - 1),
      );
    });
  }

  /** Of some bounds those that may be the largest (`max`) or the smallest one. */
  deciding(kind: 'max' | 'min', bounds: readonly Linear[]): readonly Linear[] {
    const sign = kind === 'max' ? 1 : -1;
    const kept: Linear[] = [...bounds];
    for (let own = kept.length - 1; own >= 0 && kept.length > 1; own--) {
      const beaten = kept.some((other, index) => {
        const lead = plus(plus(constantForm(0), other, sign), kept[own], -sign);
        return index !== own && this.isNonNegative(lead);
      });
      if (beaten) kept.splice(own, 1);
    }
    return kept;
  }
}
