/** The transport without threads: jobs run here, one after the other, with a breath between them. */
import { createEngine } from '../engine/engine.js';
import type { Job, JobResult, Transport } from '../jobs.js';
import { performJob } from '../perform-job.js';
import type { JobTools } from '../perform-job.js';
import type { Problem } from '../problem.js';
import { nextTurn } from './turns.js';

/** Runs the jobs on the problem in this thread; timers and input are served between jobs. */
export function createInProcessTransport(problem: Problem, tools: JobTools): Transport {
  const engine = createEngine(problem);
  let isClosed = false;
  return {
    workers: 1,
    async run(jobs: readonly Job[], onResult) {
      const results: JobResult[] = [];
      for (const [index, job] of jobs.entries()) {
        await nextTurn();
        if (isClosed) throw new Error('the transport is closed');
        const result = performJob(job, engine, tools);
        results.push(result);
        onResult?.(index, result);
      }
      return results;
    },
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}
