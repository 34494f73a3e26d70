/**
 * MAXSAT formulas, and the 0/1 grid in which the network sees them.
 *
 *   row 0 the current variable's positive literals, row 1 its negative ones, then two rows for each
 *   variable still to come; a column is a clause, empty once the clause is satisfied.
 */
import type { Random } from '../../src/numeric/random.js';

/** A clause as literals: variable v positive is 2v, negative 2v + 1. */
export type Clause = readonly number[];

export interface Formula {
  readonly variables: number;
  readonly clauses: readonly Clause[];
}

/** Literals of a clause, each of another variable. */
const CLAUSE_SIZE = 3;

/** Clauses of three distinct variables (fewer where there are fewer), each negated or not. */
export function drawFormula(variables: number, clauses: number, random: Random): Formula {
  const size = Math.min(CLAUSE_SIZE, variables);
  return {
    variables,
    clauses: Array.from({ length: clauses }, () =>
      Array.from(random.permutation(variables).subarray(0, size), (v) => 2 * v + random.below(2)),
    ),
  };
}

/** The formula as a grid of 2·variables literal rows, row-major. */
export function gridOf(formula: Formula): Float64Array {
  const grid = new Float64Array(2 * formula.variables * formula.clauses.length);
  formula.clauses.forEach((clause, column) => {
    for (const literal of clause) grid[literal * formula.clauses.length + column] = 1;
  });
  return grid;
}

/**
 * Assigns the current variable (rows 0 and 1) in place: columns of satisfied clauses are cleared, the
 * two front rows dropped, two zero rows appended at the back.
 *
 * @returns the number of clauses newly satisfied.
 */
export function assignFirst(grid: Float64Array, clauses: number, value: boolean): number {
  const literal = value ? 0 : clauses;
  let satisfied = 0;
  for (let column = 0; column < clauses; column++) {
    if (grid[literal + column] === 0) continue;
    satisfied++;
    for (let cell = column; cell < grid.length; cell += clauses) grid[cell] = 0;
  }
  grid.copyWithin(0, 2 * clauses);
  grid.fill(0, grid.length - 2 * clauses);
  return satisfied;
}

/**
 * The most clauses that can still be satisfied by assigning `variables` more variables, by trying all
 * 2^variables assignments.
 */
export function bestByExhaustion(grid: Float64Array, clauses: number, variables: number): number {
  // Literals and clauses as bit masks: bit v of a mask is variable v.
  const positive = new Uint32Array(clauses);
  const negative = new Uint32Array(clauses);
  for (let column = 0; column < clauses; column++) {
    for (let variable = 0; variable < variables; variable++) {
      if (grid[2 * variable * clauses + column] === 1) positive[column] |= 1 << variable;
      if (grid[(2 * variable + 1) * clauses + column] === 1) negative[column] |= 1 << variable;
    }
  }
  let best = 0;
  for (let assignment = 0; assignment < 2 ** variables; assignment++) {
    let satisfied = 0;
    for (let column = 0; column < clauses; column++) {
      if (((positive[column] & assignment) | (negative[column] & ~assignment)) !== 0) satisfied++;
    }
    if (satisfied > best) best = satisfied;
  }
  return best;
}
