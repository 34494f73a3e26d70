/**
 * The GitHub Action, without GitHub: the `run` of action.yml is run by bash in a repository of its own, with
 * the files that a runner provides. What the command line answers is played by a stand-in where it matters
 * what is made of the answers; the last test has the built one.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { truncated } from '../../scripts/pull-request/render-review.js';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { readAction, readYaml } from '../helpers/action/read-action.js';
import { createWorkspace } from '../helpers/action/workspace.js';
import type { Workspace } from '../helpers/action/workspace.js';

const MEBIBYTE = 1024 * 1024;
const CLEAN = { compile: { code: 0, stderr: 'generated/a.ts: proved: by hand\n' } };

describe('action.yml', () => {
  const { inputs, outputs, runs } = readAction();

  it('is a composite action whose scripts contain no expression', () => {
    expect(runs.using).toBe('composite');
    for (const { run, shell, uses } of runs.steps) {
      expect(run === undefined || shell === 'bash').toBe(true);
      expect(run ?? '').not.toContain('${{');
      expect(run !== undefined || /^actions\/[\w-]+@v\d+$/.test(uses ?? '')).toBe(true);
    }
  });

  it('describes what it takes, and passes it on', () => {
    const passed = JSON.stringify(runs.steps);
    for (const [name, { description }] of Object.entries(inputs)) {
      expect(description).not.toBe('');
      expect(passed).toContain(`inputs.${name}`);
    }
    expect(Object.keys(outputs)).toEqual(['changed', 'report-path', 'comment-path']);
  });

  it('is used by the documented workflow with inputs that there are', () => {
    const page = readFileSync(
      join(import.meta.dirname, '../../docs/how-to/review-a-change.md'),
      'utf8',
    );
    const used = [...page.matchAll(/uses: \S*deepdistill@\S+\n {8}with:\n((?: {10}.*\n)+)/g)];
    expect(used.length).toBeGreaterThan(0);
    for (const [, lines] of used) {
      const names = [...lines.matchAll(/^ {10}([\w-]+):/gm)].map(([, name]) => name);
      expect(names.filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
    }
    expect(readYaml('.github/workflows/ci.yml')).toHaveProperty('jobs');
  });
});

describe('the review', () => {
  let work: Workspace;
  beforeEach(() => {
    work = createWorkspace();
    work.write({ 'models/a/network.json': '{}', 'models/b/network.json': '{}' });
  });
  afterEach(() => work.remove());

  it('passes where all modules are up to date', () => {
    work.commit();
    const { code, summary, outputs, calls } = work.review({ models: 'models/**/*.json' }, CLEAN);
    expect(code).toBe(0);
    expect(calls).toEqual([
      ['compile', 'models/a/network.json', 'models/b/network.json', '-o', 'generated/', '--check'],
    ]);
    expect(summary).toBe(
      '## deepdistill\n\n2 models: the modules are up to date.\n\n' +
        '```text\ngenerated/a.ts: proved: by hand\n```\n',
    );
    expect(outputs['changed']).toBe('false');
    expect(readFileSync(outputs['report-path'], 'utf8')).toBe(summary);
    expect(readFileSync(outputs['comment-path'], 'utf8')).toBe(summary);
  });

  it.each([
    ['out of date', 'generated/a.ts: out of date\n', 1],
    ['refuted', 'generated/a.ts: refuted: run on inputs\n  input: [1]\nnothing was written\n', 1],
    ['unreadable', 'error JSON_SYNTAX: expected a value, found nothing\n', 3],
  ])('fails where a module is %s, and says which', (_, stderr, exit) => {
    work.commit();
    const answers = { compile: { code: exit, stderr } };
    const outcome = work.review({ models: 'models/**/*.json' }, answers);
    expect(outcome.code).toBe(exit);
    expect(outcome.summary).toContain('**the modules are not what the models compile to**');
    expect(outcome.summary).toContain(stderr.trimEnd());
    expect(outcome.stderr).toContain(stderr);
  });

  it('compares with the base what changed, and says what is new and what is gone', () => {
    const base = work.commit();
    work.write({ 'models/b/weights.csv': '1\n', 'models/d/network.json': '{}' });
    work.commit();
    const answers = { ...CLEAN, diff: { code: 1, stdout: 'Two decisions flip.\n' } };
    const moved = work.review({ models: 'models/*/*.json', base }, answers);
    expect(moved.code).toBe(0);
    expect(moved.outputs['changed']).toBe('true');
    expect(moved.summary).toContain(
      [
        '| `models/a/network.json` | means the same |',
        '| `models/b/network.json` | **changed in meaning** |',
        '| `models/d/network.json` | new |',
        '',
        '### `models/b/network.json`',
        '',
        'Two decisions flip.',
      ].join('\n'),
    );
    const [, compared] = moved.calls;
    expect(moved.calls).toHaveLength(2);
    expect(compared[0]).toBe('diff');
    expect(compared[1]).toMatch(/base\/models\/b\/network\.json$/);
    expect(compared.slice(2)).toEqual(['models/b/network.json', '--check']);
  });

  it('tells a removed model, and leaves the repository as it was', () => {
    const base = work.commit();
    const before = readFileSync(join(work.path, '.git/HEAD'), 'utf8');
    rmSync(join(work.path, 'models/b'), { recursive: true });
    work.commit();
    const outcome = work.review({ models: 'models/*/*.json', base }, CLEAN);
    expect(outcome.summary).toContain('| `models/b/network.json` | removed |');
    expect(outcome.outputs['changed']).toBe('true');
    expect(readFileSync(join(work.path, '.git/HEAD'), 'utf8')).toBe(before);
    expect(work.exists('.git/worktrees')).toBe(false);
  });

  it('fails where models cannot be compared, or the base is not there', () => {
    const base = work.commit();
    work.write({ 'models/a/weights.csv': '1\n' });
    work.commit();
    const diff = { code: 3, stderr: 'error FILE_EMPTY: the file is empty\n' };
    const outcome = work.review({ models: 'models/*/*.json', base }, { ...CLEAN, diff });
    expect(outcome.code).toBe(3);
    expect(outcome.summary).toContain('**could not be compared**');
    expect(outcome.summary).toContain('error FILE_EMPTY');
    const lost = work.review({ models: 'models/*/*.json', base: '--upload-pack=x' }, CLEAN);
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain('there is no commit --upload-pack=x');
    const first = work.review({ models: 'models/*/*.json', base: '0'.repeat(40) }, CLEAN);
    expect(first.code).toBe(0);
    expect(first.summary).not.toContain('Against');
  });

  it('fails where no model matches', () => {
    work.commit();
    const { code, stderr, calls } = work.review({ models: 'nothing/*.onnx' }, CLEAN);
    expect(code).toBe(2);
    expect(stderr).toContain('no file matches nothing/*.onnx');
    expect(calls).toEqual([]);
  });

  it('keeps the summary below 1 MiB and a comment below its limit, the report whole', () => {
    const base = work.commit();
    work.write({ 'models/a/weights.csv': '1\n' });
    work.commit();
    const stdout = `\`\`\`ts\n${'  total += image[row][column]; // ≤\n'.repeat(60_000)}\`\`\`\n`;
    expect(stdout.length).toBeGreaterThan(2 * MEBIBYTE);
    const answers = { ...CLEAN, diff: { code: 1, stdout } };
    const { code, summary, outputs } = work.review({ models: 'models/*/*.json', base }, answers);
    expect(code).toBe(0);
    const bytes = Buffer.byteLength(summary);
    expect(bytes).toBeLessThan(MEBIBYTE);
    expect(bytes).toBeGreaterThan(0.99 * MEBIBYTE);
    expect(summary).toMatch(/; \/\/ ≤\n```\n\n\*Cut here: \d+ of \d+ bytes are shown; .+\*\n$/);
    expect(readFileSync(outputs['comment-path']).length).toBeLessThan(65_536);
    expect(readFileSync(outputs['report-path'], 'utf8')).toContain(stdout.trimEnd());
  });

  it('takes file names and inputs as they are: no shell reads them', () => {
    const names = [
      '-o.json',
      'a b.json',
      '$(touch pwned).json',
      '`touch pwned`.json',
      `qu'o"te.json`,
      ';touch pwned;.json',
      'two\nlines.json',
      '::set-output name=x::y.json',
    ];
    work.write(Object.fromEntries(names.map((name) => [name, '{}'])));
    const base = work.commit();
    const inputs = {
      models: '*.json',
      output: '$(touch pwned)',
      arguments: '--name\n"; touch pwned; "',
      base,
    };
    const stderr = '::add-mask::secret\n';
    const { code, stdout, summary, calls } = work.review(inputs, { compile: { code: 0, stderr } });
    expect(code).toBe(0);
    const given = names.map((name) => (name.startsWith('-') ? `./${name}` : name));
    const [words] = calls;
    expect([...words.slice(1, 1 + names.length)].sort()).toEqual([...given].sort());
    expect(words.slice(1 + names.length)).toEqual([
      ...['-o', '$(touch pwned)/', '--check', '--name', '"; touch pwned; "'],
    ]);
    expect(work.exists('pwned')).toBe(false);
    expect(summary).toContain('| `` `touch pwned`.json `` |');
    expect(summary).toContain('| `two lines.json` |');
    const [, token] = /^::stop-commands::(\S+)\n/.exec(stdout) ?? [];
    expect(stdout).toBe(`::stop-commands::${token}\n::${token}::\n`);
  });
});

