/**
 * A formula as a postfix tape, what the engine runs: constants and variables push, an operator takes its
 * arguments from the stack and pushes its result. `2.5 * x ^ 2` is `2.5 x square *`.
 */
import type { Formula } from '../formula.js';
import { OPERATORS } from '../operators/index.js';

/** Codes of the two instructions that push; operators follow, in the order of their table. */
export const CONSTANT = 0;
export const VARIABLE = 1;
export const FIRST_OPERATOR = 2;

export interface Tape {
  readonly length: number;
  readonly codes: Uint8Array;
  /** The number of the constant (left to right) or of the variable; 0 for operators. */
  readonly operands: Uint16Array;
  /** The constants as they stand in the formula. */
  readonly constants: Float64Array;
  /** Most values on the stack at once. */
  readonly depth: number;
  /**
   * 1 for the instructions whose value has to be looked at: what is not finite there may look finite in
   * the end. All 0 in a tape with `cond`, whose branch that is not taken may be undefined.
   */
  readonly watched: Uint8Array;
}

/** Operators that give what is not finite for moderate arguments: better seen at once than in the end. */
const BREAKING: ReadonlySet<string> = new Set([
  '/', 'pow', 'sqrt', 'log', 'exp', 'tan', 'asin', 'acos', 'sinh', 'cosh',
]); // prettier-ignore

/** Operators that may give a number for an argument that is not finite, and which argument: 1/∞, e^−∞. */
const MASKING: Readonly<Record<string, readonly number[]>> = {
  '/': [1],
  pow: [0, 1],
  min: [0, 1],
  max: [0, 1],
  '<': [0, 1],
  '<=': [0, 1],
  '>': [0, 1],
  '>=': [0, 1],
  '==': [0, 1],
  exp: [0],
  atan: [0],
  tanh: [0],
  erf: [0],
  sign: [0],
};

const CODES: ReadonlyMap<string, number> = new Map(
  OPERATORS.map(({ name }, index) => [name, FIRST_OPERATOR + index]),
);

/** @throws RangeError when an operator is unknown. */
export function compileTape(formula: Formula): Tape {
  const codes: number[] = [];
  const operands: number[] = [];
  const constants: number[] = [];
  const watched: boolean[] = [];
  let isConditional = false;
  let depth = 0;
  let deepest = 0;
  const push = (code: number, operand: number): void => {
    codes.push(code);
    operands.push(operand);
    watched.push(false);
    depth++;
    if (depth > deepest) deepest = depth;
  };
  const visit = (part: Formula): void => {
    if (part.kind === 'constant') {
      push(CONSTANT, constants.length);
      constants.push(part.value);
    } else if (part.kind === 'variable') {
      push(VARIABLE, part.index);
    } else {
      const masked = Object.hasOwn(MASKING, part.operator) ? MASKING[part.operator] : [];
      part.arguments.forEach((argument, position) => {
        visit(argument);
        if (argument.kind === 'call' && masked.includes(position)) watched[codes.length - 1] = true;
      });
      depth -= part.arguments.length;
      push(codeOf(part.operator), 0);
      watched[codes.length - 1] = BREAKING.has(part.operator);
      if (part.operator === 'cond') isConditional = true;
    }
  };
  visit(formula);
  return {
    length: codes.length,
    codes: Uint8Array.from(codes),
    operands: Uint16Array.from(operands),
    constants: Float64Array.from(constants),
    depth: deepest,
    watched: Uint8Array.from(watched, (is) => Number(is && !isConditional)),
  };
}

function codeOf(operator: string): number {
  const code = CODES.get(operator);
  if (code === undefined) throw new RangeError(`no operator is called ${operator}`);
  return code;
}
