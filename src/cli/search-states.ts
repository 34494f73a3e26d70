/**
 * Searches on disk: one file for each output, written at every barrier and read by `--resume`. Whether a
 * stored search belongs to the problem is for the search to say; here it only has to be one.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { SearchState } from '../students/math/search/state.js';
import { fileOfCell } from './cell-files.js';
import { readTextIfPresent } from './read-file.js';
import { writeFilesWhole } from './write-files.js';

/** Stores the search of the output at `position`. @throws Diagnostic `FILE_NOT_WRITABLE`. */
export function writeState(path: string, position: number, state: SearchState, cwd: string): void {
  writeFilesWhole([{ path: fileOfCell(path, position), text: `${JSON.stringify(state)}\n` }], cwd);
}

/**
 * The stored searches of `count` outputs; `undefined` for one that had not begun.
 *
 * @throws Diagnostic `STUDENT_STATE_FOREIGN` for a file that holds no search.
 */
export function readStates(
  path: string,
  count: number,
  cwd: string,
): readonly (SearchState | undefined)[] {
  return Array.from({ length: count }, (_, position) => {
    const file = fileOfCell(path, position);
    const text = readTextIfPresent(file, cwd);
    return text === undefined ? undefined : parseState(text, file);
  });
}

function parseState(text: string, file: string): SearchState {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw diagnose('STUDENT_STATE_FOREIGN', { file }, { reason: 'it is not JSON' });
  }
  if (isState(value)) return value;
  throw diagnose('STUDENT_STATE_FOREIGN', { file }, { reason: 'it is no stored search' });
}

/** What every version has; the fingerprint answers for the rest. */
function isState(value: unknown): value is SearchState {
  if (typeof value !== 'object' || value === null) return false;
  const { version, front, islands } = value as Readonly<Record<string, unknown>>;
  return typeof version === 'number' && Array.isArray(front) && Array.isArray(islands);
}
