/** Operators of one argument that need no table: powers, roots, magnitudes. */
import { cubeColumn, magnitudeColumn, negateColumn, squareColumn } from './kernels.js';
import type { UnaryOperator } from './operator.js';

export const ALGEBRAIC: readonly UnaryOperator[] = [
  {
    arity: 1,
    name: 'neg',
    value: (a) => -a,
    slope: () => -1,
    kernel: negateColumn,
  },
  {
    arity: 1,
    name: 'square',
    value: (a) => a * a,
    slope: (a) => 2 * a,
    kernel: squareColumn,
  },
  {
    arity: 1,
    name: 'cube',
    value: (a) => a * a * a,
    slope: (a) => 3 * a * a,
    kernel: cubeColumn,
  },
  {
    arity: 1,
    name: 'sqrt',
    value: Math.sqrt,
    slope: (_, value) => 0.5 / value,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.sqrt(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'cbrt',
    value: Math.cbrt,
    slope: (_, value) => 1 / (3 * value * value),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.cbrt(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'abs',
    value: Math.abs,
    slope: (a) => Math.sign(a),
    kernel: magnitudeColumn,
  },
  {
    arity: 1,
    name: 'sign',
    value: Math.sign,
    slope: () => 0,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.sign(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'floor',
    value: Math.floor,
    slope: () => 0,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.floor(argument[i]);
    },
  },
];
