/** Operators of one argument that need no table: powers, roots, magnitudes. */
import { cubeColumn, magnitudeColumn, negateColumn, squareColumn } from './kernels.js';
import type { UnaryOperator } from './operator.js';

export const ALGEBRAIC: readonly UnaryOperator[] = [
  {
    arity: 1,
    name: 'neg',
    dimension: { kind: 'alike' },
    value: (a) => -a,
    slope: () => -1,
    kernel: negateColumn,
  },
  {
    arity: 1,
    name: 'square',
    dimension: { kind: 'power', exponent: 2 },
    value: (a) => a * a,
    slope: (a) => 2 * a,
    kernel: squareColumn,
  },
  {
    arity: 1,
    name: 'cube',
    dimension: { kind: 'power', exponent: 3 },
    value: (a) => a * a * a,
    slope: (a) => 3 * a * a,
    kernel: cubeColumn,
  },
  {
    arity: 1,
    name: 'sqrt',
    dimension: { kind: 'power', exponent: 1 / 2 },
    value: Math.sqrt,
    slope: (_, value) => 0.5 / value,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.sqrt(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'cbrt',
    dimension: { kind: 'power', exponent: 1 / 3 },
    value: Math.cbrt,
    slope: (_, value) => 1 / (3 * value * value),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.cbrt(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'abs',
    dimension: { kind: 'alike' },
    value: Math.abs,
    slope: (a) => Math.sign(a),
    kernel: magnitudeColumn,
  },
  {
    arity: 1,
    name: 'sign',
    dimension: { kind: 'sign' },
    value: Math.sign,
    slope: () => 0,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.sign(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'floor',
    dimension: { kind: 'numbers' },
    value: Math.floor,
    slope: () => 0,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.floor(argument[i]);
    },
  },
];
