/** What jobs are done with, put together once: in this process and in every thread the same. */
import { polish } from './fit/polish.js';
import type { JobTools } from './perform-job.js';
import { findScout } from './scouts/index.js';

export const STANDARD_TOOLS: JobTools = {
  findScout,
  polish,
};
