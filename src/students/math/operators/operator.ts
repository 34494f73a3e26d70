/**
 * What the student knows of an operator: its value at one point, its slopes, and its kernels over
 * columns. Kernels are loops of their own, one for each operator, so that the engine compiles each to
 * straight code; a call through a function value costs more than an addition.
 */

/** Writes `count` results; where a value is undefined it is NaN or infinite, as JavaScript has it. */
export type UnaryKernel = (argument: Float64Array, result: Float64Array, count: number) => void;

export interface UnaryOperator {
  readonly arity: 1;
  readonly name: string;
  readonly value: (argument: number) => number;
  /** The derivative, from the argument and the value there; 0 where there is none (`sign`). */
  readonly slope: (argument: number, value: number) => number;
  readonly kernel: UnaryKernel;
}

export interface BinaryOperator {
  readonly arity: 2;
  readonly name: string;
  readonly value: (left: number, right: number) => number;
  /** Derivatives by the left and the right argument. */
  readonly slopeLeft: (left: number, right: number, value: number) => number;
  readonly slopeRight: (left: number, right: number, value: number) => number;
  /** Column with column, column with number, number with column. */
  readonly columns: (
    left: Float64Array,
    right: Float64Array,
    result: Float64Array,
    count: number,
  ) => void;
  readonly columnNumber: (
    left: Float64Array,
    right: number,
    result: Float64Array,
    count: number,
  ) => void;
  readonly numberColumn: (
    left: number,
    right: Float64Array,
    result: Float64Array,
    count: number,
  ) => void;
  /** Whether the arguments may change places. */
  readonly isCommutative: boolean;
}

/** `cond`: the second argument where the first is greater than 0, else the third. */
export interface TernaryOperator {
  readonly arity: 3;
  readonly name: string;
  readonly value: (condition: number, then: number, otherwise: number) => number;
}

export type Operator = UnaryOperator | BinaryOperator | TernaryOperator;
