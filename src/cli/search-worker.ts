/**
 * A thread of the search: gets the problem when it starts, then one job after the other. Bundled by the
 * build into a file of its own beside the command line.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../students/math/engine/engine.js';
import { performJob } from '../students/math/perform-job.js';
import type { Problem } from '../students/math/problem.js';
import { STANDARD_TOOLS } from '../students/math/tools.js';
import { createAsk } from './create-ask.js';
import type { Answer, Order, SharedProblem } from './search-protocol.js';

const { problem, teacher } = workerData as SharedProblem;
const whole: Problem = teacher === undefined ? problem : { ...problem, ask: createAsk(teacher) };
const engine = createEngine(whole);

parentPort?.on('message', ({ index, job }: Order) => {
  parentPort?.postMessage(answer(index, job));
});

function answer(index: number, job: Order['job']): Answer {
  try {
    return { index, result: performJob(job, engine, STANDARD_TOOLS) };
  } catch (failure) {
    return { index, failure: failure instanceof Error ? failure.message : String(failure) };
  }
}
