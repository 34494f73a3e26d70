/**
 * The transport over threads. A thread holds the problem and does one job at a time; a free one gets the
 * next job, in their order, and results are put where their jobs stand. Threads start when there is
 * work for them.
 */
import { Worker } from 'node:worker_threads';
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Job, JobResult, Transport } from '../students/math/jobs.js';
import type { Answer, Order, SharedProblem } from './search-protocol.js';

interface Thread {
  readonly worker: Worker;
  isBusy: boolean;
}

interface Run {
  readonly jobs: readonly Job[];
  readonly results: (JobResult | undefined)[];
  next: number;
  done: number;
  readonly onResult: ((job: number, result: JobResult) => void) | undefined;
  readonly resolve: (results: readonly JobResult[]) => void;
  readonly reject: (reason: Diagnostic) => void;
}

/**
 * A transport of at most `workers` threads, which live until `close`. One `run` at a time.
 *
 * @param bundle the file that a thread runs; without it the one beside this module.
 */
export function createThreadTransport(
  shared: SharedProblem,
  workers: number,
  bundle?: URL,
): Transport {
  const threads: Thread[] = [];
  let run: Run | undefined;
  let failure: Diagnostic | undefined;

  const fail = (reason: string): void => {
    // Ending the others is heard as further failures.
    if (failure !== undefined) return;
    failure = diagnose('STUDENT_WORKER_FAILED', {}, { reason });
    const failed = run;
    run = undefined;
    failed?.reject(failure);
    for (const { worker } of threads) void worker.terminate();
  };
  const start = (): Thread => {
    const thread: Thread = { worker: startWorker(shared, bundle), isBusy: false };
    thread.worker.on('message', (answer: Answer) => {
      thread.isBusy = false;
      if ('failure' in answer) fail(answer.failure);
      else settle(answer.index, answer.result);
    });
    thread.worker.on('error', (error: unknown) => {
      fail(error instanceof Error ? error.message : String(error));
    });
    thread.worker.on('exit', (code) => {
      fail(`it ended with exit code ${code}`);
    });
    threads.push(thread);
    return thread;
  };
  const settle = (index: number, result: JobResult): void => {
    if (run === undefined) return;
    const { results, jobs, onResult, resolve } = run;
    results[index] = result;
    run.done++;
    if (run.done === jobs.length) run = undefined;
    onResult?.(index, result);
    if (run === undefined) resolve(results.filter((one) => one !== undefined));
    else handOut();
  };
  const handOut = (): void => {
    while (run !== undefined && run.next < run.jobs.length) {
      const free = threads.find(({ isBusy }) => !isBusy);
      if (free === undefined && threads.length >= workers) return;
      const order: Order = { index: run.next, job: run.jobs[run.next] };
      run.next++;
      const thread = free ?? start();
      thread.isBusy = true;
      thread.worker.postMessage(order);
    }
  };
  return {
    workers,
    run(jobs, onResult) {
      return new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
        } else if (jobs.length === 0) {
          resolve([]);
        } else {
          const results = jobs.map(() => undefined);
          run = { jobs, results, next: 0, done: 0, onResult, resolve, reject };
          handOut();
        }
      });
    },
    async close() {
      fail('the search was stopped');
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/**
 * A thread from the bundle beside the command line's; on the sources, one that first learns to read
 * TypeScript.
 */
function startWorker(shared: SharedProblem, bundle: URL | undefined): Worker {
  if (bundle !== undefined) return new Worker(bundle, { workerData: shared });
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./search-worker.cjs', import.meta.url), { workerData: shared });
  }
  const source = new URL('./search-worker.ts', import.meta.url).href;
  const script = `import('tsx/esm/api').then(({ register }) => {
    register();
    return import(${JSON.stringify(source)});
  });`;
  return new Worker(script, { eval: true, workerData: shared });
}
