/**
 * The functions that a quantity without dimension goes through: growth and decay, saturation, occupation.
 * Each is told by its logarithm, computed so that it neither overflows nor cancels.
 */
import { call, constant } from '../../formula.js';
import type { Formula } from '../../formula.js';

export interface Response {
  readonly name: string;
  readonly operators: readonly string[];
  /** log |φ(v)|; NaN where φ has no value, or where it would pass through 0 or a pole. */
  readonly logarithm: (v: number) => number;
  readonly build: (v: Formula) => Formula;
  /** Whether the constant inside may be negative and means something else then. */
  readonly takesBothSigns: boolean;
  /** Whether a power of it is the same function of another constant. */
  readonly isClosed: boolean;
}

/** exp(v) − 1 and exp(v) + 1 are exp(v) to the last digit from here on. */
const LARGE = 40;

const ONE = constant(1);

export const RESPONSES: readonly Response[] = [
  {
    name: 'exp',
    operators: ['exp'],
    logarithm: (v) => v,
    build: (v) => call('exp', v),
    takesBothSigns: true,
    isClosed: true,
  },
  {
    name: 'exp - 1',
    operators: ['exp', '-'],
    logarithm: (v) => (v > LARGE ? v : Math.log(Math.abs(Math.expm1(v)))),
    build: (v) => call('-', call('exp', v), ONE),
    takesBothSigns: true,
    isClosed: false,
  },
  {
    name: 'exp + 1',
    operators: ['exp', '+'],
    logarithm: (v) => (v > LARGE ? v : Math.log1p(Math.exp(v))),
    build: (v) => call('+', call('exp', v), ONE),
    takesBothSigns: true,
    isClosed: false,
  },
  {
    name: '1 +',
    operators: ['+'],
    logarithm: (v) => (v > -1 ? Math.log1p(v) : NaN),
    build: (v) => call('+', ONE, v),
    takesBothSigns: true,
    isClosed: false,
  },
  {
    name: 'log',
    operators: ['log'],
    logarithm: (v) => (v > 1 ? Math.log(Math.log(v)) : NaN),
    build: (v) => call('log', v),
    takesBothSigns: false,
    isClosed: false,
  },
  {
    name: 'log 1 +',
    operators: ['log', '+'],
    logarithm: (v) => Math.log(Math.abs(Math.log1p(v))),
    build: (v) => call('log', call('+', ONE, v)),
    takesBothSigns: false,
    isClosed: false,
  },
  ...(['tanh', 'sinh', 'cosh', 'atan'] as const).map((name): Response => ({
    name,
    operators: [name],
    logarithm: (v) => Math.log(Math[name](v)),
    build: (v) => call(name, v),
    takesBothSigns: false,
    isClosed: false,
  })),
];
