/**
 * What an argument of an operator would have to be for the operator to give a desired value; of several
 * answers the one next to what the argument is now. NaN where there is none.
 */
import { ALL_OPERATORS } from '../operators/index.js';
import { FIRST_OPERATOR } from '../engine/tape.js';

/** From the desired value, the other argument (binary operators only), and the argument as it is. */
type Inverse = (desired: number, other: number, current: number) => number;

const TURN = 2 * Math.PI;

/** By operator, one for each argument. An operator that is not listed is followed along its slope. */
const INVERSES: Readonly<Record<string, readonly Inverse[]>> = {
  '+': [(d, o) => d - o, (d, o) => d - o],
  '-': [(d, o) => d + o, (d, o) => o - d],
  '*': [(d, o) => d / o, (d, o) => d / o],
  '/': [(d, o) => d * o, (d, o) => o / d],
  pow: [(d, o, c) => rootNear(d, o, c), (d, o) => Math.log(d) / Math.log(o)],
  neg: [(d) => -d],
  square: [(d, _, c) => (c < 0 ? -Math.sqrt(d) : Math.sqrt(d))],
  cube: [(d) => Math.cbrt(d)],
  sqrt: [(d) => (d >= 0 ? d * d : NaN)],
  cbrt: [(d) => d * d * d],
  exp: [(d) => Math.log(d)],
  log: [(d) => Math.exp(d)],
  sin: [(d, _, c) => nearer(Math.asin(d), Math.PI - Math.asin(d), c)],
  cos: [(d, _, c) => nearer(Math.acos(d), -Math.acos(d), c)],
  tan: [(d, _, c) => Math.atan(d) + Math.PI * Math.round((c - Math.atan(d)) / Math.PI)],
  asin: [(d) => (Math.abs(d) <= Math.PI / 2 ? Math.sin(d) : NaN)],
  acos: [(d) => (d >= 0 && d <= Math.PI ? Math.cos(d) : NaN)],
  atan: [(d) => (Math.abs(d) < Math.PI / 2 ? Math.tan(d) : NaN)],
  sinh: [(d) => Math.asinh(d)],
  cosh: [(d, _, c) => (c < 0 ? -Math.acosh(d) : Math.acosh(d))],
  tanh: [(d) => Math.atanh(d)],
};

const BY_CODE: readonly (readonly Inverse[] | undefined)[] = ALL_OPERATORS.map(({ name }) =>
  Object.hasOwn(INVERSES, name) ? INVERSES[name] : undefined,
);

/** The inverse of an operator by an argument; `undefined` where only its slope is of use. */
export function inverseOf(code: number, argument: number): Inverse | undefined {
  return BY_CODE[code - FIRST_OPERATOR]?.[argument];
}

/** The base whose power is desired; even powers have two. */
function rootNear(desired: number, exponent: number, current: number): number {
  const root = Math.pow(desired, 1 / exponent);
  return current < 0 && exponent % 2 === 0 ? -root : root;
}

/** Two angles and all full turns from them: the nearest to the current one. */
function nearer(first: number, second: number, current: number): number {
  const [a, b] = [first, second].map((one) => one + TURN * Math.round((current - one) / TURN));
  return Math.abs(a - current) <= Math.abs(b - current) ? a : b;
}
