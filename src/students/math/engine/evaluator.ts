/**
 * Runs tapes over the columns of a data set, block by block, so that a block of every intermediate value
 * stays in the cache. What depends on constants alone stays one number. A block ends as soon as an
 * operator gives a value that is not finite: such a formula is undefined at a row.
 */
import type { Operator } from '../operators/operator.js';
import { ALL_OPERATORS } from '../operators/index.js';
import { CONSTANT, FIRST_OPERATOR, VARIABLE } from './tape.js';
import type { Tape } from './tape.js';

/** Rows of a block: eight intermediate values of this many rows fill 64 KiB. */
export const BLOCK_ROWS = 1024;

export interface Evaluator {
  readonly rows: number;
  /**
   * The value at every row, in a buffer of the evaluator's own that holds until the next call;
   * `undefined` where a value, or one on the way that is used, is not finite.
   */
  readonly values: (tape: Tape, constants?: ArrayLike<number>) => Float64Array | undefined;
}

/** A value on the stack: a column, or one number for all rows. */
export type Slot = Float64Array | number;

/**
 * @param operators the table that tapes count in.
 * @throws RangeError when the columns differ in length.
 */
export function createEvaluator(
  columns: readonly Float64Array[],
  rows: number,
  operators: readonly Operator[] = ALL_OPERATORS,
): Evaluator {
  if (columns.some((column) => column.length !== rows)) {
    throw new RangeError('the columns differ in length');
  }
  const starts = Array.from({ length: Math.ceil(rows / BLOCK_ROWS) }, (_, k) => k * BLOCK_ROWS);
  const blocks = starts.map((start) =>
    columns.map((column) => column.subarray(start, Math.min(rows, start + BLOCK_ROWS))),
  );
  const pool: Float64Array[] = [];
  const stack: Slot[] = [];
  const result = new Float64Array(rows);
  return {
    rows,
    values(tape, constants = tape.constants) {
      while (pool.length < tape.depth) pool.push(new Float64Array(Math.min(rows, BLOCK_ROWS)));
      for (let block = 0; block < blocks.length; block++) {
        const start = starts[block];
        const count = Math.min(BLOCK_ROWS, rows - start);
        const slot = runBlock(tape, operators, constants, blocks[block], pool, stack, count);
        if (slot === undefined) return undefined;
        if (typeof slot === 'number') result.fill(slot, start, start + count);
        else result.set(slot.length === count ? slot : slot.subarray(0, count), start);
        if (!isFiniteColumn(slot, count)) return undefined;
      }
      return result;
    },
  };
}

function runBlock(
  tape: Tape,
  operators: readonly Operator[],
  constants: ArrayLike<number>,
  columns: readonly Float64Array[],
  pool: readonly Float64Array[],
  stack: Slot[],
  count: number,
): Slot | undefined {
  const { codes, operands, watched, length } = tape;
  let top = 0;
  for (let at = 0; at < length; at++) {
    const code = codes[at];
    if (code === CONSTANT) {
      stack[top++] = constants[operands[at]];
    } else if (code === VARIABLE) {
      stack[top++] = columns[operands[at]];
    } else {
      const operator = operators[code - FIRST_OPERATOR];
      top -= operator.arity;
      const slot = applyOperator(operator, stack, top, pool[top], count);
      if (watched[at] === 1 && !isFiniteColumn(slot, count)) return undefined;
      stack[top++] = slot;
    }
  }
  return stack[0];
}

/** The operator on the slots from `first` on; its column goes to `target`, which may be an argument. */
export function applyOperator(
  operator: Operator,
  slots: readonly Slot[],
  first: number,
  target: Float64Array,
  count: number,
): Slot {
  const a = slots[first];
  if (operator.arity === 1) {
    if (typeof a === 'number') return operator.value(a);
    operator.kernel(a, target, count);
    return target;
  }
  const b = slots[first + 1];
  if (operator.arity === 2) {
    if (typeof a === 'number') {
      if (typeof b === 'number') return operator.value(a, b);
      operator.numberColumn(a, b, target, count);
    } else if (typeof b === 'number') {
      operator.columnNumber(a, b, target, count);
    } else {
      operator.columns(a, b, target, count);
    }
    return target;
  }
  const c = slots[first + 2];
  const [readA, readB, readC] = [reader(a), reader(b), reader(c)];
  for (let i = 0; i < count; i++) target[i] = operator.value(readA(i), readB(i), readC(i));
  return target;
}

function reader(slot: Slot): (row: number) => number {
  return typeof slot === 'number' ? () => slot : (row) => slot[row];
}

/**
 * A product with 0 is 0 for a number and NaN otherwise, and NaN stays in a sum; two sums of pairs, so that
 * few additions wait for the one before.
 */
function isFiniteColumn(slot: Slot, count: number): boolean {
  if (typeof slot === 'number') return Number.isFinite(slot);
  let first = 0;
  let second = 0;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    first += slot[i] * 0 + slot[i + 1] * 0;
    second += slot[i + 2] * 0 + slot[i + 3] * 0;
  }
  for (; i < count; i++) first += slot[i] * 0;
  return first + second === 0;
}
