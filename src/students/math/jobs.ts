/**
 * How work is handed out. A search is a sequence of barriers; between two of them lie jobs that know
 * nothing of each other, each a pure function of the problem and of what stands in the job. A transport
 * runs them: in this process, in threads, or on several machines, in any order and number. What comes
 * back is used in the order of the jobs, so the same seed gives the same front however they were run.
 */
import type { Candidate } from './problem.js';
import type { IslandState } from './evolution/state.js';

export type Job =
  /** Runs one scout over the whole problem. */
  | { readonly kind: 'scout'; readonly scout: string }
  /** Evolves an island for about so many evaluations of a formula. */
  | { readonly kind: 'evolve'; readonly island: IslandState; readonly evaluations: number }
  /** Fits, snaps and simplifies the candidates with all digits, for the front. */
  | { readonly kind: 'polish'; readonly candidates: readonly Candidate[] };

export interface JobResult {
  readonly candidates: readonly Candidate[];
  /** Formulas evaluated over the data set. */
  readonly evaluations: number;
  /** Of `evolve`: the island afterwards. */
  readonly island?: IslandState;
}

/** Runs jobs on one problem. */
export interface Transport {
  /** How many jobs run at once. */
  readonly workers: number;
  /**
   * Runs all jobs; the results stand in the order of the jobs. `onResult` is told of each as it comes.
   * Rejects when a worker fails.
   */
  run(
    jobs: readonly Job[],
    onResult?: (job: number, result: JobResult) => void,
  ): Promise<readonly JobResult[]>;
  /** Ends all workers at once; jobs that run are lost, and `run` rejects. */
  close(): Promise<void>;
}
