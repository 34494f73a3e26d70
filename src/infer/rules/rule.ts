/** What every rule sees of a cone, and what it answers. */
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import type { Reference } from '../values.js';

/** A table that a rule may replace: relevant leaves only, at least one state. */
export interface TableProblem {
  readonly leaves: readonly Reference[];
  /** For each leaf its number in the cone. */
  readonly leafNumbers: readonly number[];
  /** By leaf number: the leaves (by number) that its column is without. */
  readonly without?: ReadonlyMap<number, readonly number[]>;
  /** A word for each leaf, such as `columnSum`. */
  readonly hints: readonly string[];
  /** One column for each leaf. */
  readonly columns: readonly Float64Array[];
  readonly states: number;
  readonly target: Float64Array;
  /** Candidate units that a search may spend; absent: SEARCH_EFFORT. */
  readonly effort?: number;
}

/** An expression over some leaves (by their number in the cone), proved equal to the table. */
export interface Proposal {
  readonly features: readonly {
    readonly symbol: ProgramSymbol;
    readonly leaf: number;
    /** Of a boolean symbol: the leaf's value that makes it true; absent: 1. */
    readonly truth?: number;
    /** The symbol stands for the whole input of which the leaf is a cell. */
    readonly whole?: true;
  }[];
  readonly expression: Expression;
  /** In points of the cost model. */
  readonly cost: number;
}

/** Pure; `undefined` when the rule does not apply. */
export type Rule = (problem: TableProblem) => Proposal | undefined;

/** Candidate units of one search: enough for every cone of the benchmarks, with room to spare. */
export const SEARCH_EFFORT = 200_000;
