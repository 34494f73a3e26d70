/**
 * Sample folders of the command line: `args.json` and `files/` go in, the whole of what is printed, the
 * exit code and the names of changed files are compared with `expected.txt`.
 *
 * UPDATE_SAMPLES=1 writes the expectations; without it a missing one is a failure.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorkFolder } from './run-in-folder.js';
import type { Outcome } from './run-in-folder.js';

const SAMPLES = join(import.meta.dirname, '../samples/cli');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';

/** An output file of an earlier run: a failure must leave it as it is. */
const EARLIER_OUTPUT = '// from an earlier run\n';

const CASES = readdirSync(SAMPLES).sort();

function describeOutcome({ code, stdout, stderr }: Outcome, changed: readonly string[]): string {
  return [
    `exit code ${code}`,
    `files changed: ${changed.length === 0 ? 'none' : changed.join(', ')}`,
    `--- stderr\n${stderr}--- stdout\n${stdout}`,
  ].join('\n');
}

describe('command line samples', () => {
  it.each(CASES)('%s', async (name) => {
    const folder = join(SAMPLES, name);
    const argv = JSON.parse(readFileSync(join(folder, 'args.json'), 'utf8')) as string[];
    const work = createWorkFolder(join(folder, 'files'));
    try {
      writeFileSync(join(work.path, 'out.ts'), EARLIER_OUTPUT);
      const before = work.snapshot();
      const outcome = await work.run(argv);
      const after = work.snapshot();
      const names = [...new Set([...before.keys(), ...after.keys()])];
      const changed = names.filter((file) => before.get(file) !== after.get(file));
      const actual = describeOutcome(outcome, changed);
      const expectation = join(folder, 'expected.txt');
      if (UPDATE) writeFileSync(expectation, actual);
      expect(existsSync(expectation), 'run with UPDATE_SAMPLES=1 to write expected.txt').toBe(true);
      expect(actual).toBe(readFileSync(expectation, 'utf8'));
      if (outcome.code !== 0) expect(changed).toEqual([]);
    } finally {
      work.remove();
    }
  });

  it('covers every kind of bad input that the compiler promises to explain', () => {
    const promised = [
      'ragged-row',
      'text-in-a-cell',
      'nan',
      'infinity',
      'row-count',
      'layers-do-not-chain',
      'missing-weights',
      'missing-model',
      'empty-weights',
      'unknown-manifest-key',
      'truncated-onnx',
      'unknown-operator',
      'truncated-torch',
      'truncated-safetensors',
      'torch-foreign-global',
      'torch-missing-name',
    ];
    for (const name of promised) {
      const expected = readFileSync(join(SAMPLES, name, 'expected.txt'), 'utf8');
      expect(expected).toMatch(/^exit code 3\nfiles changed: none\n--- stderr\nerror /);
      expect(expected).toMatch(/\n {2}at .+\n {2}hint: .+\n--- stdout\n$/);
    }
  });
});
