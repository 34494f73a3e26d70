/**
 * Random programs in random disguises: whatever the compiler makes of them, it is never silently wrong.
 * `npm run nightly` runs ten times as many, larger ones; a failure names the seed to run alone.
 */
import { describe, expect, it } from 'vitest';
import { fuzzCase, runFuzzCase, summarise } from '../helpers/fuzz/fuzz-case.js';
import type { FuzzResult } from '../helpers/fuzz/fuzz-case.js';

const NETWORKS = 200;
const BATCH = 20;

/** Cells of the largest inputs; all inputs are run where there are at most LIMIT. */
const CELLS = 12;
const LIMIT = 2 ** 12;

const results: FuzzResult[] = [];

describe('random programs in random disguises', () => {
  const starts = Array.from({ length: NETWORKS / BATCH }, (_, batch) => batch * BATCH);

  it.each(starts)(`seeds from %i: ${BATCH} networks`, async (start) => {
    for (let seed = start; seed < start + BATCH; seed++) {
      results.push(await runFuzzCase(fuzzCase(seed, CELLS), LIMIT));
    }
    const batch = results.slice(-BATCH);
    const failures = batch
      .filter(({ problem }) => problem !== undefined)
      .map(({ seed, name, problem }) => `seed ${seed}, ${name}: ${problem}`);
    expect(failures).toEqual([]);
  });

  it('reaches a verdict for every network', () => {
    process.stdout.write(`${summarise(results)}\n`);
    expect(results).toHaveLength(NETWORKS);
    const settled = ['proved', 'exhaustive', 'sampled'];
    const others = results.filter(({ status }) => !settled.includes(status));
    expect(others.map(({ seed, status }) => `${seed}: ${status}`)).toEqual([]);
  });

  it.each([1_000_787, 1_001_707])('seed %i, which a nightly run once found wrong', async (seed) => {
    const { problem, status } = await runFuzzCase(fuzzCase(seed, 20), LIMIT);
    expect(problem).toBeUndefined();
    expect(status).toBe('proved');
  });
});
