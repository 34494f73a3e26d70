/**
 * ClusterGraph → Program: lift clusters to values, settle each value's shortest proved form, lower to
 * statements, and run the named passes. Depends on the graph's structure only, never on the numbering
 * of neurons, so networks in disguise give the same program.
 */
import type { ClusterGraph } from '../ir/cluster.js';
import type { Program } from '../ir/program.js';
import { liftGraph } from './lift.js';
import { lowerModel } from './lower/index.js';
import { modelError } from './model-error.js';
import { foldTournaments } from './quantifiers/index.js';
import { foldRecurrences } from './recurrence/index.js';
import { runPasses } from './passes/index.js';
import { settleModel } from './settle.js';

export { roundOperations } from './float32.js';
export { plainProgram } from './plain.js';
export { programCost } from './program-cost.js';
export { continueProgram } from './stages/continue.js';
export { joinPrograms } from './stages/join.js';
export type { Part } from './stages/join.js';
export { singular } from './words.js';

/** Default of the tolerance: absolute, on outputs (contract). */
const DEFAULT_TOLERANCE = 1e-6;

export interface InferOptions {
  /** Largest |program − network| allowed on an output over the domain; 0 keeps every digit. */
  readonly tolerance?: number;
}

/**
 * The program that computes what the graph computes, without reductions: conditions exactly, outputs
 * within the tolerance. Pure and deterministic.
 */
export function inferProgram(graph: ClusterGraph, options: InferOptions = {}): Program {
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const model = foldRecurrences(foldTournaments(liftGraph(graph)), tolerance / 2);
  settleModel(model, tolerance);
  return runPasses(lowerModel(model), { tolerance: roundingBudget(tolerance, modelError(model)) });
}

/** How far clustering moved any output at most, by what it made equal and what it left out. */
export function graphError(graph: ClusterGraph): number {
  return modelError(liftGraph(graph));
}

/**
 * Share of the tolerance that rounding may always use: where noise on the weights has used up the rest,
 * two more digits than needed are printed, and not the noise to its last bit.
 */
const LEAST_SHARE = 0.01;

/** What rounding may add to the error that the model has already; the checker measures the sum. */
function roundingBudget(tolerance: number, spent: number): number {
  return Math.max(tolerance - spent, LEAST_SHARE * tolerance);
}
