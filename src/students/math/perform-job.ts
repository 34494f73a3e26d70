/** Does one job on one problem: the same answer wherever and whenever it runs. */
import type { Engine } from './engine/engine.js';
import { evolveIsland } from './evolution/island.js';
import type { Job, JobResult } from './jobs.js';
import type { Candidate } from './problem.js';
import type { Scout } from './scouts/scout.js';

/** What jobs are done with, besides evolution. */
export interface JobTools {
  readonly findScout: (name: string) => Scout | undefined;
  readonly polish: (candidate: Candidate, engine: Engine) => Candidate;
}

/** @throws RangeError when the job names a scout that is not known. */
export function performJob(job: Job, engine: Engine, tools: JobTools): JobResult {
  const before = engine.evaluations();
  switch (job.kind) {
    case 'scout': {
      const scout = tools.findScout(job.scout);
      if (scout === undefined) throw new RangeError(`no scout is called ${job.scout}`);
      let evaluations = 0;
      const candidates = scout.find(engine.problem, (count) => (evaluations += count));
      return { candidates, evaluations };
    }
    case 'evolve': {
      const { island, candidates } = evolveIsland(job.island, job.evaluations, engine);
      return { candidates, island, evaluations: engine.evaluations() - before };
    }
    case 'polish': {
      const candidates = job.candidates.map((candidate) => tools.polish(candidate, engine));
      return { candidates, evaluations: engine.evaluations() - before };
    }
  }
}
