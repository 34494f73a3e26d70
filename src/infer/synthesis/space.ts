/**
 * The search space of one problem: the atoms that every expression is made of, and the constants
 * worth writing. Decides which feature may be read how; the grammar over the atoms is `bank.ts`.
 */
import { bitsWhere, type Bits } from './bits.js';
import { breakConstants, distinctValues } from './break-points.js';
import type { Feature, SynthesisProblem } from './problem.js';
import { NUMERIC_EQUALITY, scaleOf } from './problem.js';
import {
  binary,
  caseSplit,
  constantTerm,
  numberExpression,
  type BooleanTerm,
  type NumberTerm,
} from './term.js';

/** Half points of `cell === 1` and `cell === 0`: read as one word each, like `alive` and `!alive`. */
const BIT_LITERAL_HALVES = 4;

/** Table values offered as constants; a table with more has no short form anyway. */
const MAX_LABELS = 6;

/** Compound numbers with at most this many values are compared with all of them. */
const MAX_COMPARED_VALUES = 12;

export interface NumberAtom {
  readonly term: NumberTerm;
  /** Index of the feature that the atom reads. */
  readonly feature: number;
}

export interface Space {
  readonly problem: SynthesisProblem;
  /** All states. */
  readonly full: Bits;
  /** `x`, `!x` of booleans, `x === 1`, `x === 0` of bits: two for each such feature, positive first. */
  readonly literals: readonly BooleanTerm[];
  readonly numbers: readonly NumberAtom[];
  /** Distinct target values of a numeric problem (empty when there are too many), ascending. */
  readonly labels: readonly number[];
  /** Constants for arithmetic. */
  readonly constants: readonly number[];
  /** For each feature the constants it is compared with. */
  readonly breaks: readonly (readonly number[])[];
  /** Absolute tolerance of equality between numbers of this problem. */
  readonly tolerance: number;
}

/** Search cost in half points of reading a feature. */
function readingHalves(feature: Feature): number {
  return Math.max(1, Math.round(2 * (feature.cost ?? 1)));
}

function literalsOf(feature: Feature, column: Float64Array, full: Bits): BooleanTerm[] {
  const bits = bitsWhere(column.length, (state) => column[state] === 1);
  const absent = full.map((word, index) => word & ~bits[index]);
  const symbol = { kind: 'symbol', symbol: feature.symbol } as const;
  const reading = readingHalves(feature);
  if (feature.kind === 'boolean') {
    return [
      { type: 'boolean', expression: symbol, halves: reading, bits },
      {
        type: 'boolean',
        expression: { kind: 'unary', operator: '!', operand: symbol },
        halves: reading + 1,
        bits: absent,
      },
    ];
  }
  const halves = reading - 2 + BIT_LITERAL_HALVES;
  const equals = (value: number, set: Bits): BooleanTerm => ({
    type: 'boolean',
    expression: binary('===', symbol, numberExpression(value)),
    halves,
    bits: set,
  });
  return [equals(1, bits), equals(0, absent)];
}

function numberAtoms(problem: SynthesisProblem, literals: readonly BooleanTerm[]): NumberAtom[] {
  const atoms: NumberAtom[] = [];
  let literal = 0;
  for (const [index, feature] of problem.features.entries()) {
    const values = problem.columns[index];
    if (feature.kind === 'boolean') {
      const one = constantTerm(1, problem.states);
      const zero = constantTerm(0, problem.states);
      const term = { ...caseSplit(literals[literal], one, zero), grain: 'cell' } as const;
      if (problem.type === 'number') atoms.push({ term, feature: index });
      literal += 2;
      continue;
    }
    if (feature.kind === 'bit') literal += 2;
    const expression = { kind: 'symbol', symbol: feature.symbol } as const;
    const grain = feature.kind === 'bit' ? 'cell' : 'count';
    const halves = readingHalves(feature);
    atoms.push({ term: { type: 'number', expression, halves, values, grain }, feature: index });
  }
  return atoms;
}

/** Distinct target values, those within the tolerance merged. */
function labelsOf(problem: SynthesisProblem, tolerance: number): number[] {
  const labels: number[] = [];
  for (const value of distinctValues(problem.target)) {
    if (labels.length > 0 && value - labels[labels.length - 1] <= tolerance) continue;
    labels.push(value);
  }
  return labels;
}

/** Prepares the search. `whole` is the table whose break points count, when `problem` is a sample. */
export function createSpace(problem: SynthesisProblem, whole: SynthesisProblem): Space {
  const full = bitsWhere(problem.states, () => true);
  const literals = problem.features.flatMap((feature, index) =>
    feature.kind === 'boolean' || feature.kind === 'bit'
      ? literalsOf(feature, problem.columns[index], full)
      : [],
  );
  const tolerance = NUMERIC_EQUALITY * scaleOf(whole.target);
  const found = problem.type === 'number' ? labelsOf(problem, tolerance) : [];
  const labels = found.length <= MAX_LABELS ? found : [];
  const sizes = new Set([1, 2, ...labels.map(Math.abs)]);
  return {
    problem,
    full,
    literals,
    numbers: numberAtoms(problem, literals),
    labels,
    constants: [...sizes].filter((value) => value !== 0),
    breaks: whole.features.map((feature, index) =>
      feature.kind === 'boolean' || feature.kind === 'bit' ? [0, 1] : breakConstants(whole, index),
    ),
    tolerance,
  };
}

/** The constants that a compound number is compared with. */
export function comparedConstants(values: Float64Array): readonly number[] {
  const seen = new Set<number>();
  for (const value of values) {
    seen.add(value + 0);
    if (seen.size > MAX_COMPARED_VALUES) return [0, 1];
  }
  return [...seen].sort((a, b) => a - b);
}
