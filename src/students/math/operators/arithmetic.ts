/** The four kinds of arithmetic and powers, each with its three kernels. */
import {
  addColumns,
  addColumnNumber,
  divideColumns,
  divideColumnNumber,
  divideNumberColumn,
  multiplyColumns,
  multiplyColumnNumber,
  subtractColumns,
  subtractColumnNumber,
  subtractNumberColumn,
} from './kernels.js';
import type { BinaryOperator } from './operator.js';

export const ARITHMETIC: readonly BinaryOperator[] = [
  {
    arity: 2,
    name: '+',
    dimension: { kind: 'alike' },
    isCommutative: true,
    value: (a, b) => a + b,
    slopeLeft: () => 1,
    slopeRight: () => 1,
    columns: addColumns,
    columnNumber: addColumnNumber,
    numberColumn: (left, right, result, count) => {
      addColumnNumber(right, left, result, count);
    },
  },
  {
    arity: 2,
    name: '-',
    dimension: { kind: 'alike' },
    isCommutative: false,
    value: (a, b) => a - b,
    slopeLeft: () => 1,
    slopeRight: () => -1,
    columns: subtractColumns,
    columnNumber: subtractColumnNumber,
    numberColumn: subtractNumberColumn,
  },
  {
    arity: 2,
    name: '*',
    dimension: { kind: 'product' },
    isCommutative: true,
    value: (a, b) => a * b,
    slopeLeft: (_, b) => b,
    slopeRight: (a) => a,
    columns: multiplyColumns,
    columnNumber: multiplyColumnNumber,
    numberColumn: (left, right, result, count) => {
      multiplyColumnNumber(right, left, result, count);
    },
  },
  {
    arity: 2,
    name: '/',
    dimension: { kind: 'quotient' },
    isCommutative: false,
    value: (a, b) => a / b,
    slopeLeft: (_, b) => 1 / b,
    slopeRight: (_, b, value) => -value / b,
    columns: divideColumns,
    columnNumber: divideColumnNumber,
    numberColumn: divideNumberColumn,
  },
  {
    arity: 2,
    name: 'pow',
    dimension: { kind: 'raise' },
    isCommutative: false,
    value: (a, b) => a ** b,
    slopeLeft: (a, b) => b * a ** (b - 1),
    // The exponent of a base that is not positive is never moved.
    slopeRight: (a, _, value) => (a > 0 ? value * Math.log(a) : 0),
    columns(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = left[i] ** right[i];
    },
    columnNumber(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = left[i] ** right;
    },
    numberColumn(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = left ** right[i];
    },
  },
];
