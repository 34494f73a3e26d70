/**
 * A formula as a postfix tape, what the engine runs: constants and variables push, an operator takes its
 * arguments from the stack and pushes its result. `2.5 * x ^ 2` is `2.5 x square *`.
 */
import type { Formula } from '../formula.js';
import { ALL_OPERATORS } from '../operators/index.js';
import { CONSTANT, FIRST_OPERATOR, VARIABLE } from './codes.js';
import { markWatched } from './watch.js';

export { CONSTANT, FIRST_OPERATOR, VARIABLE } from './codes.js';

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

const CODES: ReadonlyMap<string, number> = new Map(
  ALL_OPERATORS.map(({ name }, index) => [name, FIRST_OPERATOR + index]),
);

/** @throws RangeError when an operator is unknown. */
export function compileTape(formula: Formula): Tape {
  const codes: number[] = [];
  const operands: number[] = [];
  const constants: number[] = [];
  let depth = 0;
  let deepest = 0;
  const push = (code: number, operand: number): void => {
    codes.push(code);
    operands.push(operand);
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
      for (const argument of part.arguments) visit(argument);
      depth -= part.arguments.length;
      push(codeOf(part.operator), 0);
    }
  };
  visit(formula);
  return {
    length: codes.length,
    codes: Uint8Array.from(codes),
    operands: Uint16Array.from(operands),
    constants: Float64Array.from(constants),
    depth: deepest,
    watched: markWatched(Uint8Array.from(codes), codes.length, new Uint8Array(codes.length)),
  };
}

function codeOf(operator: string): number {
  const code = CODES.get(operator);
  if (code === undefined) throw new RangeError(`no operator is called ${operator}`);
  return code;
}
