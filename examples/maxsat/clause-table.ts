/**
 * A formula in the course of the protocol, at sizes where a flat grid of 2·variables × clauses cells is
 * too much to copy: rows that a compiled module reads as they are, and counts for the baselines.
 *
 * A module for every size need not be shown what is over: assigned variables leave the table, and so do
 * satisfied clauses, whose columns are empty. Neither changes a score (see the test), both save time.
 */
import type { Formula } from './formula.js';

/** Share of empty columns at which the table is written anew without them. */
const TOO_MANY_EMPTY = 1 / 8;

export interface ClauseTable {
  /** Literal rows × clause columns of 0 or 1; rows 0 and 1 are the current variable. */
  rows(): readonly Uint8Array[];
  /** Clauses with the current variable's positive and negative literal, all and those without others. */
  votes(): Votes;
  /** Assigns the current variable. @returns the number of clauses newly satisfied. */
  assign(value: boolean): number;
}

export interface Votes {
  readonly positive: number;
  readonly negative: number;
  readonly lonePositive: number;
  readonly loneNegative: number;
}

/** The table of a formula before its first variable is assigned. */
export function createClauseTable(formula: Formula): ClauseTable {
  return new Table(formula);
}

class Table implements ClauseTable {
  /** Clauses that hold each literal. */
  private readonly holders: number[][];
  /** Literals of unassigned variables left in each clause; 0 for a satisfied one. */
  private readonly open: Uint8Array;
  private readonly satisfied: Uint8Array;
  private current = 0;
  private empty = 0;
  /** The column of each clause in the table. */
  private column: Int32Array;
  private table: Uint8Array[] = [];

  constructor(private readonly formula: Formula) {
    const { clauses, variables } = formula;
    this.holders = Array.from({ length: 2 * variables }, () => []);
    this.open = Uint8Array.from(clauses, ({ length }) => length);
    this.satisfied = new Uint8Array(clauses.length);
    this.column = new Int32Array(clauses.length);
    for (const [index, clause] of clauses.entries()) {
      for (const literal of clause) this.holders[literal].push(index);
    }
    this.rewrite();
  }

  rows(): readonly Uint8Array[] {
    return this.table;
  }

  votes(): Votes {
    const count = (literal: number, lone: boolean): number =>
      this.holders[literal].filter(
        (clause) => this.satisfied[clause] === 0 && (!lone || this.open[clause] === 1),
      ).length;
    const [positive, negative] = [2 * this.current, 2 * this.current + 1];
    return {
      positive: count(positive, false),
      negative: count(negative, false),
      lonePositive: count(positive, true),
      loneNegative: count(negative, true),
    };
  }

  assign(value: boolean): number {
    const [made, lost] = value ? [0, 1] : [1, 0];
    let satisfied = 0;
    for (const clause of this.holders[2 * this.current + made]) {
      if (this.satisfied[clause] === 1) continue;
      this.satisfied[clause] = 1;
      satisfied++;
      for (const literal of this.formula.clauses[clause]) {
        const row = literal - 2 * this.current;
        if (row >= 0) this.table[row][this.column[clause]] = 0;
      }
    }
    for (const clause of this.holders[2 * this.current + lost]) this.open[clause]--;
    this.current++;
    this.table = this.table.slice(2);
    this.empty += satisfied;
    if (this.table.length > 0 && this.empty > TOO_MANY_EMPTY * this.table[0].length) this.rewrite();
    return satisfied;
  }

  /** The table of what is left: unassigned variables, unsatisfied clauses. */
  private rewrite(): void {
    const left = this.formula.clauses.flatMap((clause, index) =>
      this.satisfied[index] === 0 ? [{ clause, index }] : [],
    );
    // One column stays, so that the table has a size even when all clauses are satisfied.
    const width = Math.max(1, left.length);
    const rows = 2 * (this.formula.variables - this.current);
    this.table = Array.from({ length: rows }, () => new Uint8Array(width));
    this.empty = 0;
    for (const [column, { clause, index }] of left.entries()) {
      this.column[index] = column;
      for (const literal of clause) {
        const row = literal - 2 * this.current;
        if (row >= 0) this.table[row][column] = 1;
      }
    }
  }
}
