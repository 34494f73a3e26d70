/**
 * `compile` into a folder: a module for each model, all written or none. What else in the folder says that
 * it was generated and that no model given compiles into is stale: `--check` fails on it, nothing deletes it.
 */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Compiled } from '../compile.js';
import { diagnose } from '../diagnostics/diagnostic.js';
import { flagOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import {
  compileModel, differencesOf, filesOf, tellOutcome, withParseTime,
} from './compile-one.js'; // prettier-ignore
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { GENERATED, moduleFileName } from './module-files.js';
import { readModels } from './read-model.js';
import type { Model } from './read-model.js';
import { renderReports } from './render-report.js';
import type { ReportKind } from './render-report.js';
import { refuseOverwriting, writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

/** Whether an output is a folder: it ends like one, or it is one. */
export function isFolder(output: string, cwd: string): boolean {
  if (/[/\\]$/.test(output)) return true;
  return statSync(resolve(cwd, output), { throwIfNoEntry: false })?.isDirectory() === true;
}

interface Task {
  readonly models: readonly Model[];
  /** Of the module, within the folder. */
  readonly path: string;
}

/**
 * Compiles every model that is given into `folder`; CSV files are the layers of one, and with `--generic`
 * all models are sizes of one.
 *
 * @throws Diagnostic `CLI_SAME_OUTPUT` where two of them make one file, and as `readModels` and `compile`.
 */
export async function compileIntoFolder(
  parsed: Arguments,
  folder: string,
  reports: readonly { readonly path: string; readonly kind: ReportKind }[],
  io: CliIo,
): Promise<number> {
  const started = io.clock();
  const models = await readModels(parsed, parsed.positionals, io);
  const parseTime = io.clock() - started;
  const groups = flagOption(parsed, 'generic') ? [models] : models.map((model) => [model]);
  const tasks = groups.map((group): Task => ({
    models: group,
    path: join(folder, moduleFileName(group[0].network.name)),
  }));
  refuseSameOutput(tasks.map(({ path }) => path));
  refuseOverwriting(
    models.flatMap(({ files }) => files),
    [...reports, ...tasks].map(({ path }) => path),
    io.cwd,
  );

  const compiled: Compiled[] = [];
  for (const { models: group, path } of tasks) {
    const one = withParseTime(await compileModel(parsed, group, started, io), parseTime);
    tellOutcome(parsed, one, path, io);
    if (one.verdict.status === 'refuted') return EXIT.negative;
    compiled.push(one);
  }
  const modules = tasks.flatMap(({ path }, k) => filesOf(path, compiled[k]));
  refuseSameOutput([...modules, ...reports].map(({ path }) => path));
  const stale = staleFiles(folder, modules, io.cwd);
  if (flagOption(parsed, 'check')) {
    const lines = [
      ...differencesOf(modules, io.cwd),
      ...stale.map((path) => `${path}: stale, no model given compiles into it`),
    ];
    for (const line of lines) io.stderr.write(`${line}\n`);
    return lines.length === 0 ? EXIT.done : EXIT.negative;
  }
  const files: PendingFile[] = [...modules];
  for (const { path, kind } of reports) {
    files.push({ path, text: await renderReports(compiled.map(({ report }) => report), kind) }); // prettier-ignore
  }
  writeFilesWhole(files, io.cwd);
  for (const path of stale) {
    io.stderr.write(`note: ${path} is stale, no model given compiles into it; it is left alone\n`);
  }
  return EXIT.done;
}

/** Names that differ in case alone are one file on many systems. */
function refuseSameOutput(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    const key = path.toLowerCase();
    if (seen.has(key)) throw diagnose('CLI_SAME_OUTPUT', { file: path }, {});
    seen.add(key);
  }
}

/** The generated files of a folder that are none of `expected`, by name. */
function staleFiles(
  folder: string,
  expected: readonly PendingFile[],
  cwd: string,
): readonly string[] {
  const known = new Set(expected.map(({ path }) => resolve(cwd, path)));
  const entries = statSync(resolve(cwd, folder), { throwIfNoEntry: false });
  if (entries?.isDirectory() !== true) return [];
  return readdirSync(resolve(cwd, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name))
    .filter((path) => !known.has(resolve(cwd, path)) && beginsGenerated(resolve(cwd, path)))
    .sort();
}

/** Whether a file's first words are those of what the compiler writes; no more of it is read. */
function beginsGenerated(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(GENERATED.length);
    readSync(file, start, 0, start.length, 0);
    return start.toString('latin1') === GENERATED;
  } finally {
    closeSync(file);
  }
}
