/**
 * The Program level: what a person would write. Typed expressions, loops, conditions; no trace of
 * neurons. Names are hints until the emitter resolves them, so symbols are compared by identity.
 *
 * A Program is the body of `scores`, or of `predict` where it decides without scores; the emitter adds the
 * shape check, the other of the two, and `network`.
 */
import type { ModelInterface } from './model-interface.js';

export type ScalarType = 'number' | 'boolean';

/** A scalar (no extents) or a nested array of scalars. */
export interface ValueType {
  readonly scalar: ScalarType;
  readonly extents: readonly number[];
}

export interface ProgramSymbol {
  /** Name to try first, camelCase, such as `columnSum`. */
  readonly hint: string;
  readonly type: ValueType;
  /** Of a table: what the layer is called whose weights or biases it holds. */
  readonly layer?: string;
}

export type UnaryOperator = '-' | '!';
export type BinaryOperator =
  | '+' | '-' | '*' | '/' | '%' | '**'
  | '===' | '!==' | '<' | '<=' | '>' | '>='
  | '&&' | '||'; // prettier-ignore

/** Functions of JavaScript's `Math`, by their name there. */
export type MathFunction =
  | 'abs' | 'sign' | 'min' | 'max' | 'exp' | 'expm1' | 'log' | 'log1p' | 'sqrt' | 'cbrt'
  | 'sin' | 'cos' | 'tan' | 'asin' | 'acos' | 'atan' | 'sinh' | 'cosh' | 'tanh'
  | 'floor' | 'ceil' | 'trunc' | 'fround'; // prettier-ignore

/**
 * Small functions that the emitter writes into the module when they are used. `dense` takes an array, a
 * table of weights with a row for each neuron, and a table of biases; it gives a new array, which may be
 * written to: bias + row · array, added in order.
 */
export type Helper = 'softmax' | 'sigmoid' | 'erf' | 'roundHalfEven' | 'dense';

export type ReductionOperation = 'sum' | 'count' | 'any' | 'all' | 'min' | 'max';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'symbol'; readonly symbol: ProgramSymbol }
  /** array[i][j]…: as many indices as wanted, at most the array's dimensions. */
  | {
      readonly kind: 'element';
      readonly array: ProgramSymbol;
      readonly indices: readonly Expression[];
    }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: 'math';
      readonly function: MathFunction;
      readonly arguments: readonly Expression[];
    }
  | { readonly kind: 'helper'; readonly helper: Helper; readonly arguments: readonly Expression[] }
  /** An array literal, for results. */
  | { readonly kind: 'array'; readonly elements: readonly Expression[] }
  /**
   * A reduction of `body` over iterator = from, from + step, .. below `to`. Legal inside `infer`
   * only: the pass `lower-reductions` turns every one into a loop before emission.
   */
  | {
      readonly kind: 'reduction';
      readonly operation: ReductionOperation;
      readonly iterator: ProgramSymbol;
      readonly from: Expression;
      readonly to: Expression;
      readonly step: number;
      readonly body: Expression;
    };

