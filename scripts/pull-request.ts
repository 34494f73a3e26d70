/**
 * What the GitHub Action does (action.yml): checks that the modules under a folder are what the models
 * compile to, says what changed in meaning against another commit, and writes both as a summary.
 *
 *   DEEPDISTILL_MODELS     paths or git patterns of models, one per line
 *   DEEPDISTILL_OUTPUT     the folder with the committed modules
 *   DEEPDISTILL_BASE       the commit to compare with; empty: nothing is compared
 *   DEEPDISTILL_ARGUMENTS  further words for `compile`, one per line
 *
 * Everything comes in by the environment and goes to programs as words of their own, never through a
 * shell. Exits with 0, with 1 where a module is out of date or refuted, else with what failed.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareModels } from './pull-request/compare-models.js';
import { findBase, listModels } from './pull-request/git.js';
import {
  COMMENT_LIMIT,
  renderReview,
  SUMMARY_LIMIT,
  truncated,
} from './pull-request/render-review.js';
import { runProgram } from './pull-request/run-program.js';

/** As of the command line: wrong usage. */
const WRONG_USAGE = 2;

const BUILT = join(import.meta.dirname, '../dist/cli/main.js');

/** Lines of a variable of the environment, empty ones left out. */
function linesOf(name: string): readonly string[] {
  const lines = (process.env[name] ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

/** Appends to a file that GitHub names; elsewhere there is none. */
function append(variable: string, text: string): void {
  const path = process.env[variable];
  if (path !== undefined && path !== '') appendFileSync(path, text);
}

function setOutput(name: string, value: string): void {
  const end = `end-${randomUUID()}`;
  append('GITHUB_OUTPUT', `${name}<<${end}\n${value}\n${end}\n`);
}

async function main(): Promise<number> {
  const cli = process.env['DEEPDISTILL_CLI'] ?? BUILT;
  const patterns = linesOf('DEEPDISTILL_MODELS');
  const models = listModels(patterns, '.');
  if (models.length === 0) {
    console.error(`no file matches ${patterns.join(', ') || 'the empty list of models'}`);
    return WRONG_USAGE;
  }
  const [folder = 'generated'] = linesOf('DEEPDISTILL_OUTPUT');
  const check = await runProgram(cli, [
    ...['compile', ...models, '-o', folder.endsWith('/') ? folder : `${folder}/`, '--check'],
    ...linesOf('DEEPDISTILL_ARGUMENTS'),
  ]);
  process.stderr.write(check.stderr);

  const files = mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'deepdistill-'));
  const base = findBase(linesOf('DEEPDISTILL_BASE')[0], join(files, 'base'));
  try {
    const comparisons =
      base === undefined ? [] : await compareModels({ cli, base, models, patterns });
    const review = renderReview({ check, models, base: base?.commit, comparisons });
    const [report, comment] = ['report.md', 'comment.md'].map((name) => join(files, name));
    writeFileSync(report, review);
    writeFileSync(comment, truncated(review, COMMENT_LIMIT));
    append('GITHUB_STEP_SUMMARY', truncated(review, SUMMARY_LIMIT));
    setOutput('changed', String(comparisons.some(({ kind }) => kind !== 'same')));
    setOutput('report-path', report);
    setOutput('comment-path', comment);
    const failed = comparisons.find(({ code }) => code > 1)?.code ?? 0;
    return check.code === 0 ? failed : check.code;
  } finally {
    base?.remove();
    rmSync(join(files, 'base'), { recursive: true, force: true });
  }
}

// Texts out of models and file names must not be read as commands of the runner (`::set-env …`).
const token = randomUUID();
console.log(`::stop-commands::${token}`);
process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
console.log(`::${token}::`);
