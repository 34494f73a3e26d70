import { describe, expect, it } from 'vitest';
import { createThreadTransport } from '../../../src/cli/search-threads.js';
import { createIsland } from '../../../src/students/math/evolution/migrate.js';
import type { Job, Transport } from '../../../src/students/math/jobs.js';
import { search } from '../../../src/students/math/search.js';
import { createInProcessTransport } from '../../../src/students/math/search/in-process.js';
import { STANDARD_TOOLS } from '../../../src/students/math/tools.js';
import { searchProblem } from '../../helpers/search-problem.js';

const problem = searchProblem();
const OPTIONS = { scouts: [['power law']], maxEvaluations: 12_000 };

function evolveJob(island: number, evaluations: number): Job {
  return { kind: 'evolve', island: createIsland(island, []), evaluations };
}

async function frontOf(transport: Transport): Promise<string> {
  const { state } = await search(problem, OPTIONS, transport);
  await transport.close();
  return JSON.stringify(state);
}

describe('the transport over threads', () => {
  it('finds the same as one process, with one thread and with two', async () => {
    const expected = await frontOf(createInProcessTransport(problem, STANDARD_TOOLS));
    expect(JSON.parse(expected)).toMatchObject({ epoch: 1 });
    for (const workers of [1, 2]) {
      expect(await frontOf(createThreadTransport({ problem }, workers))).toBe(expected);
    }
  });

  it('hands out results in the order of the jobs, and tells of each as it comes', async () => {
    const transport = createThreadTransport({ problem }, 5);
    const told: number[] = [];
    const jobs = [evolveJob(0, 4000), evolveJob(1, 300), evolveJob(2, 300)];
    const results = await transport.run(jobs, (index) => told.push(index));
    expect(results.map(({ island }) => island?.island)).toEqual([0, 1, 2]);
    expect(told.sort()).toEqual([0, 1, 2]);
    expect(await transport.run([])).toEqual([]);
    await transport.close();
  });

  it('ends at once when it is closed, in the middle of a job', async () => {
    const transport = createThreadTransport({ problem }, 2);
    const run = transport.run([evolveJob(0, 1e9), evolveJob(1, 1e9)]);
    const outcome = expect(run).rejects.toMatchObject({ code: 'STUDENT_WORKER_FAILED' });
    await transport.run([]);
    await transport.close();
    await outcome;
    await expect(transport.run([evolveJob(0, 10)])).rejects.toThrow(
      'a worker of the search failed',
    );
  });

  it('rejects with the reason when a job fails', async () => {
    const transport = createThreadTransport({ problem }, 1);
    const run = transport.run([{ kind: 'scout', scout: 'nobody' }]);
    await expect(run).rejects.toMatchObject({
      code: 'STUDENT_WORKER_FAILED',
      message: 'a worker of the search failed: no scout is called nobody',
    });
    await transport.close();
  });
});
