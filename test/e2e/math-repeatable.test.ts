/** The same seed gives the same bytes: run twice, with any number of threads, and stored and resumed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHORT_SEARCH, tableText, writeLinearNetwork } from '../helpers/math-inputs.js';
import { startBuilt } from './run-built.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** What no formula of the search is, so that all of its evaluations are used. */
const WAVY_COLUMNS = {
  a: (row: number): number => row / 4 - 1,
  b: (row: number): number => ((row * 3) % 8) / 4 - 1,
  y: (row: number): number => Math.sin(3 * WAVY_COLUMNS.a(row)) + WAVY_COLUMNS.b(row) ** 3,
};
const TABLE = ['--data', 't.csv', '--target', 'y', '--operators', '+,*', '--max-complexity', '6'];
/** On a machine that is busy. */
const PATIENCE = 240_000;

describe('math, again', () => {
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
    writeFileSync(join(work.path, 't.csv'), tableText(WAVY_COLUMNS, 8));
    writeLinearNetwork(work.path);
  });
  afterAll(() => {
    work.remove();
  });
  const run = (argv: readonly string[]) => startBuilt(work.path, argv).ended;
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');

  it(
    'gives the same module, reports and fronts, whatever the number of threads',
    async () => {
      const runs: string[][] = [];
      for (const workers of ['1', '2', '4']) {
        const files = ['out.ts', 'r.json', 'r.md', 'f.csv', 'f.json', 'f.svg', 's.json'];
        const { code, stderr } = await run([
          ...['math', ...TABLE, '--max-evaluations', '24000', '--workers', workers, '--seed', '3'],
          ...['-o', 'out.ts', '--report', 'r.json', '--report', 'r.md', '--state', 's.json'],
          ...['--front', 'f.csv', '--front', 'f.json', '--front', 'f.svg'],
        ]);
        expect(code).toBe(0);
        // Progress depends on the machine's speed.
        runs.push([stderr.replace(/^.* evaluations\/s, .*\n/gm, ''), ...files.map(read)]);
      }
      const [first, ...others] = runs;
      for (const other of others) expect(other).toEqual(first);
      expect(first[1]).toContain('math student, seed 3');
    },
    PATIENCE,
  );

  it(
    'a search that was stored and resumed is one that was never left',
    async () => {
      const search = (evaluations: string, ...words: string[]) =>
        run([
          ...['math', ...TABLE, '--mode', 'evolution', '--max-evaluations', evaluations],
          ...['--workers', '2', ...words],
        ]);
      await search(
        '160000',
        '-o',
        'whole.ts',
        '--front',
        'whole.json',
        '--state',
        'whole-state.json',
      );
      await search('80000', '-o', 'half.ts', '--front', 'half.json', '--state', 'state.json');
      const half = JSON.parse(read('state.json')) as { epoch: number };
      await search(
        '160000',
        '-o',
        'half.ts',
        '--front',
        'half.json',
        '--state',
        'state.json',
        '--resume',
      );
      const whole = JSON.parse(read('state.json')) as { epoch: number };
      expect(half.epoch).toBeLessThan(whole.epoch);
      expect(read('half.json')).toBe(read('whole.json'));
      expect(read('half.ts')).toBe(read('whole.ts'));
      expect(read('state.json')).toBe(read('whole-state.json'));
    },
    PATIENCE,
  );

  it(
    'stores and resumes the search of every output',
    async () => {
      const words = [
        'math',
        'pair.json',
        '--probes',
        '60',
        '--state',
        'pair-state.json',
        ...SHORT_SEARCH,
      ];
      expect(await run([...words, '-o', 'first.ts'])).toMatchObject({ code: 0 });
      const stored = [read('pair-state.json'), read('pair-state.1.json')];
      expect(await run([...words, '-o', 'second.ts', '--resume'])).toMatchObject({ code: 0 });
      expect([read('pair-state.json'), read('pair-state.1.json')]).toEqual(stored);
      expect(read('second.ts')).toBe(read('first.ts'));
    },
    PATIENCE,
  );
});
