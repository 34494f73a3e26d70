/** What the search and its threads say to each other: plain data, sent by structured clone. */
import type { Job, JobResult } from '../students/math/jobs.js';
import type { Problem } from '../students/math/problem.js';
import type { AskedNetwork } from './create-ask.js';

/** Sent once to every thread, when it starts. */
export interface SharedProblem {
  readonly problem: Omit<Problem, 'ask'>;
  /** The network behind the data, where there is one. */
  readonly teacher?: AskedNetwork;
}

/** To a thread: a job, with its position among those of the run. */
export interface Order {
  readonly index: number;
  readonly job: Job;
}

/** From a thread: the result, or why there is none. */
export type Answer =
  | { readonly index: number; readonly result: JobResult }
  | { readonly index: number; readonly failure: string };
