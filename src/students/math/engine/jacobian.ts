/**
 * How the value of a formula at every row moves with each constant: one sweep forward that keeps every
 * intermediate value, one backward that hands adjoints down to the constants (reverse mode; Griewank and
 * Walther, Evaluating Derivatives, section 3.2). Rows do not mix, so that the adjoint column of a
 * constant is its column of the Jacobian. The same sweep gives the slopes by the variables.
 */
import { ALL_OPERATORS } from '../operators/index.js';
import type { Operator } from '../operators/operator.js';
import { applyOperator, BLOCK_ROWS } from './evaluator.js';
import type { Slot } from './evaluator.js';
import { pullBack } from './pull-back.js';
import { CONSTANT, FIRST_OPERATOR, VARIABLE } from './tape.js';
import type { Tape } from './tape.js';

export interface Slopes {
  /** The value at every row. */
  readonly values: Float64Array;
  /** One column for each constant, left to right. */
  readonly byConstant: readonly Float64Array[];
  /** One column for each variable of the data set; empty unless asked for. */
  readonly byVariable: readonly Float64Array[];
}

export interface Differentiator {
  /**
   * Values and slopes at every row, in arrays that hold until the next call; `undefined` where a value or
   * a slope is not finite.
   */
  readonly slopes: (
    tape: Tape,
    constants?: ArrayLike<number>,
    options?: { readonly byVariable?: boolean },
  ) => Slopes | undefined;
}

export function createDifferentiator(
  columns: readonly Float64Array[],
  rows: number,
  operators: readonly Operator[] = ALL_OPERATORS,
): Differentiator {
  const values: Float64Array[] = [];
  const adjoints: Float64Array[] = [];
  const grow = (pool: Float64Array[], size: number, length: number): void => {
    while (pool.length < size) pool.push(new Float64Array(length));
  };
  const outputs: Float64Array[] = [];
  return {
    slopes(tape, constants = tape.constants, { byVariable = false } = {}) {
      const wanted = 1 + tape.constants.length + (byVariable ? columns.length : 0);
      grow(values, tape.length, Math.min(rows, BLOCK_ROWS));
      grow(adjoints, tape.length, Math.min(rows, BLOCK_ROWS));
      grow(outputs, wanted, rows);
      for (let k = 0; k < wanted; k++) outputs[k].fill(0);
      const plan = planOf(tape, byVariable);
      for (let start = 0; start < rows; start += BLOCK_ROWS) {
        const count = Math.min(BLOCK_ROWS, rows - start);
        const slots = forward(tape, operators, constants, columns, values, start, count, plan);
        backward(tape, operators, slots, adjoints, count, plan);
        collect(tape, slots, adjoints, outputs, start, count, byVariable);
      }
      if (!outputs.slice(0, wanted).every(isFiniteColumn)) return undefined;
      return {
        values: outputs[0],
        byConstant: outputs.slice(1, 1 + tape.constants.length),
        byVariable: outputs.slice(1 + tape.constants.length, wanted),
      };
    },
  };
}

interface Plan {
  /** For each instruction where its arguments were pushed. */
  readonly parts: readonly (readonly number[])[];
  /** Whether a constant (or a variable, if asked for) lies below. */
  readonly moves: readonly boolean[];
}

function planOf({ codes, length }: Tape, byVariable: boolean): Plan {
  const parts: number[][] = [];
  const moves: boolean[] = [];
  const stack: number[] = [];
  for (let at = 0; at < length; at++) {
    const code = codes[at];
    if (code < FIRST_OPERATOR) {
      parts.push([]);
      moves.push(code === CONSTANT || byVariable);
    } else {
      const own = stack.splice(stack.length - ALL_OPERATORS[code - FIRST_OPERATOR].arity);
      parts.push(own);
      moves.push(own.some((part) => moves[part]));
    }
    stack.push(at);
  }
  return { parts, moves };
}

function forward(
  tape: Tape,
  operators: readonly Operator[],
  constants: ArrayLike<number>,
  columns: readonly Float64Array[],
  values: readonly Float64Array[],
  start: number,
  count: number,
  { parts }: Plan,
): readonly Slot[] {
  const slots: Slot[] = [];
  for (let at = 0; at < tape.length; at++) {
    const code = tape.codes[at];
    if (code === CONSTANT) {
      slots.push(constants[tape.operands[at]]);
    } else if (code === VARIABLE) {
      slots.push(columns[tape.operands[at]].subarray(start, start + count));
    } else {
      const own = parts[at].map((part) => slots[part]);
      slots.push(applyOperator(operators[code - FIRST_OPERATOR], own, 0, values[at], count));
    }
  }
  return slots;
}

function backward(
  { codes, length }: Tape,
  operators: readonly Operator[],
  slots: readonly Slot[],
  adjoints: readonly Float64Array[],
  count: number,
  { parts, moves }: Plan,
): void {
  adjoints[length - 1].fill(1, 0, count);
  for (let at = length - 1; at >= 0; at--) {
    if (!moves[at] || codes[at] < FIRST_OPERATOR) continue;
    const operator = operators[codes[at] - FIRST_OPERATOR];
    const own = parts[at].map((part) => slots[part]);
    parts[at].forEach((part, argument) => {
      if (!moves[part]) return;
      pullBack(operator, argument, own, slots[at], adjoints[at], adjoints[part], count);
    });
  }
}

function collect(
  { codes, operands, length, constants }: Tape,
  slots: readonly Slot[],
  adjoints: readonly Float64Array[],
  outputs: readonly Float64Array[],
  start: number,
  count: number,
  byVariable: boolean,
): void {
  const value = slots[length - 1];
  if (typeof value === 'number') outputs[0].fill(value, start, start + count);
  else outputs[0].set(value.subarray(0, count), start);
  for (let at = 0; at < length; at++) {
    if (codes[at] === CONSTANT) {
      // A constant of a template may stand at several places.
      const target = outputs[1 + operands[at]];
      for (let i = 0; i < count; i++) target[start + i] += adjoints[at][i];
    } else if (codes[at] === VARIABLE && byVariable) {
      const target = outputs[1 + constants.length + operands[at]];
      for (let i = 0; i < count; i++) target[start + i] += adjoints[at][i];
    }
  }
}

function isFiniteColumn(column: Float64Array): boolean {
  let sum = 0;
  for (const value of column) sum += value - value;
  return sum === 0;
}
