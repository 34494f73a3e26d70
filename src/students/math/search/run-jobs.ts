/** Runs the jobs between two barriers, and stops waiting for them as soon as the user wants it. */
import type { Job, JobResult, Transport } from '../jobs.js';
import { pause } from './turns.js';

export interface Run {
  /** In the order of the jobs; those that had come when the run was stopped. */
  readonly results: readonly JobResult[];
  readonly isStopped: boolean;
}

/** How often the user is asked, in milliseconds. */
const POLL = 20;

/**
 * All results, or those so far once `shouldStop` says so; the transport is closed then.
 *
 * @throws what the transport rejects with.
 */
export async function runJobs(
  jobs: readonly Job[],
  transport: Transport,
  shouldStop: () => boolean,
  onResult: (result: JobResult) => void,
): Promise<Run> {
  const arrived: (JobResult | undefined)[] = jobs.map(() => undefined);
  let isDone = false;
  const work = transport
    .run(jobs, (index, result) => {
      arrived[index] = result;
      onResult(result);
    })
    .finally(() => (isDone = true));
  const stopped = watch(() => isDone, shouldStop);
  const first = await Promise.race([work, stopped]);
  if (first !== 'stopped') return { results: await work, isStopped: false };
  // Its rejection is what closing the transport means.
  work.catch(() => undefined);
  await transport.close();
  return { results: arrived.filter((one) => one !== undefined), isStopped: true };
}

async function watch(
  isDone: () => boolean,
  shouldStop: () => boolean,
): Promise<'stopped' | 'done'> {
  while (!isDone()) {
    await pause(POLL);
    if (!isDone() && shouldStop()) return 'stopped';
  }
  return 'done';
}
