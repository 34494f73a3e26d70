import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import { dataSizeOf } from '../../../../../src/students/math/fit/polish.js';
import { keyOfFormula } from '../../../../../src/students/math/formula.js';
import type { Job, JobResult, Transport } from '../../../../../src/students/math/jobs.js';
import type { Problem } from '../../../../../src/students/math/problem.js';
import { search } from '../../../../../src/students/math/search.js';
import type {
  SearchHooks,
  SearchOptions,
  SearchResult,
} from '../../../../../src/students/math/search.js';
import { createInProcessTransport } from '../../../../../src/students/math/search/in-process.js';
import type { SearchState } from '../../../../../src/students/math/search/state.js';
import { selectBest } from '../../../../../src/students/math/select.js';
import { STANDARD_TOOLS } from '../../../../../src/students/math/tools.js';
import { searchProblem } from '../../../../helpers/search-problem.js';

/** Many rows make epochs short: 1,000 evaluations for each island. */
const ROWS = 2000;
const PER_EPOCH = 8000;

function run(problem: Problem, options: Partial<SearchOptions>, hooks: SearchHooks = {}) {
  const transport = createInProcessTransport(problem, STANDARD_TOOLS);
  return search(problem, { mode: 'evolution', scouts: [], ...options }, transport, hooks);
}

/** Hard enough that no run of these tests ends early. */
function hardProblem(settings: Parameters<typeof searchProblem>[0] = {}): Problem {
  return searchProblem({ operators: ['+', '*', 'cos'], maxComplexity: 9, ...settings }, ROWS);
}

describe('search', () => {
  it('finds a formula, and stops soon after one fits to rounding', async () => {
    const problem = searchProblem();
    const { front, ended, evaluations } = await run(problem, {});
    expect(ended).toBe('exact');
    expect(front.at(-1)?.loss).toBeLessThan(1e-25);
    expect(evaluations).toBeLessThan(1e6);
  });

  it('goes on from a stored barrier as if it had never been left', async () => {
    const problem = hardProblem();
    const states: string[] = [];
    const onState = (state: SearchState): void => void states.push(JSON.stringify(state));
    await run(problem, { maxEvaluations: 6 * PER_EPOCH }, { onState });
    expect(states.length).toBeGreaterThan(3);
    const again: string[] = [];
    await run(
      problem,
      { maxEvaluations: 6 * PER_EPOCH, resume: JSON.parse(states[1]) as SearchState },
      { onState: (state) => void again.push(JSON.stringify(state)) },
    );
    expect(again).toEqual(states.slice(2));
  });

  it('gives another seed other formulas on the way', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map((seed) => run(hardProblem({ seed }), { maxEvaluations: 1.5 * PER_EPOCH })),
    );
    expect(first.state.islands[0]).not.toEqual(second.state.islands[0]);
  });

  it('keeps to its budget', async () => {
    for (const maxEvaluations of [500, 3000, 3 * PER_EPOCH]) {
      const { evaluations, ended } = await run(hardProblem(), { maxEvaluations });
      expect(ended).toBe('budget');
      expect(evaluations).toBeLessThanOrEqual(maxEvaluations);
      expect(evaluations).toBeGreaterThan(maxEvaluations / 3);
    }
  });

  it('stops at a loss, at a word, and keeps what it has', async () => {
    const loss = await run(searchProblem(), { targetLoss: 0.5 });
    expect(loss.ended).toBe('target');
    let asked = 0;
    const stopped = await run(hardProblem(), {}, { shouldStop: () => ++asked > 3 });
    expect(stopped.ended).toBe('stopped');
    let barriers = 0;
    const hooks = {
      onState: () => {
        barriers++;
      },
      shouldStop: () => barriers === 1,
    };
    const late = await run(hardProblem(), {}, hooks);
    expect(late.ended).toBe('stopped');
    expect(late.front.length).toBeGreaterThan(0);
    expect(late.state.epoch).toBe(1);
  });

  it('polishes its answer though it is stopped', async () => {
    const problem = searchProblem();
    const inner = createInProcessTransport(problem, STANDARD_TOOLS);
    const options: SearchOptions = { mode: 'scouts', scouts: [['power law', 'polynomial']] };
    const whole = await search(problem, options, inner);
    let isStuck = false;
    const stuck: Transport = {
      ...inner,
      run(jobs, onResult) {
        if (jobs[0].kind !== 'polish') return inner.run(jobs, onResult);
        isStuck = true;
        return new Promise(() => undefined);
      },
    };
    const stopped = await search(problem, options, stuck, { shouldStop: () => isStuck });
    expect(stopped.ended).toBe('stopped');
    const answerOf = ({ front }: SearchResult): string =>
      keyOfFormula(front[selectBest(front, dataSizeOf(createEngine(problem)))].formula);
    expect(answerOf(stopped)).toBe(answerOf(whole));
  });

  it('sends no more scouts once its budget is spent', async () => {
    const problem = searchProblem();
    const waves = [['power law'], ['polynomial']];
    const ranIn = async (maxEvaluations: number): Promise<number> =>
      (await run(problem, { mode: 'scouts', scouts: waves, maxEvaluations })).state.waves;
    expect(await ranIn(1)).toBe(1);
    expect(await ranIn(1e6)).toBe(2);
  });

  it('refuses a state of another problem', async () => {
    const { state } = await run(hardProblem(), { maxEvaluations: 1000 });
    const resumed = run(hardProblem({ seed: 5 }), { resume: state });
    await expect(resumed).rejects.toMatchObject({
      code: 'STUDENT_STATE_FOREIGN',
      message: 'the stored search does not belong to this one: its data or its settings differ',
    });
    await expect(run(hardProblem(), { resume: state, mode: 'both' })).rejects.toThrow(
      'it was a search by evolution alone',
    );
  });

  it('uses results in the order of the jobs, whenever they come', async () => {
    const problem = hardProblem();
    const inner = createInProcessTransport(problem, STANDARD_TOOLS);
    const backwards: Transport = {
      ...inner,
      async run(jobs: readonly Job[], onResult) {
        const results = await inner.run([...jobs].reverse());
        const ordered: readonly JobResult[] = [...results].reverse();
        ordered.forEach((result, index) => onResult?.(index, result));
        return ordered;
      },
    };
    const options: SearchOptions = {
      mode: 'evolution',
      scouts: [],
      maxEvaluations: 2.6 * PER_EPOCH,
    };
    const reversed = await search(problem, options, backwards);
    const straight = await search(problem, options, inner);
    expect(reversed.state).toEqual(straight.state);
  });

  it('lets scouts go first, and alone where asked', async () => {
    const problem = searchProblem();
    const { front, ended, state } = await run(problem, {
      mode: 'scouts',
      scouts: [['polynomial']],
    });
    expect(ended).toBe('scouts');
    expect(state.waves).toBe(1);
    expect(front.map(({ origin }) => origin)).toContain('polynomial');
    expect(new Set(front.map(({ formula }) => keyOfFormula(formula))).size).toBe(front.length);
  });
});