export type Statement =
  /** `const symbol = value;` */
  | {
      readonly kind: 'const';
      readonly symbol: ProgramSymbol;
      readonly value: Expression;
      readonly comment?: string;
    }
  /** `let symbol = value;` an accumulator or state; a new array where it is no scalar. */
  | {
      readonly kind: 'let';
      readonly symbol: ProgramSymbol;
      readonly value: Expression;
      readonly comment?: string;
    }
  /**
   * A new array of the symbol's extents, every cell `fill`. In a program with sizes, `extents` says how
   * its extents follow from them: one expression of size symbols and numbers for each axis.
   */
  | {
      readonly kind: 'allocate';
      readonly symbol: ProgramSymbol;
      readonly extents?: readonly Expression[];
      readonly fill: number | boolean;
      /** Starts empty, and has its extent once as many values are appended; one axis, no extents. */
      readonly growing?: true;
      /** Declared by `let`: other arrays may take its place. */
      readonly rebound?: true;
      readonly comment?: string;
    }
  /** `for (let iterator = from; iterator < to; iterator += step)` */
  | {
      readonly kind: 'for';
      readonly iterator: ProgramSymbol;
      readonly from: Expression;
      readonly to: Expression;
      readonly step: number;
      readonly body: readonly Statement[];
      readonly comment?: string;
    }
  /** `for (const iterator of [values])`: positions that follow no formula. */
  | {
      readonly kind: 'for-of';
      readonly iterator: ProgramSymbol;
      readonly values: readonly number[];
      readonly body: readonly Statement[];
      readonly comment?: string;
    }
  /** `symbol[indices…] operator value;` without indices an array takes another one's place. */
  | {
      readonly kind: 'assign';
      readonly symbol: ProgramSymbol;
      readonly indices: readonly Expression[];
      readonly operator: '=' | '+=' | '-=';
      readonly value: Expression;
    }
  /** `symbol.push(value);` onto a growing array. */
  | { readonly kind: 'append'; readonly symbol: ProgramSymbol; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
      readonly comment?: string;
    }
  /** Ends the body, or a branch. */
  | { readonly kind: 'return'; readonly value: Expression; readonly comment?: string };

/** Tables up to this many numbers read well within the module; larger ones go to its sibling. */
export const LARGEST_INLINE_TABLE = 64;

/** Numbers that no structure explains, row-major over the symbol's extents. */
export interface Table {
  readonly symbol: ProgramSymbol;
  readonly values: Float64Array;
}

/** An extent that a program reads off its input. */
export interface SizeSymbol {
  /** A number that the body may read, called after the axis: `rows`. */
  readonly symbol: ProgramSymbol;
  /** Which input, and which of its axes. */
  readonly input: number;
  readonly axis: number;
  /** Smallest extent that the body can read without leaving an array; at least 1. */
  readonly least: number;
}

/** One network that a program with sizes was made from. */
export interface SizeSource {
  /** The shape of each input. */
  readonly shapes: readonly (readonly number[])[];
  /** The network's `source`. */
  readonly source: string;
}

/** What makes a program work at other sizes than those of its interface, which are the leading ones. */
export interface ProgramSizes {
  /** The extents that vary; all other extents stay those of the interface. */
  readonly symbols: readonly SizeSymbol[];
  /** Conditions on the symbols that inputs must fulfil besides `least`, such as `rows === columns`. */
  readonly requirements: readonly Expression[];
  /** The shape of each output, as expressions of the symbols. */
  readonly outputs: readonly (readonly Expression[])[];
  /** The networks, the leading one first. */
  readonly sources: readonly SizeSource[];
  /** Whether several sizes agreed on every constant; with one alone other sizes are a hypothesis. */
  readonly confirmed: boolean;
  /**
   * Symbols that were equal at every size given though nothing says they must be: which of them stands
   * where is told by structure alone.
   */
  readonly indistinct: readonly (readonly ProgramSymbol[])[];
}

export interface Program {
  readonly interface: ModelInterface;
  /** One for each input of the interface, in its order, with the input's shape as extents. */
  readonly parameters: readonly ProgramSymbol[];
  /** Module-level constants; all their numbers count as `weightsInData`. */
  readonly tables: readonly Table[];
  /** Body of `scores`; its last statement returns the (nested) array of outputs, branches may do so before. */
  readonly body: readonly Statement[];
  /**
   * Present where the body is that of `predict` and returns the decision itself, a number (`decide`);
   * `scores` then only says which decision it is (`indicatorOf`).
   */
  readonly decides?: true;
  /** Present where sizes are symbols; then every number that depends on them is an expression. */
  readonly sizes?: ProgramSizes;
  /** Present where every result is rounded to float32; the helpers that are called do so as well. */
  readonly precision?: 'float32';
}
