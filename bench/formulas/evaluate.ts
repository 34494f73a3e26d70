/**
 * The value of a formula at one row, by a plain walk over its tree. It shares no code with the student's
 * engine: it makes the data of the suites and judges the answers, and it is what the engine's speed is
 * compared with.
 */
import type { Formula } from '../../src/students/math/formula.js';

/** Abramowitz and Stegun 7.1.5 and 7.1.14: a series up to here, a continued fraction beyond. */
const ERF_SERIES_UNTIL = 2.5;
const ERF_SERIES_TERMS = 80;
const ERF_FRACTION_TERMS = 120;

type Operation = (...values: readonly number[]) => number;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  pow: (a, b) => a ** b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  neg: (a) => -a,
  square: (a) => a * a,
  cube: (a) => a * a * a,
  sqrt: (a) => Math.sqrt(a),
  cbrt: (a) => Math.cbrt(a),
  abs: (a) => Math.abs(a),
  exp: (a) => Math.exp(a),
  log: (a) => Math.log(a),
  sin: (a) => Math.sin(a),
  cos: (a) => Math.cos(a),
  tan: (a) => Math.tan(a),
  asin: (a) => Math.asin(a),
  acos: (a) => Math.acos(a),
  atan: (a) => Math.atan(a),
  sinh: (a) => Math.sinh(a),
  cosh: (a) => Math.cosh(a),
  tanh: (a) => Math.tanh(a),
  erf,
  sign: (a) => Math.sign(a),
  floor: (a) => Math.floor(a),
  cond: (c, a, b) => (c > 0 ? a : b),
};

/**
 * The value at one row, `row[i]` the value of variable i; NaN or infinite where the formula is not
 * defined.
 *
 * @throws RangeError for an operator that it does not know.
 */
export function evaluateAt(formula: Formula, row: ArrayLike<number>): number {
  if (formula.kind === 'constant') return formula.value;
  if (formula.kind === 'variable') return row[formula.index];
  if (!Object.hasOwn(OPERATIONS, formula.operator)) {
    throw new RangeError(`unknown operator ${formula.operator}`);
  }
  return OPERATIONS[formula.operator](...formula.arguments.map((part) => evaluateAt(part, row)));
}

/** The values over columns of equal length; `count` rows where there is no column. */
export function evaluateColumns(
  formula: Formula,
  columns: readonly Float64Array[],
  count = columns[0].length,
): Float64Array {
  const row = new Float64Array(columns.length);
  return Float64Array.from({ length: count }, (_, index) => {
    columns.forEach((column, position) => (row[position] = column[index]));
    return evaluateAt(formula, row);
  });
}

function erf(x: number): number {
  const size = Math.abs(x);
  if (size < ERF_SERIES_UNTIL) {
    let term = size;
    let total = size;
    for (let n = 1; n < ERF_SERIES_TERMS; n++) {
      term *= (-size * size) / n;
      total += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * total) / Math.sqrt(Math.PI);
  }
  let fraction = size;
  for (let n = ERF_FRACTION_TERMS; n > 0; n--) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-size * size) / (fraction * Math.sqrt(Math.PI)));
}
