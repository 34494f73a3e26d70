/** A search between two barriers, as plain data: what is stored, and what a search is resumed from. */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import type { IslandState } from '../evolution/state.js';
import type { Candidate, Problem } from '../problem.js';
import { fingerprintOf } from './fingerprint.js';

/** Which halves of the search are run. */
export type SearchMode = 'both' | 'scouts' | 'evolution';

export interface SearchState {
  readonly version: 1;
  /** Of the problem, see `fingerprint.ts`. */
  readonly fingerprint: string;
  readonly mode: SearchMode;
  /** Waves of scouts that are back. */
  readonly waves: number;
  /** Barriers of the islands passed. */
  readonly epoch: number;
  /** Formulas that scouts and islands evaluated over the data set, gradients counted as two. */
  readonly evaluations: number;
  readonly islands: readonly IslandState[];
  readonly front: readonly Candidate[];
  /** Barriers passed since the formula that would be selected last changed. */
  readonly settled: number;
}

/** Refuses a state that another problem, mode or version left. @throws Diagnostic STUDENT_STATE */
export function checkState(state: SearchState, problem: Problem, mode: SearchMode): void {
  const reason = whyForeign(state, problem, mode);
  if (reason !== undefined) throw diagnose('STUDENT_STATE_FOREIGN', {}, { reason });
}

function whyForeign(state: SearchState, problem: Problem, mode: SearchMode): string | undefined {
  // The state comes from a file: its type is a hope.
  const version: unknown = state.version;
  if (version !== 1) return 'another version of deepdistill wrote it';
  if (state.fingerprint !== fingerprintOf(problem)) return 'its data or its settings differ';
  if (state.mode !== mode) return `it was a search by ${describeMode(state.mode)}`;
  return undefined;
}

function describeMode(mode: SearchMode): string {
  return mode === 'both' ? 'scouts and evolution' : `${mode} alone`;
}
