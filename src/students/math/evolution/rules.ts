/**
 * The settings as the islands ask them: which operators there are by number of arguments, what a genome
 * costs, and whether it is allowed. The same answers as `complexity.ts` gives for formulas, without trees.
 */
import { CONSTANT, FIRST_OPERATOR, VARIABLE } from '../engine/tape.js';
import { ALL_OPERATORS } from '../operators/index.js';
import { PAIR } from '../operators/slots.js';
import type { Settings } from '../problem.js';
import { ARITIES, codeOfOperator, MOST_NODES } from './genome.js';
import type { Genome } from './genome.js';

export interface Rules {
  readonly unary: readonly number[];
  readonly binary: readonly number[];
  readonly ternary: readonly number[];
  /** Complexity, by code. */
  readonly costs: Float64Array;
  readonly maxComplexity: number;
  readonly complexityOf: (genome: Genome) => number;
  readonly isAllowed: (genome: Genome) => boolean;
  /** Whether arguments of the operator may change places. */
  readonly isCommutative: (code: number) => boolean;
}

const PAIR_CODE = codeOfOperator(PAIR);

/** How many `inner` may stand within `outer`. */
interface Nesting {
  readonly outer: number;
  readonly inner: number;
  readonly most: number;
}

/** @throws RangeError when an operator of the settings is unknown. */
export function createRules(settings: Settings): Rules {
  const codes = settings.operators.map(codeOfOperator);
  const isUsable = new Uint8Array(ARITIES.length);
  for (const code of [CONSTANT, VARIABLE, ...codes]) isUsable[code] = 1;
  const costs = costsOf(settings);
  const nestings = nestingsOf(settings.nesting);
  const counts = new Uint8Array(MOST_NODES);
  const complexityOf = (genome: Genome): number => {
    let sum = 0;
    for (let at = 0; at < genome.length; at++) sum += costs[genome.codes[at]];
    return sum;
  };
  return {
    unary: codes.filter((code) => ARITIES[code] === 1),
    // Pairs of a template are put where they belong, never grown.
    binary: codes.filter((code) => ARITIES[code] === 2 && code !== PAIR_CODE),
    ternary: codes.filter((code) => ARITIES[code] === 3),
    costs,
    maxComplexity: settings.maxComplexity,
    complexityOf,
    isAllowed: (genome) =>
      complexityOf(genome) <= settings.maxComplexity &&
      usesOnly(genome, isUsable) &&
      depthOf(genome, counts) <= settings.maxDepth &&
      nestings.every((nesting) => keepsNesting(genome, nesting, counts)),
    isCommutative: (code) => {
      const operator = ALL_OPERATORS[code - FIRST_OPERATOR];
      return operator.arity === 2 && operator.isCommutative;
    },
  };
}

function costsOf(settings: Settings): Float64Array {
  const costs = new Float64Array(ARITIES.length).fill(1);
  costs[CONSTANT] = settings.constantComplexity;
  costs[VARIABLE] = settings.variableComplexity;
  for (const [name, cost] of Object.entries(settings.complexities)) {
    costs[codeOfOperator(name)] = cost;
  }
  return costs;
}

function nestingsOf(nesting: Settings['nesting']): Nesting[] {
  return Object.entries(nesting).flatMap(([outer, limits]) =>
    Object.entries(limits).map(([inner, most]) => ({
      outer: codeOfOperator(outer),
      inner: codeOfOperator(inner),
      most,
    })),
  );
}

function usesOnly({ codes, length }: Genome, isUsable: Uint8Array): boolean {
  for (let at = 0; at < length; at++) if (isUsable[codes[at]] === 0) return false;
  return true;
}

function depthOf({ codes, length }: Genome, depths: Uint8Array): number {
  let top = 0;
  for (let at = 0; at < length; at++) {
    const arity = ARITIES[codes[at]];
    top -= arity;
    let deepest = 0;
    for (let k = 0; k < arity; k++) if (depths[top + k] > deepest) deepest = depths[top + k];
    depths[top++] = deepest + 1;
  }
  return depths[0];
}

function keepsNesting(
  { codes, length }: Genome,
  { outer, inner, most }: Nesting,
  counts: Uint8Array,
): boolean {
  let top = 0;
  for (let at = 0; at < length; at++) {
    const arity = ARITIES[codes[at]];
    top -= arity;
    let largest = 0;
    for (let k = 0; k < arity; k++) if (counts[top + k] > largest) largest = counts[top + k];
    if (codes[at] === outer && largest > most) return false;
    counts[top++] = largest + Number(codes[at] === inner);
  }
  return true;
}
