/** Diagnostics of the students: searches that are resumed, workers that fail, fronts that are read. */
import { entry, suggest } from '../entry.js';
import type { Unknown } from './manifest.js';

export const STUDENT_DIAGNOSTICS = {
  STUDENT_STATE_FOREIGN: entry<{ reason: string }>(
    ({ reason }) => `the stored search does not belong to this one: ${reason}`,
    () => 'resume with the data, settings and seed it was started with, or start afresh',
  ),
  STUDENT_WORKER_FAILED: entry<{ reason: string }>(
    ({ reason }) => `a worker of the search failed: ${reason}`,
    () => 'the front found so far is kept; resume the search, or run it with fewer workers',
  ),
  FRONT_NO_COMPLEXITY: entry<{ complexity: number; known: readonly number[] }>(
    ({ complexity }) => `no formula on the front has complexity ${complexity}`,
    ({ known }) => `there are formulas of complexity ${known.join(', ')}`,
  ),
  FRONT_UNREADABLE: entry<{ found: string }>(
    ({ found }) => `this is no stored front: ${found}`,
    () => 'name a JSON file that this command has written',
  ),
  SELECTION_UNKNOWN: entry<Unknown>(
    ({ word }) => `unknown selection "${word}"`,
    ({ nearest, known }) =>
      nearest === undefined
        ? `write ${known.join(', ')}, or the complexity of a formula on the front`
        : suggest(nearest, known),
  ),
} as const;
