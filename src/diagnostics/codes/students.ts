/** Diagnostics of the students: searches that are resumed, workers that fail. */
import { entry } from '../entry.js';

export const STUDENT_DIAGNOSTICS = {
  STUDENT_STATE_FOREIGN: entry<{ reason: string }>(
    ({ reason }) => `the stored search does not belong to this one: ${reason}`,
    () => 'resume with the data, settings and seed it was started with, or start afresh',
  ),
  STUDENT_WORKER_FAILED: entry<{ reason: string }>(
    ({ reason }) => `a worker of the search failed: ${reason}`,
    () => 'the front found so far is kept; resume the search, or run it with fewer workers',
  ),
} as const;
