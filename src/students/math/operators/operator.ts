/**
 * What the student knows of an operator: its value at one point, its slopes, and its kernels over
 * columns. Kernels are loops of their own, one for each operator, so that the engine compiles each to
 * straight code; a call through a function value costs more than an addition.
 */

/**
 * What an operator asks of the dimensions of its arguments, and the dimension of its value:
 * - `alike`: all the same, which is the value's (sums, `abs`, `max`);
 * - `numbers`: pure numbers, and so is the value (`exp`, `sin`);
 * - `power`: anything, raised to a fixed exponent;
 * - `product`, `quotient`: anything;
 * - `raise`: a pure number as exponent, of a base that is one too unless the exponent is a constant;
 * - `comparison`: all the same; the value is a pure number;
 * - `sign`: anything; the value is a pure number;
 * - `choice`: anything is asked, what is chosen from is alike.
 */
export type DimensionLaw =
  | {
      readonly kind:
        'alike' | 'numbers' | 'product' | 'quotient' | 'raise' | 'comparison' | 'sign' | 'choice';
    }
  | { readonly kind: 'power'; readonly exponent: number };

/** Writes `count` results; where a value is undefined it is NaN or infinite, as JavaScript has it. */
export type UnaryKernel = (argument: Float64Array, result: Float64Array, count: number) => void;

export interface UnaryOperator {
  readonly arity: 1;
  readonly name: string;
  readonly dimension: DimensionLaw;
  readonly value: (argument: number) => number;
  /** The derivative, from the argument and the value there; 0 where there is none (`sign`). */
  readonly slope: (argument: number, value: number) => number;
  readonly kernel: UnaryKernel;
}

export interface BinaryOperator {
  readonly arity: 2;
  readonly name: string;
  readonly dimension: DimensionLaw;
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
  readonly dimension: DimensionLaw;
  readonly value: (condition: number, then: number, otherwise: number) => number;
}

export type Operator = UnaryOperator | BinaryOperator | TernaryOperator;
