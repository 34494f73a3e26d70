/** Diagnostics of the compiler's own mistakes. */
import { entry } from '../entry.js';

export const INTERNAL_DIAGNOSTICS = {
  INTERNAL_ILLEGAL_LEVEL: entry<{ level: string; problem: string }>(
    ({ level, problem }) => `illegal ${level} level: ${problem}`,
    () => 'this is a defect of deepdistill; please report it with the model',
  ),
} as const;
