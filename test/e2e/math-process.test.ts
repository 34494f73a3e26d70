/** `deepdistill math` as a process: Ctrl-C and the time limit end the search, and the work is kept. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadModule } from '../../src/verify/run-module.js';
import { tableText } from '../helpers/math-inputs.js';
import { startBuilt } from './run-built.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** What no formula within reach fits: the search does not end by itself. */
const HARD_COLUMNS = {
  a: (row: number): number => row / 40 - 2,
  b: (row: number): number => ((row * 37) % 200) / 50 - 2,
  y: (row: number): number =>
    Math.sin(7 * HARD_COLUMNS.a(row)) * Math.exp(-HARD_COLUMNS.b(row)) + ((row * 91) % 17) / 5,
};
const WORDS = ['math', '--data', 't.csv', '--target', 'y', '-o', 'out.ts', '--front', 'f.json'];

/** Milliseconds until the front stands and until all is written; generous, for machines that are busy. */
const FRONT_LIMIT = 5000;
const INTERRUPT_LIMIT = 20_000;
const TIMEOUT_LIMIT = 30_000;
const PATIENCE = 120_000;

describe('math, ended early', () => {
  let work: WorkFolder;
  beforeEach(() => {
    work = createWorkFolder();
    writeFileSync(join(work.path, 't.csv'), tableText(HARD_COLUMNS, 200));
  });
  afterEach(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');
  const checkFiles = async (): Promise<void> => {
    const { front } = JSON.parse(read('f.json')) as { front: object[] };
    expect(front.length).toBeGreaterThan(0);
    const [answer] = (await loadModule(read('out.ts'))).scores([0.5, 1]) as [number];
    expect(answer).toSatisfy(Number.isFinite);
    expect([...work.snapshot().keys()].filter((name) => name.endsWith('.tmp'))).toEqual([]);
  };

  it.each([
    ['scouts', '1'],
    ['evolution', '2'],
  ])('by Ctrl-C, during %s', async (mode, workers) => {
    const running = startBuilt(work.path, [...WORDS, '--mode', mode, '--workers', workers]);
    await running.sees(/epoch \d+, \d+k evaluations\/s/);
    const [before, moment] = [performance.now(), Date.now()];
    running.interrupt();
    const { code, stderr } = await running.ended;
    const milliseconds = performance.now() - before;
    // Negative where nothing had come since the last barrier.
    const untilFront = statSync(join(work.path, 'f.json')).mtimeMs - moment;
    process.stderr.write(`${mode}: front ${Math.round(untilFront)} ms and end ${Math.round(milliseconds)} ms after Ctrl-C\n`);
    expect(untilFront).toBeLessThan(FRONT_LIMIT);
    expect(milliseconds).toBeLessThan(INTERRUPT_LIMIT);
    expect(stderr).toContain('\nstopping; the best so far is kept (Ctrl-C again to leave at once)\n');
    expect(stderr).toMatch(/\ny = .+\nout\.ts: approximate: .+\n$/);
    expect(code).toBe(0);
    await checkFiles();
  }, PATIENCE); // prettier-ignore

  it('by its time limit', async () => {
    const before = performance.now();
    const words = [...WORDS, '--timeout', '3', '--report', 'r.json', '--workers', '1'];
    const { code, stderr } = await startBuilt(work.path, words).ended;
    const milliseconds = performance.now() - before;
    process.stderr.write(`ended ${Math.round(milliseconds)} ms after it began, with --timeout 3\n`);
    expect(milliseconds).toBeLessThan(TIMEOUT_LIMIT);
    expect(stderr).toMatch(/y = .+\nout\.ts: approximate: .+\n$/);
    expect(code).toBe(0);
    expect(JSON.parse(read('r.json'))).toMatchObject({
      stopped: 'stopped by the user or by the time limit',
    });
    await checkFiles();
  }, PATIENCE); // prettier-ignore
});