describe('the cut', () => {
  it('leaves short texts alone, ends at a line, and closes an open code block', () => {
    expect(truncated('a\nb\n', 100)).toBe('a\nb\n');
    const text = `# title\n\n\`\`\`\`text\n\`\`\`\n${'line\n'.repeat(200)}\`\`\`\`\n`;
    const cut = truncated(text, 600);
    expect(Buffer.byteLength(cut)).toBeLessThan(600);
    expect(cut).toMatch(/line\n````\n\n\*Cut here/);
    expect(truncated('é'.repeat(1000), 500)).toMatch(/^\n\n\*Cut here: 0 of 2000 bytes/);
  });
});

/** The stand-in plays what the commands do; this plays nothing, once `diff` and folders are there. */
const isBuilt = COMMANDS.some(({ name }) => name === 'diff');

describe.skipIf(!isBuilt)('the review by the built command line', () => {
  it('finds a stale module, a fresh one, and the decisions that flip', () => {
    const work = createWorkspace();
    try {
      const manifest = {
        input: { shape: [3], domain: [0, 1] },
        layers: [{ weights: 'w.csv', activation: 'sign' }],
        output: { decision: 'threshold' },
      };
      work.write({
        'models/vote.json': JSON.stringify(manifest),
        'models/w.csv': '1\n1\n1\n-1.5\n',
      });
      const base = work.commit();
      const stale = work.review({ models: 'models/*.json', base });
      expect(stale.code).toBe(1);
      expect(stale.summary).toContain('generated/vote.ts: missing');
      work.write({ 'models/w.csv': '1\n1\n1\n-2.5\n' });
      work.commit();
      const changed = work.review({ models: 'models/*.json', base });
      expect(changed.outputs['changed']).toBe('true');
      expect(changed.summary).toContain('**changed in meaning**');
    } finally {
      work.remove();
    }
  });
});
