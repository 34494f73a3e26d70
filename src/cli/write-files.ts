/**
 * Writing files whole or not at all: everything goes to temporary files in the same folders first, and
 * only when all of them stand are they renamed.
 *
 * All calls are synchronous, and Ctrl-C is held back until they are done, so that an interrupted
 * process leaves either the old files or the new ones.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { diagnose } from '../diagnostics/diagnostic.js';
import { isPresent, reasonOf } from './read-file.js';

export interface PendingFile {
  /** As the user gave it; relative to the working directory. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes all files, missing folders included, and then removes `obsolete` ones.
 *
 * @throws Diagnostic `FILE_NOT_WRITABLE`; then no file is left half written, no temporary file
 *   remains, and files that did not exist before do not exist.
 */
export function writeFilesWhole(
  files: readonly PendingFile[],
  cwd: string,
  obsolete: readonly string[] = [],
): void {
  const holdBack = (): void => undefined;
  process.on('SIGINT', holdBack);
  try {
    replaceAll(files, cwd);
    for (const path of obsolete) rmSync(resolve(cwd, path), { force: true });
  } finally {
    process.off('SIGINT', holdBack);
  }
}

/**
 * Refuses paths that could not be written, before long work: folders, and files whose nearest existing
 * folder is none or must not be written to. Changes nothing on disk.
 *
 * @throws Diagnostic `FILE_NOT_WRITABLE`.
 */
export function checkWritable(paths: readonly string[], cwd: string): void {
  for (const path of paths) {
    const target = resolve(cwd, path);
    const reason = whyNotWritable(target);
    if (reason !== undefined) throw diagnose('FILE_NOT_WRITABLE', { file: path }, { reason });
  }
}

function whyNotWritable(target: string): string | undefined {
  try {
    if (existsSync(target) && statSync(target).isDirectory()) return 'it is a folder';
    let folder = dirname(target);
    while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
    if (!statSync(folder).isDirectory()) return `${basename(folder)} is no folder`;
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function replaceAll(files: readonly PendingFile[], cwd: string): void {
  const steps = files.map(({ path, text }) => {
    const target = resolve(cwd, path);
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    return { path, text, target, temporary, existed: isPresent(path, cwd) };
  });
  const renamed: string[] = [];
  let current = '';
  try {
    for (const { path, text, target, temporary } of steps) {
      current = path;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(temporary, text);
    }
    for (const { path, target, temporary, existed } of steps) {
      current = path;
      renameSync(temporary, target);
      if (!existed) renamed.push(target);
    }
  } catch (error) {
    for (const { temporary } of steps) removeQuietly(temporary);
    for (const target of renamed) removeQuietly(target);
    throw diagnose('FILE_NOT_WRITABLE', { file: current }, { reason: reasonOf(error) });
  }
}

/** Removes what may never have been made; the failure before it is the one to tell. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing can stand where even looking fails.
  }
}

/**
 * Refuses to write over what was read: a slip such as `-o network.json` must not cost the model.
 *
 * @throws Diagnostic `CLI_OPTIONS_CONFLICT`.
 */
export function refuseOverwriting(
  read: readonly string[],
  written: readonly string[],
  cwd: string,
): void {
  const inputs = new Set(read.map((file) => resolve(cwd, file)));
  const clash = written.find((output) => inputs.has(resolve(cwd, output)));
  if (clash === undefined) return;
  const second = 'an input of that name';
  const hint = 'choose another name for the output';
  throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: clash, second, hint });
}
