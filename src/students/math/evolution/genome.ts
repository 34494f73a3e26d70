/**
 * A formula as the islands hold it: postfix, in flat arrays that cut and join without allocation. What a
 * node means stands in `codes` (see `engine/tape.ts`); `values` holds the number of a constant or the
 * position of a variable. `x - 2.5` is codes [V V C -], values [0, 2.5, 0].
 */
import { CONSTANT, FIRST_OPERATOR, VARIABLE } from '../engine/tape.js';
import { markWatched } from '../engine/watch.js';
import type { Tape } from '../engine/tape.js';
import { call, constant, variable } from '../formula.js';
import type { Formula } from '../formula.js';
import { ALL_OPERATORS } from '../operators/index.js';

export interface Genome {
  readonly length: number;
  readonly codes: Uint8Array;
  readonly values: Float64Array;
}

/** Nodes of the longest genome. */
export const MOST_NODES = 200;

/** Number of arguments, by code; 0 for what pushes. */
export const ARITIES: Uint8Array = Uint8Array.from([
  ...Array.from({ length: FIRST_OPERATOR }, () => 0),
  ...ALL_OPERATORS.map(({ arity }) => arity),
]);

const CODES: ReadonlyMap<string, number> = new Map(
  ALL_OPERATORS.map(({ name }, index) => [name, FIRST_OPERATOR + index]),
);

/** The code of an operator. @throws RangeError when there is none of that name. */
export function codeOfOperator(name: string): number {
  const code = CODES.get(name);
  if (code === undefined) throw new RangeError(`no operator is called ${name}`);
  return code;
}

/** Where the subtree begins whose root is at `root`. */
export function startOfSubtree({ codes }: Genome, root: number): number {
  let wanted = 1;
  let at = root;
  for (; ; at--) {
    wanted += ARITIES[codes[at]] - 1;
    if (wanted === 0) return at;
  }
}

/** @throws RangeError when the formula has more nodes than a genome holds, or an unknown operator. */
export function genomeOf(formula: Formula): Genome {
  const codes: number[] = [];
  const values: number[] = [];
  const visit = (part: Formula): void => {
    if (part.kind === 'call') part.arguments.forEach(visit);
    if (part.kind === 'call') codes.push(codeOfOperator(part.operator));
    else codes.push(part.kind === 'constant' ? CONSTANT : VARIABLE);
    if (part.kind === 'constant') values.push(part.value);
    else values.push(part.kind === 'variable' ? part.index : 0);
  };
  visit(formula);
  if (codes.length > MOST_NODES) throw new RangeError('the formula is too long for a genome');
  return {
    length: codes.length,
    codes: Uint8Array.from(codes),
    values: Float64Array.from(values),
  };
}

export function formulaOf({ codes, values, length }: Genome): Formula {
  const stack: Formula[] = [];
  for (let at = 0; at < length; at++) {
    const code = codes[at];
    if (code === CONSTANT) {
      stack.push(constant(values[at]));
    } else if (code === VARIABLE) {
      stack.push(variable(values[at]));
    } else {
      const parts = stack.splice(stack.length - ARITIES[code]);
      stack.push(call(ALL_OPERATORS[code - FIRST_OPERATOR].name, ...parts));
    }
  }
  return stack[0];
}

/** A copy in arrays of its own, of exactly its length. */
export function copyGenome({ codes, values, length }: Genome): Genome {
  return { length, codes: codes.slice(0, length), values: values.slice(0, length) };
}

/** The genome as what the engine runs, in arrays of its own. */
export function tapeOf({ codes, values, length }: Genome): Tape {
  const operands = new Uint16Array(length);
  const constants: number[] = [];
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < length; at++) {
    if (codes[at] === CONSTANT) operands[at] = constants.push(values[at]) - 1;
    else if (codes[at] === VARIABLE) operands[at] = values[at];
    depth += 1 - ARITIES[codes[at]];
    if (depth > deepest) deepest = depth;
  }
  return {
    length,
    codes: codes.slice(0, length),
    operands,
    constants: Float64Array.from(constants),
    depth: deepest,
    watched: markWatched(codes, length, new Uint8Array(length)),
  };
}
