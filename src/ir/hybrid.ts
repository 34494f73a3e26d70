/**
 * A hybrid module: some blocks of a network are equations, the rest is exact. What was tried for each block,
 * what it costs the whole, and what was taken. Plain data, for reports.
 */
import type { KeptStatus } from './auto.js';
import type { FrontMember } from './student.js';

/** How many dimensions are kept from stage to stage while the unimportant ones are left out. */
export type Schedule = 'exponential' | 'linear' | 'cosine';

/** What a module costs to read, and how faithful it is. */
export interface HybridFigures {
  /** In the points of the compiler's cost model. */
  readonly cost: number;
  readonly lines: number;
  readonly weightsInData: number;
  /** At most 1, measured from the module's text; of what is exact 1. */
  readonly fidelity: number;
  /** Absent where the domain has no outside, or where the module is exact. */
  readonly fidelityOutOfRange?: number;
}

/** One cell that a block gives. */
export interface EquationFindings {
  readonly cell: string;
  /** The cells of the block's input that it depends on, the most important first. */
  readonly reads: readonly string[];
  /** Simplest first. */
  readonly front: readonly FrontMember[];
  /** Position in the front of the formula that was taken. */
  readonly selected: number;
  /** Whether the cell was left out: its formula is its mean. */
  readonly pruned?: true;
}

/** The whole network with one block told at one complexity, all else exact. */
export interface HybridLevel {
  /** For each cell the most accurate formula of at most this complexity is taken. */
  readonly complexity: number;
  readonly fidelity: number;
  readonly fidelityOutOfRange?: number;
}

export interface PruningFindings {
  readonly schedule: Schedule;
  /** How many cells each stage kept, the others at their means, and the fidelity of the whole then. */
  readonly stages: readonly { readonly kept: number; readonly fidelity: number }[];
  /** Cells that were kept. */
  readonly kept: number;
}

export interface BlockFindings {
  readonly name: string;
  readonly layers: readonly string[];
  /** Number of cells that it reads and gives. */
  readonly inputs: number;
  readonly outputs: number;
  /** One for each cell that it gives; empty where it was not searched. */
  readonly equations: readonly EquationFindings[];
  /** What the whole is worth with this block alone told at each complexity of its fronts. */
  readonly levels: readonly HybridLevel[];
  /** The complexity that was taken, of all cells together. */
  readonly complexity?: number;
  /** How it was chosen: `best`, or `complexity 7`. */
  readonly selection?: string;
  readonly pruning?: PruningFindings;
  /** The module in which this block alone is told by equations. */
  readonly alone?: HybridFigures;
  /** Whether the hybrid module tells it by equations. */
  readonly isReplaced: boolean;
  /** Why it was not tried, or not taken. */
  readonly reason?: string;
}

/** Layers that stayed as they are. */
export interface KeptFindings {
  readonly layers: readonly string[];
  /** What the checker says of them as a module of their own. */
  readonly verdict: KeptStatus;
  /** Behind equations: the values of their inputs for which it says so. */
  readonly ranges?: readonly (readonly [min: number, max: number])[];
}

export interface HybridFindings {
  /** The fidelity that was asked for. */
  readonly asked: number;
  /** Rows on which the blocks' values were collected, once. */
  readonly rows: number;
  readonly exact: HybridFigures;
  readonly blocks: readonly BlockFindings[];
  /** The exact parts of the hybrid module. */
  readonly kept: readonly KeptFindings[];
  /** Absent where the module does not give numbers, and is refused. */
  readonly whole?: HybridFigures;
}
