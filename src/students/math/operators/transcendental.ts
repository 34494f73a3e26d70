/** Operators of one argument that `Math` computes: exponentials, trigonometry, hyperbolics, erf. */
import { erf } from '../../../ir/stage-values.js';
import type { UnaryOperator } from './operator.js';

export const TRANSCENDENTAL: readonly UnaryOperator[] = [
  {
    arity: 1,
    name: 'exp',
    dimension: { kind: 'numbers' },
    value: Math.exp,
    slope: (_, value) => value,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.exp(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'log',
    dimension: { kind: 'numbers' },
    value: Math.log,
    slope: (a) => 1 / a,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.log(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'sin',
    dimension: { kind: 'numbers' },
    value: Math.sin,
    slope: (a) => Math.cos(a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.sin(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'cos',
    dimension: { kind: 'numbers' },
    value: Math.cos,
    slope: (a) => -Math.sin(a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.cos(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'tan',
    dimension: { kind: 'numbers' },
    value: Math.tan,
    slope: (_, value) => 1 + value * value,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.tan(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'asin',
    dimension: { kind: 'numbers' },
    value: Math.asin,
    slope: (a) => 1 / Math.sqrt(1 - a * a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.asin(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'acos',
    dimension: { kind: 'numbers' },
    value: Math.acos,
    slope: (a) => -1 / Math.sqrt(1 - a * a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.acos(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'atan',
    dimension: { kind: 'numbers' },
    value: Math.atan,
    slope: (a) => 1 / (1 + a * a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.atan(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'sinh',
    dimension: { kind: 'numbers' },
    value: Math.sinh,
    slope: (a) => Math.cosh(a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.sinh(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'cosh',
    dimension: { kind: 'numbers' },
    value: Math.cosh,
    slope: (a) => Math.sinh(a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.cosh(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'tanh',
    dimension: { kind: 'numbers' },
    value: Math.tanh,
    slope: (_, value) => 1 - value * value,
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = Math.tanh(argument[i]);
    },
  },
  {
    arity: 1,
    name: 'erf',
    dimension: { kind: 'numbers' },
    value: erf,
    slope: (a) => (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a),
    kernel(argument, result, count) {
      for (let i = 0; i < count; i++) result[i] = erf(argument[i]);
    },
  },
];
