/**
 * Comparisons, which give 1 or 0, and what chooses: min, max, cond. They are rare in searches, so that
 * one kernel made from the value serves each.
 */
import type { BinaryOperator, TernaryOperator } from './operator.js';

function comparison(name: string, holds: (a: number, b: number) => boolean): BinaryOperator {
  return choosing({
    name,
    dimension: { kind: 'comparison' },
    // NaN compares as nothing; it stays NaN, so that what is undefined is not called false.
    value: (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : Number(holds(a, b))),
    slopeLeft: () => 0,
    slopeRight: () => 0,
    isCommutative: name === '==',
  });
}

function choosing(
  operator: Pick<
    BinaryOperator,
    'name' | 'dimension' | 'value' | 'slopeLeft' | 'slopeRight' | 'isCommutative'
  >,
): BinaryOperator {
  const { value } = operator;
  return {
    arity: 2,
    ...operator,
    columns(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = value(left[i], right[i]);
    },
    columnNumber(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = value(left[i], right);
    },
    numberColumn(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = value(left, right[i]);
    },
  };
}

export const COMPARISONS: readonly BinaryOperator[] = [
  comparison('<', (a, b) => a < b),
  comparison('<=', (a, b) => a <= b),
  comparison('>', (a, b) => a > b),
  comparison('>=', (a, b) => a >= b),
  comparison('==', (a, b) => a === b),
];

export const EXTREMES: readonly BinaryOperator[] = [
  choosing({
    name: 'min',
    dimension: { kind: 'alike' },
    value: Math.min,
    slopeLeft: (a, b) => Number(a <= b),
    slopeRight: (a, b) => Number(b < a),
    isCommutative: true,
  }),
  choosing({
    name: 'max',
    dimension: { kind: 'alike' },
    value: Math.max,
    slopeLeft: (a, b) => Number(a >= b),
    slopeRight: (a, b) => Number(b > a),
    isCommutative: true,
  }),
];

/** Both branches are evaluated, but only the one that is taken must be a number. */
export const CONDITIONAL: TernaryOperator = {
  arity: 3,
  name: 'cond',
  dimension: { kind: 'choice' },
  value: (condition, then, otherwise) => {
    if (Number.isNaN(condition)) return NaN;
    return condition > 0 ? then : otherwise;
  },
};
