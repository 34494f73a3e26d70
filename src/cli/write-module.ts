/** A module with its sibling, to stdout or into files; what an earlier version left behind goes. */
import type { CliIo } from './io.js';
import { isGenerated, previousSiblingPath, siblingPath } from './module-files.js';
import { readTextIfPresent } from './read-file.js';
import { writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

/** The texts of a module. */
export interface ModuleTexts {
  readonly code: string;
  /** Of the sibling, where the module imports one. */
  readonly weights?: string;
}

/** The module alone; a sibling that it imports is named on stderr. */
export function printModule(compiled: ModuleTexts, io: CliIo): void {
  io.stdout.write(compiled.code);
  const sibling = siblingPath('', compiled.code);
  if (compiled.weights === undefined || sibling === undefined) return;
  io.stderr.write(`note: the module imports ${sibling}, which only -o FILE writes\n`);
}

/** The module at `path`, its sibling and other files, all or none. */
export function writeModule(
  compiled: ModuleTexts,
  path: string,
  others: readonly PendingFile[],
  io: CliIo,
): void {
  const files = [...others];
  const sibling = siblingPath(path, compiled.code);
  if (compiled.weights !== undefined) {
    if (sibling === undefined) throw new Error('the module does not import its weights');
    files.push({ path: sibling, text: compiled.weights });
  }
  files.push({ path, text: compiled.code });
  writeFilesWhole(files, io.cwd, obsoleteSiblings(path, sibling, io));
}

/** The weights of the module's previous version, where the new one does not import them. */
export function obsoleteSiblings(
  path: string,
  sibling: string | undefined,
  io: CliIo,
): readonly string[] {
  const previous = previousSiblingPath(path, readTextIfPresent(path, io.cwd));
  if (previous === undefined || previous === sibling) return [];
  const text = readTextIfPresent(previous, io.cwd);
  return text !== undefined && isGenerated(text) ? [previous] : [];
}
